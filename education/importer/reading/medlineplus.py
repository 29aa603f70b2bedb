"""Health topics of MedlinePlus: their own summaries, which are in the public domain.

Descriptions of other sites in the same file belong to those sites and are left out.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from education.import_vocabulary import LineRole, SourceRights
from education.importer.reading.blocks import Block
from education.importer.reading.gathering import Content, Lines, keepable
from education.importer.reading.web import flow_of
from education.importer.sources import FileRefused, SourceTopic

_LANGUAGES = {"en": "English", "es": "Spanish"}
_CREDIT = "Courtesy of MedlinePlus from the National Library of Medicine"
_DEEPEST = 20
_DAMAGED = (
    "It is not well-formed XML, or was not saved to its end. Download it again from "
    "MedlinePlus."
)
_ENTITIES = (
    "It declares entities, as no file of MedlinePlus does. Download it again from "
    "MedlinePlus."
)
_OTHER_ROOT = (
    "It is XML, but not a file of MedlinePlus health topics. Of XML only those can be "
    "read; save other text as plain text or as a Word document."
)


def read_medlineplus(content: bytes, language: str) -> Content:
    """The summaries of the topics in one language, a section for each topic."""
    wanted = _LANGUAGES.get(language[:2], "English")
    lines = Lines()
    topics = []
    counts: Counter[str] = Counter()
    for topic in _topics(content):
        counts["descriptions"] += len(topic.findall("site/standard-description"))
        if topic.get("language", "English") != wanted:
            counts["others"] += 1
            continue
        name = " ".join(topic.get("title", "").split())
        blocks = flow_of(topic.findtext("full-summary") or "").blocks
        if not name or not blocks:
            counts["empty"] += 1
            continue
        topics.append(_topic(topic, name))
        _add(lines, name, blocks)
    if not topics:
        raise FileRefused(f"It holds no health topics in {wanted}.")
    return Content(
        tuple(lines.found),
        left_out=tuple(_left_out(counts, wanted)),
        rights=SourceRights.PUBLIC_DOMAIN,
        credit=_CREDIT,
        topics=tuple(topics),
    )


def _topics(content: bytes) -> Iterator[Any]:
    """One topic after the other, each forgotten before the next.

    The files of MedlinePlus name a document type at an address, which is never asked.
    """
    parsing = iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=False)
    depth = 0
    root = None
    try:
        for event, element in parsing:
            depth += 1 if event == "start" else -1
            if root is None:
                root = element
                if root.tag != "health-topics":
                    raise FileRefused(_OTHER_ROOT)
            if depth > _DEEPEST:
                raise FileRefused(_DAMAGED)
            if event == "end" and depth == 1:
                if element.tag == "health-topic":
                    yield element
                root.clear()
    except DefusedXmlException as error:
        raise FileRefused(_ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(_DAMAGED) from error


def _topic(topic: Any, name: str) -> SourceTopic:
    others = [*topic.findall("also-called"), *topic.findall("see-reference")]
    names = [" ".join("".join(other.itertext()).split()) for other in others]
    codes = [
        (code.get("id", ""), " ".join("".join(code.itertext()).split()))
        for code in topic.findall("mesh-heading/descriptor")
    ]
    return SourceTopic(
        name=name,
        also_called=tuple(dict.fromkeys(filter(None, names))),
        url=topic.get("url", ""),
        identifier=topic.get("id", ""),
        codes=tuple(dict.fromkeys(codes)),
    )


def _add(lines: Lines, name: str, blocks: list[Block]) -> None:
    """The summary. Text before its first heading gets the topic's name as heading."""
    if blocks[0].role is not LineRole.HEADING:
        blocks = [Block(name, LineRole.HEADING), *blocks]
    shown = keepable(name)[:60]
    for number, block in enumerate(blocks, start=1):
        role = block.role
        if role is LineRole.HEADING and block.text.endswith("?"):
            role = LineRole.QUESTION
        lines.add(block.text, f"{shown}, paragraph {number}", role, name)


def _left_out(counts: Counter[str], wanted: str) -> Iterator[str]:
    for what, one, many in (
        (
            *("descriptions", "1 description of another site, which belongs to it"),
            "{:,} descriptions of other sites, which belong to those",
        ),
        (
            *("others", f"1 topic in another language than {wanted}"),
            f"{{:,}} topics in another language than {wanted}",
        ),
        ("empty", "1 topic without a summary", "{:,} topics without a summary"),
    ):
        if counts[what]:
            said = one if counts[what] == 1 else many.format(counts[what])
            yield f"Left out: {said}."
