"""Questions on any condition are put together as somebody did by hand.

`pytest -s` prints how well, set by set.
"""

from __future__ import annotations

import sys
from functools import cache
from statistics import mean

import pytest

from tests.import_questions import FILE, Met, QuestionSet, met, question_sets
from tests.import_scores import PRECISION_AIM, RECALL_AIM
from tests.test_import_sorting import wordings


@cache
def all_met() -> tuple[tuple[QuestionSet, Met], ...]:
    found = tuple((each, met(each)) for each in question_sets())
    for each, one in found:
        sys.stdout.write(
            f"\nround {each.round} {each.name:30} precision {one.precision:.3f}"
            f" recall {one.recall:.3f} topics {', '.join(one.topics)}"
        )
        for pair in one.merged:
            sys.stdout.write(f"\n    merged: {' + '.join(pair)}")
        for pair in one.parted:
            sys.stdout.write(f"\n    parted: {' + '.join(pair)}")
    return found


class TestQuestionSets:
    @pytest.mark.parametrize("measure", ["precision", "recall"])
    def test_are_put_together_as_by_hand(self, measure: str) -> None:
        aim = {"precision": PRECISION_AIM, "recall": RECALL_AIM}[measure]
        below = {
            each.name: getattr(one, measure)
            for each, one in all_met()
            if getattr(one, measure) < aim
        }
        assert below == {}

    def test_have_the_topics_that_they_are_about(self) -> None:
        missed = [name for _, one in all_met() for name in one.missed_topics]
        meant = sum(len(each.topics) for each, _ in all_met())
        assert len(missed) <= 0.15 * meant, missed

    def test_have_few_topics_besides(self) -> None:
        assert mean(len(one.false_topics) for _, one in all_met()) <= 0.5

    def test_have_their_condition_as_a_topic(self) -> None:
        without = [
            each.name
            for each, one in all_met()
            if each.topics and min(each.topics[0]) in one.missed_topics
        ]
        assert without == []


def test_questions_that_say_the_opposite_are_never_one() -> None:
    text = FILE.with_name("import_never_one.txt").read_text("utf-8")
    rows = [row.split("|") for row in text.splitlines() if "|" in row]
    assert [row for row in rows if len(wordings(*row)) < len(row)] == []
