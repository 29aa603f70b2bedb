"""Reviews that come round: what is due, whose task it is, who is told, and doing it."""
