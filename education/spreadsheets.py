"""What goes into the cells of spreadsheets."""

from typing import Any


def harmless(value: Any) -> str:
    """Text for a cell that no spreadsheet program takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
