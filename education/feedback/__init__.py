"""Was this page helpful: how readers answer, and what editors make of it."""
