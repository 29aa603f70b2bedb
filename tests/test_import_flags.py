"""What is found unsafe or doubtful in imported words, and what is let be."""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from education.import_vocabulary import Damage, Danger, SourceFormat
from education.importer.findings import Flag
from education.importer.flagging import Rule, find_flags, rules_of
from education.importer.flagging.rules import as_rule, lists_of
from education.importer.passages import Mark, Passage, Understanding
from education.importer.sources import SourceDocument, SourceLine
from education.models import SafetyRule, SafetyWords

JUDGED = Path(__file__).parent / "samples" / "unsafe_passages.tsv"
ORDER = list(Danger)
QUESTION, ANSWER = 1, 2
#: Of a hundred harmless answers so many may be flagged.
FALSE_ALARMS = 10

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rules(django_db_setup, django_db_blocker) -> tuple[Rule, ...]:
    with django_db_blocker.unblock():
        return rules_of("en")


def understood(
    question: str, *answer: str, damage: Damage | None = None
) -> tuple[SourceDocument, Understanding]:
    """A question on line 1 with its answer from line 2 on."""
    texts = (question, *answer)
    lines = tuple(
        SourceLine(number, text, f"line {number}")
        for number, text in enumerate(texts, start=1)
    )
    marks = (Mark(damage, ANSWER, 0, 0, "…"),) if damage else ()
    numbers = tuple(range(ANSWER, len(texts) + 1))
    passage = Passage(question, QUESTION, answer_lines=numbers, marks=marks)
    document = SourceDocument("asked.txt", "0" * 64, SourceFormat.TEXT, lines)
    return document, Understanding((passage,), {}, ())


def flags(
    rules: tuple[Rule, ...], question: str, *answer: str, **kinds: Damage
) -> tuple[Flag, ...]:
    return find_flags(*understood(question, *answer, **kinds), rules)


def gravest(found: tuple[Flag, ...], line: int = ANSWER) -> str:
    dangers = [flag.danger for flag in found if flag.line == line]
    return min(dangers, key=ORDER.index) if dangers else ""


def own_rule(**fields) -> Rule:
    row = SafetyRule(
        name="Mine", danger=Danger.HIGH, reason="Why.", to_do="What.", **fields
    )
    return as_rule(row, lists_of("en"))


def judged() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class TestJudgedPassages:
    @pytest.mark.parametrize("language", ["en", "es"])
    def test_critical_ones_are_found_and_few_harmless_ones(self, language: str) -> None:
        rules = rules_of(language)
        counted: Counter[tuple[str, str]] = Counter()
        wrong = []
        for row in judged():
            if row["language"] != language:
                continue
            ends = row["answer"].endswith((".", "!", "?"))
            cut = None if ends or "," in row["answer"] else Damage.CUT_OFF
            found = flags(rules, row["question"], row["answer"], damage=cut)
            got, want = gravest(found), row["danger"]
            counted[want or "harmless", "found" if got else "not found"] += 1
            counted[want or "harmless", "level"] += got == want
            if bool(got) != bool(want):
                wrong.append((want, got, row["question"], row["answer"]))
        for (kind, what), times in sorted(counted.items()):
            sys.stdout.write(f"{kind:9} {what:9} {times:4}\n")
        assert counted["critical", "not found"] == 0, wrong
        assert counted["critical", "level"] == counted["critical", "found"]
        harmless = sum(counted["harmless", what] for what in ("found", "not found"))
        assert counted["harmless", "found"] * FALSE_ALARMS <= harmless, wrong
        assert sum(not got for want, got, *_ in wrong if want) <= 1, wrong


class TestWhatIsFound:
    def test_a_flag_says_where_why_and_what_to_do(self, rules) -> None:
        found = flags(
            rules,
            "What helps a sore throat?",
            "Rest your voice. A cup of brandy with your sleeping pills ends it. Sip.",
        )
        flag = min(found, key=lambda one: ORDER.index(one.danger))
        text = "A cup of brandy with your sleeping pills ends it"
        said = understood("", "Rest your voice. " + text)[0].lines[1].text
        assert said[flag.start : flag.end] == text
        assert flag.danger == Danger.CRITICAL
        assert flag.reason
        assert flag.to_do
        assert flag.rule in {rule.name for rule in rules}

    def test_the_same_words_are_found_wherever_they_stand(self, rules) -> None:
        said = "Garlic always works against warts."
        found = flags(rules, "What helps against warts?", said, "Be patient.", said)
        assert {flag.line for flag in found} == {2, 4}

    def test_what_question_and_answer_tell_together(self, rules) -> None:
        asked = "What helps against a burn?"
        assert gravest(flags(rules, asked, "Smear butter on it.")) == Danger.CRITICAL
        assert not flags(rules, "What goes with bread?", "Smear butter on it.")

    def test_a_sign_of_an_emergency_met_with_waiting(self, rules) -> None:
        asked = "My jaw and my chest ache and I sweat. What can I do?"
        assert gravest(flags(rules, asked, "Lie down.")) == Danger.CRITICAL
        assert not flags(rules, asked, "Call 911, then lie down.")

    def test_loose_lines_are_looked_at(self, rules) -> None:
        lines = (SourceLine(1, "Hold your breath for one minute until it ends.", ""),)
        document = SourceDocument("a.txt", "0" * 64, SourceFormat.TEXT, lines)
        found = find_flags(document, Understanding((), {}, (1,)), rules)
        assert gravest(found, 1) == Danger.CRITICAL

    def test_an_alarm_that_breaks_off_is_critical(self, rules) -> None:
        asked = "When should I see a doctor about a rash?"
        whole = "See a doctor if it spreads fast or you have a fever."
        assert not gravest(flags(rules, asked, whole))
        cut = flags(rules, asked, whole, damage=Damage.CUT_OFF)
        assert gravest(cut) == Danger.CRITICAL
        no_need = "There is no need to see a doctor for the first year."
        assert gravest(flags(rules, asked, no_need)) == Danger.CRITICAL

    def test_names_that_are_handed_in_are_medicines(self, rules) -> None:
        document, understanding = understood("What helps?", "Take Zorbumol at night.")
        assert not find_flags(document, understanding, rules)
        found = find_flags(document, understanding, rules, frozenset({"Zorbumol"}))
        assert gravest(found) == Danger.HIGH

    def test_kinds_are_told_from_signs_and_from_a_part_of_them(self, rules) -> None:
        asked = "What are the kinds of anemia?"
        signs = "There are many types of anemia including fatigue and dizziness."
        assert gravest(flags(rules, asked, signs)) == Danger.MEDIUM
        kinds = "There are many types of anemia including sickle cell anemia."
        assert not flags(rules, asked, kinds)
        short = flags(rules, asked, "There are five types.", damage=Damage.COUNT_SHORT)
        assert gravest(short) == Danger.MEDIUM

    def test_what_is_asked_to_be_ruled_out_may_be_the_wrong_thing(self, rules) -> None:
        answer = "A history of the pain helps the clinician."
        assert flags(rules, "What is needed to rule out lumbago?", answer)
        assert not flags(rules, "What rules out other causes of lumbago?", answer)


class TestWhatIsLetBe:
    @pytest.mark.parametrize(
        "answer",
        [
            "Never double the dose.",
            "Do not cut, suck or freeze the bite.",
            "Doubling the dose is dangerous, so avoid taking two doses at once.",
        ],
    )
    def test_what_the_text_says_not_to_do(self, rules, answer: str) -> None:
        assert not flags(rules, "What should I know?", answer)

    def test_what_the_answer_says_no_to(self, rules) -> None:
        asked = "Should I put butter on a burn?"
        assert not flags(rules, asked, "No. Cool it under running water.")
        assert gravest(flags(rules, asked, "Yes, it cools.")) == Danger.CRITICAL

    def test_a_denial_ends_with_its_clause(self, rules) -> None:
        answer = "If the first tablet does not help, double the dose."
        assert gravest(flags(rules, "What now?", answer)) == Danger.CRITICAL

    def test_items_below_do_not(self, rules) -> None:
        items = ("double the dose of your tablets", "make yourself vomit")
        assert flags(rules, "What should I know?", "You can:", *items)
        assert not flags(rules, "What should I know?", "Do not:", *items)

    def test_questions_inside_an_answer(self, rules) -> None:
        asked = "What causes hives?"
        answer = "What is the most common cause of hives?Stress.Heat."
        assert not flags(rules, asked, answer)

    def test_what_stands_elsewhere_in_the_answer_takes_it_away(self, rules) -> None:
        asked = "What can I take for a fever?"
        advice = "Take ibuprofen with food."
        assert gravest(flags(rules, asked, advice)) == Danger.HIGH
        caution = "Ask a pharmacist first if you have kidney disease."
        assert not flags(rules, asked, advice, caution)

    def test_what_an_inactive_rule_would_find(self, rules) -> None:
        SafetyRule.objects.update(active=False)
        assert rules_of("en") == ()
        assert flags((), "What helps?", "Hold your breath until you faint.") == ()


class TestWordings:
    def found(self, answer: str, **boxes: str) -> bool:
        return bool(flags((own_rule(**boxes),), "What helps?", answer))

    def test_other_endings_and_little_words_count(self) -> None:
        assert self.found("They rubbed the knees.", looks_for="rub knee")
        assert not self.found("They rubbed the knees.", looks_for="rub! knee")

    def test_dots_leap_and_a_plus_turns_round(self) -> None:
        said = "Snow is what you rub on it."
        assert not self.found(said, looks_for="rub ... snow")
        assert self.found(said, looks_for="rub + snow")
        assert self.found("Rub it well with snow.", looks_for="rub ... snow")
        assert not self.found("Rub it. Use snow.", looks_for="rub + snow")

    def test_entries_of_a_list_may_have_dots_and_a_plus(self) -> None:
        words = "throw ... out\nsnow + knee"
        SafetyWords.objects.create(name="mine", about="Mine.", words=words)
        assert self.found("Throw the pills out.", looks_for="[mine] + pill")
        assert self.found("Knees in the snow.", looks_for="[mine]")
        assert not self.found("Throw it to me. Out!", looks_for="[mine]")

    def test_numbers_beginnings_and_endings(self) -> None:
        assert self.found("Do it 20 times.", looks_for="# times")
        assert self.found("It is neuralgia.", looks_for="*algia")
        assert self.found("It is neuralgia.", looks_for="neural*")

    def test_words_that_were_glued_together_are_parted(self) -> None:
        assert self.found("Remedies for warmthSnow and ice.", looks_for="snow")

    def test_accents_and_capitals_do_not_matter(self) -> None:
        assert self.found("FIEBRE, NIÑO", looks_for="fiebre nino")


class TestSpeed:
    def test_ten_thousand_lines_take_seconds(self, rules) -> None:
        rows = [row for row in judged() if row["language"] == "en"]
        lines, passages = [], []
        while len(lines) < 10_000:
            row = rows[len(passages) % len(rows)]
            number = len(lines) + 1
            lines.append(SourceLine(number, row["question"], ""))
            lines.append(SourceLine(number + 1, row["answer"], ""))
            passages.append(
                Passage(row["question"], number, answer_lines=(number + 1,))
            )
        document = SourceDocument("a.txt", "0" * 64, SourceFormat.TEXT, tuple(lines))
        began = time.process_time()
        find_flags(document, Understanding(tuple(passages), {}, ()), rules)
        took = time.process_time() - began
        sys.stdout.write(f"10,000 lines: {took:.1f} s\n")
        assert took < 8

    def test_a_line_of_one_word_a_million_times_does_not_hang(self, rules) -> None:
        said = "hold breath take aspirin child " * 200_000
        began = time.process_time()
        flags(rules, "What helps?", said)
        assert time.process_time() - began < 8
