"""What is measured on a text, and the rules that decide."""
