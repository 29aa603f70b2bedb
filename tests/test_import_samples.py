"""Damaged documents of many conditions are sorted as their answer keys say.

`make import-scores` prints how well, document by document, and every difference.
"""

from __future__ import annotations

import sys

from django.test import TestCase

from education.importer.engine import sort_out
from education.importer.findings import Sorted
from education.importer.flagging import rules_of
from education.importer.reading import read_file
from education.importer.sorting import known_in
from tests.import_keys import SAMPLES, Key, read_key
from tests.import_report import differences, table
from tests.import_scores import (
    FALSE_ALARM_AIM,
    PAIRING_AIM,
    PRECISION_AIM,
    RECALL_AIM,
    score,
)


def sorted_sample(key: Key) -> Sorted:
    content = (SAMPLES / key.document).read_bytes()
    document = read_file(key.document, content, key.language)
    return sort_out(document, rules_of(key.language), known_in(key.language))


class SampleTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        keys = [read_key(path) for path in sorted(SAMPLES.glob("*.key.toml"))]
        cls.keys = [key for key in keys if (SAMPLES / key.document).exists()]
        cls.found = [sorted_sample(key) for key in cls.keys]
        cls.scores = [
            score(key, found) for key, found in zip(cls.keys, cls.found, strict=True)
        ]
        sys.stdout.write(f"\n{table(cls.scores)}\n")
        for key, found in zip(cls.keys, cls.found, strict=True):
            sys.stdout.write(differences(key, found))

    def below(self, measure: str, aim: float) -> dict[str, float]:
        """Return the documents of which a measure is below its aim."""
        reached = {each.document: getattr(each, measure) for each in self.scores}
        return {name: round(is_, 3) for name, is_ in reached.items() if is_ < aim}

    def test_there_are_documents_of_six_conditions_and_five_formats(self) -> None:
        documents = [key.document for key in self.keys]
        assert len(documents) >= 6
        endings = {name.rpartition(".")[2] for name in documents}
        assert endings >= {"txt", "md", "html", "docx", "csv"}

    def test_each_line_is_accounted_for_just_once(self) -> None:
        for key, found in zip(self.keys, self.found, strict=True):
            numbers = [line.number for line in found.document.lines]
            lines = {
                *key.loose,
                *key.answers,
                *frozenset().union(*key.answers.values()),
            }
            assert numbers == sorted(lines), key.document
            assert numbers == sorted(found.dispositions), key.document

    def test_questions_have_the_answers_that_belong_to_them(self) -> None:
        assert self.below("pairing", PAIRING_AIM) == {}

    def test_questions_that_differ_are_not_put_together(self) -> None:
        assert self.below("precision", PRECISION_AIM) == {}

    def test_questions_that_ask_the_same_are_found_together(self) -> None:
        assert self.below("recall", RECALL_AIM) == {}

    def test_no_critical_line_slips_through(self) -> None:
        missed = {each.document: each.critical.missed for each in self.scores}
        assert {name: lines for name, lines in missed.items() if lines} == {}

    def test_at_most_one_passage_in_ten_is_flagged_for_nothing(self) -> None:
        alarms = {each.document: each.false_alarms for each in self.scores}
        many = {name: n for name, n in alarms.items() if n > FALSE_ALARM_AIM}
        assert many == {}
