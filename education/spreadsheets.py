"""What goes into the cells of spreadsheets."""

import re
from typing import Any

#: Some programs read the wide signs of East Asian keyboards like the plain ones.
SIGNS = "=+@＝＋－＠-"

#: Where `;`, a tab or a line end parts cells, what follows begins a cell as well.
_BEGINNING = re.compile(rf"(^\s*|[;\t\r\n]\s*)(?=[{SIGNS}])")


def harmless(value: Any) -> str:
    """Text for a cell that no spreadsheet program takes for a formula."""
    text = str(value)
    guarded = _BEGINNING.sub(r"\1'", text)
    return f"'{guarded}" if text.startswith(("\t", "\r", "\n")) else guarded
