"""Which rich text features a passage may use.

Editors choose meaning, never looks: headings come from the page's own structure.
"""

import html
import re
from collections.abc import Iterable

from django.utils.html import strip_tags

#: A sentence or two, without links: care cards and tips.
PLAIN = ["bold", "italic"]
#: A few points, each an item of a list.
POINTS = ["bold", "ul"]
#: Running text with lists and links.
PROSE = ["bold", "italic", "ul", "ol", "link"]
#: A long section that needs headings inside it.
SECTION = ["h3", *PROSE]

_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th)>|<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"<a\b|https?://|\bwww\.", re.IGNORECASE)


def plain_text(source: str) -> str:
    """The words of a piece of rich text, one line for each paragraph or list item."""
    spaced = _BLOCK_END.sub("\n", source)
    lines = (" ".join(line.split()) for line in strip_tags(spaced).splitlines())
    return html.unescape("\n".join(line for line in lines if line))


def in_one_line(text: str) -> str:
    """The text without line ends and without marks that cannot be shown."""
    words = ("".join(filter(str.isprintable, word)) for word in text.split())
    return " ".join(filter(None, words))


def has_link(passages: Iterable[str]) -> bool:
    """Whether any passage holds a link or something that looks like a web address."""
    return any(_LINK.search(passage) for passage in passages)
