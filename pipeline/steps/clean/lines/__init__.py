"""Lines that stand again and again."""
