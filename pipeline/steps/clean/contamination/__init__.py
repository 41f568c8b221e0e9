"""Questions of evaluation sets, found in texts."""
