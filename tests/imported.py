"""Imported files and their pieces, as the desk finds them once they are sorted."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Locale

from education.import_vocabulary import (
    AnswerState,
    Damage,
    Danger,
    Disposition,
    ImportState,
    ItemKind,
    LineRole,
    SourceFormat,
    SourceRights,
)
from education.importer.findings import (
    Answer,
    Contradiction,
    Flag,
    FoundBrand,
    FoundMedicine,
    FoundTopic,
    Group,
    Side,
    Variant,
)
from education.importer.keeping.data import as_data
from education.importer.passages import Block, Mark
from education.models import ImportedFile, ImportedItem, ImportedLine

LINES = (
    ("Related", Disposition.RESIDUE),
    ("What is a migraine?", Disposition.QUESTION),
    ("It is a strong headache <b>on one side</b>.", Disposition.ANSWER),
    ("What's a migraine?", Disposition.QUESTION),
    ("Hold your breath until the pain stops. It lasts...", Disposition.ANSWER),
    ("How is a migraine treated?", Disposition.QUESTION),
    ("", Disposition.BLANK),
)


def make_file(by: User | None = None, name: str = "migraine.txt") -> ImportedFile:
    """A small file that is sorted, without its pieces."""
    file = ImportedFile.objects.create(
        name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        format=SourceFormat.TEXT,
        locale=Locale.get_default(),
        rights=SourceRights.UNKNOWN,
        state=ImportState.READY,
        total=len(LINES),
        done=len(LINES),
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    ImportedLine.objects.bulk_create(
        ImportedLine(
            file=file,
            number=number,
            place=f"line {number}",
            text=text,
            role=LineRole.PLAIN,
            disposition=disposition,
        )
        for number, (text, disposition) in enumerate(LINES, start=1)
    )
    return file


def make_question_piece(
    file: ImportedFile, title: str = "What is a migraine?", **fields: Any
) -> ImportedItem:
    """Asked twice; the best answer is harmless, the other is not."""
    good = Answer(2, (), (3,), (Block(3, "It is a strong headache."),), "complete")
    bad = Answer(
        4,
        (),
        (5,),
        (Block(5, "Hold your breath until the pain stops."),),
        AnswerState.REPAIR,
        marks=(Mark(Damage.CUT_OFF, 5, 39, 50, "The sentence breaks off."),),
        flags=(
            Flag(
                rule="Breath",
                danger=Danger.CRITICAL,
                line=5,
                start=0,
                end=16,
                reason="Holding one's breath can make one faint.",
                to_do="Leave it out.",
            ),
        ),
    )
    group = Group(
        key=title,
        digest="0",
        question=title,
        aspect="overview",
        topic="Migraine",
        variants=(Variant(title, 2), Variant("What's a migraine?", 4)),
        answers=(good, bad),
        contradictions=(
            Contradiction("How long", (Side(3, "An hour."), Side(5, "Three days."))),
        ),
    )
    usual = {"topic": "Migraine", "danger": Danger.CRITICAL}
    return _piece(file, ItemKind.QUESTION, group, title, **(usual | fields))


def make_unanswered_piece(
    file: ImportedFile, title: str = "How is a migraine treated?", **fields: Any
) -> ImportedItem:
    group = Group(title, "0", title, "treatment", "Migraine", (Variant(title, 6),), ())
    usual = {"topic": "Migraine", "state": AnswerState.NONE}
    return _piece(file, ItemKind.QUESTION, group, title, **(usual | fields))


def make_topic_piece(
    file: ImportedFile, title: str = "Migraine", **fields: Any
) -> ImportedItem:
    topic = FoundTopic(title, ("sick headache",), (2,))
    return _piece(file, ItemKind.TOPIC, topic, title, **fields)


def make_medicine_piece(
    file: ImportedFile, title: str = "Ibuprofen", **fields: Any
) -> ImportedItem:
    brand = FoundBrand("Duozin", (3,), doubt="It holds caffeine, too.")
    medicine = FoundMedicine(
        title.lower(), (brand,), ("NSAID",), "", (3,), (("Stomach", "It can bleed."),)
    )
    return _piece(file, ItemKind.MEDICINE, medicine, title, **fields)


def _piece(
    file: ImportedFile, kind: ItemKind, found: Any, title: str, **fields: Any
) -> ImportedItem:
    usual = {
        "key": title,
        "digest": "0",
        "position": ImportedItem.objects.filter(file=file).count() + 1,
        "title": title,
        "state": AnswerState.COMPLETE,
        "content": as_data(found),
    }
    piece = ImportedItem.objects.create(file=file, kind=kind, **(usual | fields))
    piece.refresh_from_db()
    return piece
