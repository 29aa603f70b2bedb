"""The words of a file as the fields of a page hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from education.importer.findings import Answer
from education.importer.passages import Block
from education.models import FAQPage
from education.writing.sentences import sentence_ends

SHORT_ANSWER = FAQPage._meta.get_field("short_answer").max_length

_LINE = re.compile(r"line (\d+)")


def as_rich_text(blocks: Iterable[Block]) -> str:
    """Paragraphs and lists; nothing of the words is taken for markup."""
    return "".join(_as_html(block) for block in blocks)


def in_short(blocks: Sequence[Block]) -> str:
    """The first whole sentences that fit into a short answer, or "".

    A list is none, and neither is what has no end.
    """
    if not blocks or not blocks[0].paragraph:
        return ""
    text = " ".join(blocks[0].paragraph.split())
    ends = [end for end in sentence_ends(text) if end <= SHORT_ANSWER]
    return text[: ends[-1]] if ends else ""


def is_said_by(short: str, blocks: Sequence[Block]) -> bool:
    """Whether the short answer says all that there is."""
    return len(blocks) == 1 and " ".join(blocks[0].text.split()) == short


def places(places: Iterable[str]) -> str:
    """Where words stand, in short: "lines 23-24, 55", or the places as they are."""
    named = list(dict.fromkeys(places))
    found = [_LINE.fullmatch(place) for place in named]
    if not all(found):
        return "; ".join(named)
    numbers = sorted(int(match[1]) for match in found if match)
    runs = [
        f"{first}-{last}" if last > first else f"{first}"
        for first, last in _runs(numbers)
    ]
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(runs)}"


def words_found(answers: Iterable[Answer], texts: dict[int, str]) -> str:
    """All that the answers say, to tell later whether a page still says it.

    An answer of which nothing could be used counts as it was found.
    """
    said = (
        answer.text or "\n".join(texts.get(line, "") for line in answer.lines)
        for answer in answers
    )
    return "\n".join(filter(None, said))


def _as_html(block: Block) -> SafeString:
    if block.items:
        items = format_html_join("", "<li>{}</li>", ((item,) for item in block.items))
        return format_html("<ul>{}</ul>", items)
    return format_html("<p>{}</p>", block.paragraph)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for number in numbers:
        if last and number > last + 1:
            yield first, last
            first = number
        first, last = first or number, number
    if last:
        yield first, last
