"""Who says it: lists, register, networks, filing numbers, origin."""
