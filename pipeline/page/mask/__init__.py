"""Personal data in texts and addresses: recognizers, and what replaces their finds."""
