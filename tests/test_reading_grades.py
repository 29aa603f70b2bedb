"""The demonstration is as easy to read as we ask editors to write.

Measured by the portal's own checker on saved pages, as the panel beside the form shows
it. `pytest -rP tests/test_reading_grades.py` prints the hardest pages.
"""

from __future__ import annotations

import re
import sys

from django.test import TestCase
from django.utils import timezone

from education.installation import install
from education.models import ClinicalPage
from education.models.manuscript import draft_of
from education.models.writing import findings
from education.writing.sentences import sentences, words
from tests.demonstration import publish_the_demonstration

HARDEST_PAGE = 8
EASY = 6
EASY_SHARE = 0.9
LONGEST_SENTENCE = 25
LONG_SENTENCE = 20
LONG_SHARE = 0.05
#: Advice of the checker that the demonstration does not leave open.
PLAIN = {"hard-to-read", "long-sentences", "too-long-sentences"}
#: A short form may stand in a source's own title, but not in what we say.
EXPLAINED = {"unexplained-short-forms"}


class DemonstrationTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        install()
        publish_the_demonstration()
        cls.pages = [
            page.as_its_kind()
            for page in ClinicalPage.objects.with_parts().order_by("pk")
        ]
        cls.found, cls.grades = {}, {}
        for page in cls.pages:
            found, score = findings(page, timezone.now())
            cls.found[page.address] = {finding.rule for finding in found}
            said = re.match(r"Reading grade ([\d.]+):", score)
            cls.grades[page.address] = float(said[1]) if said else None

    def worst_five(self) -> str:
        graded = {at: grade for at, grade in self.grades.items() if grade is not None}
        hardest = sorted(graded.items(), key=lambda row: -row[1])[:5]
        return "\n".join(f"grade {grade}  {at}" for at, grade in hardest)

    def test_every_page_is_long_enough_to_be_graded(self) -> None:
        assert len(self.grades) == 59
        assert [at for at, grade in self.grades.items() if grade is None] == []

    def test_no_page_is_harder_than_grade_8_and_nine_in_ten_are_grade_6(self) -> None:
        sys.stdout.write(f"The hardest five of {len(self.grades)} pages:\n")
        sys.stdout.write(f"{self.worst_five()}\n")
        assert max(self.grades.values()) <= HARDEST_PAGE, self.worst_five()
        easy = sum(grade <= EASY for grade in self.grades.values())
        assert easy >= len(self.grades) * EASY_SHARE, self.worst_five()

    def test_sentences_are_short(self) -> None:
        said = [
            (len(words(sentence)), page.address, sentence)
            for page in self.pages
            for passage in draft_of(page).prose
            for sentence in sentences(passage.text)
        ]
        longest = sorted(said, reverse=True)[:5]
        assert longest[0][0] <= LONGEST_SENTENCE, longest
        long = sum(row[0] > LONG_SENTENCE for row in said)
        assert long <= len(said) * LONG_SHARE, longest

    def test_the_checker_asks_for_no_plainer_words(self) -> None:
        asked = {
            address: rules & (PLAIN | EXPLAINED)
            for address, rules in self.found.items()
            if rules & (PLAIN | EXPLAINED)
        }
        assert asked == {}
