"""The real document that the importer was asked for is sorted as its key says.

It holds other people's words and is not part of this project, so these tests are
skipped where it does not lie beside it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import TestCase

from education.import_vocabulary import Damage, Danger, Disposition
from education.importer.engine import sort_out
from education.importer.findings import Answer
from education.importer.flagging import rules_of
from education.importer.reading import read_file
from education.importer.sorting import known_in
from tests.import_keys import SAMPLES, read_key
from tests.import_report import differences, table
from tests.import_scores import (
    FALSE_ALARM_AIM,
    answers_of,
    groups_of,
    score,
)

ROOT = Path(__file__).resolve().parent.parent
BESIDE = Path(os.environ.get("SHARED_SEED", ROOT.parent / "shared" / "seed"))
DOCUMENT = BESIDE / "muscle-spasms.txt"
DIGEST = "e2671e2c87b2f264c2ae56230fc544c59050d21f862d0491d97685628e1aadcb"
DISPLACED = {
    12: {3, 4, 5, 6},
    18: {8, 9, 10, 11},
    20: {13, 14, 15, 16, 17},
    21: {19},
}
#: Each row asks one thing, however it is worded.
ONE_QUESTION = [
    {55, 71, 85, 97, 111},
    {65, 99, 115},
    {39, 119},
    {117, 129},
    {27, 113},
    {57, 75},
    {73, 121},
]
#: No two of a row may be put together.
SEVERAL_QUESTIONS = [
    (31, 12, 109),
    (33, 21),
    (139, 141),
    (23, 25),
    (35, 101),
    (117, 123),
]
BLOOD_CLOT = 47


@pytest.mark.skipif(
    not DOCUMENT.exists(), reason="the real document is not kept with the project"
)
class RealDocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.key = read_key(SAMPLES / "muscle-spasms.key.toml")
        cls.document = read_file(DOCUMENT.name, DOCUMENT.read_bytes())
        cls.found = sort_out(cls.document, rules_of("en"), known_in("en"))
        cls.scores = score(cls.key, cls.found)

    def test_is_the_document_that_the_key_is_of(self) -> None:
        assert sha256(DOCUMENT.read_bytes()).hexdigest() == DIGEST
        assert self.document.sha256 == DIGEST

    def test_reaches_the_aims(self) -> None:
        sys.stdout.write(f"\n{table([self.scores])}\n")
        sys.stdout.write(differences(self.key, self.found))
        assert self.scores.pairing == 1
        assert self.scores.precision == 1
        assert self.scores.recall >= 0.85
        assert self.scores.false_alarms <= FALSE_ALARM_AIM

    def test_every_line_has_one_disposition(self) -> None:
        found = Counter(self.found.dispositions.values())
        assert sum(found.values()) == 150
        assert sorted(self.found.dispositions) == list(range(1, 151))
        assert found[Disposition.BLANK] == 2
        assert found[Disposition.QUESTION] == 67
        assert found[Disposition.HEADING] == 6
        assert self.found.loose == (1, 2, 7, 22)

    def test_every_line_that_is_not_loose_belongs_to_a_group(self) -> None:
        lines = {line for group in self.found.groups for line in group.lines}
        assert sorted({*lines, *self.found.loose}) == list(range(1, 151))

    def test_all_wordings_are_kept_and_make_43_questions(self) -> None:
        variants = [v for group in self.found.groups for v in group.variants]
        asked = [
            each
            for each in variants
            if self.found.dispositions[each.line] == Disposition.QUESTION
        ]
        assert len(asked) == 67
        assert 39 <= len(self.found.groups) <= 43

    def test_what_asks_the_same_is_together(self) -> None:
        groups = groups_of(self.found)
        apart = [
            lines for lines in ONE_QUESTION if len({groups[line] for line in lines}) > 1
        ]
        assert apart == []

    def test_what_asks_something_else_is_apart(self) -> None:
        groups = groups_of(self.found)
        for lines in SEVERAL_QUESTIONS:
            assert len({groups[line] for line in lines}) == len(lines), lines
        clot = groups.pop(BLOOD_CLOT)
        assert clot not in groups.values()

    def test_answers_that_stand_before_their_question_are_found(self) -> None:
        answers = answers_of(self.found)
        assert {line: set(answers[line]) for line in DISPLACED} == DISPLACED
        assert {a.question_line for a in self.answers() if a.is_displaced} == {
            *DISPLACED
        }

    def test_the_22_incomplete_lines_are_marked_and_no_other(self) -> None:
        assert len(self.key.incomplete) == 22
        assert self.scores.completeness.missed == ()
        assert self.scores.completeness.false == ()

    def test_lists_that_were_run_together_are_split(self) -> None:
        assert self.scores.lists.missed == ()

    def test_the_garbled_list_is_split_or_called_garbled(self) -> None:
        items = [b.items for a in self.answers() for b in a.blocks if b.line == 26]
        damages = {m.damage for m in self.found.marks if m.line == 26}
        assert any(len(part) == 3 for part in items) or Damage.GARBLED in damages

    def test_the_25_unsafe_lines_are_flagged_with_their_danger(self) -> None:
        assert len(self.key.flags) == 25
        assert self.scores.flags.missed == ()
        gravest: dict[int, Danger] = {}
        for danger in reversed(list(Danger)):
            found = (flag for flag in self.found.flags if flag.danger == danger)
            gravest |= {flag.line: danger for flag in found}
        assert gravest == self.key.flags

    def test_no_critical_line_slips_through(self) -> None:
        assert self.scores.critical.missed == ()
        assert self.scores.critical.false == ()

    def test_eight_topics_are_found(self) -> None:
        assert len(self.found.topics) == 8
        assert self.scores.topics.missed == ()

    def test_eight_medicines_are_found_with_eleven_brands_and_no_class(self) -> None:
        assert len(self.found.medicines) == 8
        assert self.scores.medicines.missed == ()
        assert len(self.key.brands) == 11
        assert (self.scores.brands.missed, self.scores.brands.false) == ((), ())

    def test_a_combination_and_an_inconsistent_brand_are_doubted(self) -> None:
        assert self.scores.doubts.found == ("excedrin", "rela")
        assert self.scores.doubts.false == ()

    def test_seven_questions_need_an_answer(self) -> None:
        assert len(self.key.none_of) == 7
        assert self.scores.unanswered.missed == ()
        assert self.scores.unanswered.false == ()

    def test_sorting_again_gives_the_same(self) -> None:
        again = sort_out(self.document, rules_of("en"), known_in("en"))
        assert again == self.found

    def answers(self) -> list[Answer]:
        return [answer for group in self.found.groups for answer in group.answers]
