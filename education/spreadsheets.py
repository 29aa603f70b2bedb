"""What goes into the cells of spreadsheets."""

from typing import Any

#: Some programs read the wide signs of East Asian keyboards like the plain ones.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> str:
    """Text for a cell that no spreadsheet program takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
