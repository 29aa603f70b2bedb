"""Shows editors, while they write, what the checks of the writing find."""
