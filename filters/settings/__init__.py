"""What sections of settings, and errors of users, are made of."""
