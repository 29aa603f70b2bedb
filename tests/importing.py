"""Files to import, and what they leave behind, for the tests of the importer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

from django.contrib.auth.models import User

from education.import_vocabulary import SourceFormat, SourceRights
from education.importer import engine
from education.importer.findings import FoundBrand, FoundMedicine, FoundTopic, Sorted
from education.importer.flagging import rules_of
from education.importer.keeping import carry_on, carrying_on, store
from education.importer.reading import read_file
from education.importer.sorting import known_in
from education.importer.sources import SourceDocument, SourceTopic
from education.models import ClinicalPage, ImportedFile, ImportedItem

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

NOSEBLEED = (
    "A nosebleed is blood that runs from small vessels in the front part of the nose."
)
HOW_LONG = "Most nosebleeds stop after ten minutes of steady pressure on the soft part."

#: Three questions, one of them asked twice and one without an answer.
PAPER = f"""What is a nosebleed?
{NOSEBLEED}
How long do nosebleeds last?
{HOW_LONG}
how long does a nosebleed last?
They stop within ten minutes when somebody presses on the soft part of the nose.
Which doctor treats nosebleeds?
"""

#: A topic and a medicine, as a file of this kind would name them.
TOPIC = FoundTopic("Nosebleeds", ("epistaxis",), (1, 3))
MEDICINE = FoundMedicine(
    "oxymetazoline",
    (
        FoundBrand("Nosaclear", (2,), doubt="No list of ours holds this brand."),
        FoundBrand("Nosaplus", (2,), is_combination=True),
    ),
    ("decongestant",),
    "",
    (2,),
)


def imported(
    text: str = PAPER, by: User | None = None, name: str = "paper.txt"
) -> ImportedFile:
    """The file, kept and sorted; with its questions alone, unless `naming` more."""
    return sorted_out(read_file(name, text.encode()), by)


def sorted_out(document: SourceDocument, by: User | None = None) -> ImportedFile:
    file = store(document, by, NOW)
    # How many topics so short a file is about, is not what these tests ask.
    is_named = carrying_on.sort_out is not engine.sort_out
    with nullcontext() if is_named else naming():
        carry_on(file, rules_of("en"), known_in("en"), NOW)
    return file


@contextmanager
def naming(*found: FoundTopic | FoundMedicine) -> Iterator[None]:
    """Within it, files name just these, and every question is about the first topic.

    Without any, they name none.
    """
    topics = tuple(each for each in found if isinstance(each, FoundTopic))
    medicines = tuple(each for each in found if isinstance(each, FoundMedicine))
    about = topics[0].name if topics else ""

    def sort_out(*args: object) -> Sorted:
        came_to = engine.sort_out(*args)
        groups = tuple(
            replace(group, topic=about, medicines=tuple(m.generic for m in medicines))
            for group in came_to.groups
        )
        return replace(came_to, topics=topics, medicines=medicines, groups=groups)

    places = (
        "education.importer.keeping.carrying_on.sort_out",
        "education.management.commands.import_questions.sort_out",
    )
    with mock.patch(places[0], sort_out), mock.patch(places[1], sort_out):
        yield


def of_the_public_domain(text: str = PAPER) -> SourceDocument:
    """The same words as MedlinePlus would publish them."""
    return replace(
        read_file("topics.txt", text.encode()),
        format=SourceFormat.MEDLINEPLUS,
        rights=SourceRights.PUBLIC_DOMAIN,
        credit="Courtesy of MedlinePlus",
        topics=(SourceTopic(TOPIC.name, url="https://medlineplus.gov/nosebleed.html"),),
    )


def item(file: ImportedFile, title: str) -> ImportedItem:
    return file.items.get(title__iexact=title)


def said_by(page: ClinicalPage) -> str:
    """The answer of a question as stored, without the ids of its blocks."""
    return "".join(block.value.source for block in page.answer)
