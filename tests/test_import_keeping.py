"""Imported files become drafts, and nothing else; what people decide can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

from education.importer.flagging import rules_of
from education.importer.keeping import (
    apply_all,
    carry_on,
    store,
)
from education.importer.reading import read_file
from education.importer.sorting import known_in
from education.models import ImportedFile
from tests.factories import PortalTestCase

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

PAPER = """What is a nosebleed?
A nosebleed is blood that runs from small vessels in the front part of the nose.
What is a nose bleed?
Blood that runs from the nose, most often from its front part.
How long do nosebleeds last?
Most of them stop after ten minutes of steady pressure on the soft part of the nose.
"""


def imported(text: str = PAPER, by=None, name: str = "paper.txt") -> ImportedFile:
    file = store(read_file(name, text.encode()), by, NOW)
    carry_on(file, rules_of("en"), known_in("en"), NOW)
    return file


class Smoke(PortalTestCase):
    def test_smoke(self):
        file = imported(by=self.ana)
        done = apply_all(file, self.ana, NOW)
        print(done)
        for page in done.made:
            print(page, page.slug, page.short_answer, page.answer, page.live)
            print(list(page.other_words.all()), list(page.provenance.values()))
        raise AssertionError
