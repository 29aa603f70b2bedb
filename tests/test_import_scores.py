"""The measure of the importer is right: a small document, sorted well and badly."""

from __future__ import annotations

from dataclasses import replace

from django.test import SimpleTestCase

from education.import_vocabulary import AnswerState, Damage, Danger, Disposition
from education.import_vocabulary import SourceFormat as Format
from education.importer.findings import (
    Answer,
    Flag,
    FoundBrand,
    FoundMedicine,
    FoundTopic,
    Group,
    Sorted,
    Variant,
)
from education.importer.passages import Block, Mark
from education.importer.sources import SourceDocument, SourceLine
from tests.import_keys import SAMPLES, Key, key_from, read_key
from tests.import_report import differences, table
from tests.import_scores import Scores, Tally, score

LINES = [
    "Signs of hay fever",
    "- Sneezing",
    "What are the signs of hay fever?",
    "What is hay fever?",
    "Hay fever is an allergy to pollen. It comes in sp...",
    "What is Hay Fever?",
    "It is an allergy.",
    "What can I take for hay fever?",
    "Tablets to buyCetirizine (Zyrtec, Pollenex)Loratadine",
    "When is hay fever an emergency?",
    "",
]
KEY = {
    "document": "hay-fever.txt",
    "loose": [11],
    "incomplete": [5],
    "none_of": ["emergency"],
    "topics": ["Hay fever / Pollen allergies"],
    "questions": [
        {"line": 3, "answers": [1, 2], "intent": "signs"},
        {"line": 4, "answers": [5], "intent": "what-is"},
        {"line": 6, "answers": [7], "intent": "what-is"},
        {"line": 8, "answers": [9], "intent": "take"},
        {"line": 10, "answers": [], "intent": "emergency"},
    ],
    "lists": [{"line": 9, "items": 2}],
    "flags": [{"line": 9, "danger": "high"}, {"line": 5, "danger": "critical"}],
    "medicines": [
        {
            "generic": "cetirizine",
            "brands": ["Zyrtec"],
            "doubtful_brands": ["Pollenex"],
        },
        {"generic": "loratadine"},
    ],
}


def flag(line: int, danger: Danger) -> Flag:
    return Flag("a rule", danger, line, 0, 0, "A reason.", "Do something.")


def answer(question: int, *lines: int, headings: tuple[int, ...] = ()) -> Answer:
    blocks = tuple(Block(line, paragraph=LINES[line - 1]) for line in lines)
    return Answer(question, headings, lines, blocks, AnswerState.COMPLETE)


def group(name: str, questions: tuple[int, ...], *answers: Answer) -> Group:
    variants = tuple(Variant(LINES[line - 1], line) for line in questions)
    return Group(name, "", LINES[questions[0] - 1], "", "", variants, answers)


def well_sorted() -> Sorted:
    """The document as the key has it."""
    tablets = Block(9, items=("Cetirizine (Zyrtec, Pollenex)", "Loratadine"))
    brands = (FoundBrand("Zyrtec", (9,)), FoundBrand("Pollenex", (9,), is_known=False))
    cut = Mark(Damage.CUT_OFF, 5, 35, 54, "Ends in the middle of a word.")
    lines = tuple(SourceLine(n, t, f"line {n}") for n, t in enumerate(LINES, 1))
    return Sorted(
        document=SourceDocument("hay-fever.txt", "", Format.TEXT, lines),
        dispositions=dict.fromkeys(range(1, 12), Disposition.ANSWER),
        loose=(11,),
        groups=(
            group("signs", (3,), answer(3, 2, headings=(1,))),
            group("what", (4, 6), answer(6, 7), answer(4, 5)),
            group("take", (8,), replace(answer(8, 9), blocks=(tablets,))),
            group("emergency", (10,)),
        ),
        topics=(FoundTopic("Hay Fever", ("pollen allergy",), (4,)),),
        medicines=(
            FoundMedicine("cetirizine", brands, (), "", (9,)),
            FoundMedicine("loratadine", (), (), "", (9,)),
        ),
        flags=(flag(9, Danger.HIGH), flag(5, Danger.CRITICAL)),
        marks=(cut, Mark(Damage.RESIDUE, 7, 0, 2, "A button.")),
    )


def key_with(**changes: object) -> Key:
    return key_from(KEY | changes)


def scores(**changes: object) -> Scores:
    """Score the document with something of what was found changed."""
    return score(key_with(), replace(well_sorted(), **changes))


class ScorerTests(SimpleTestCase):
    def test_has_nothing_to_say_against_what_is_as_the_key_has_it(self) -> None:
        found = scores()
        assert (found.pairing, found.precision, found.recall) == (1, 1, 1)
        assert found.wrong == ()
        assert found.false_alarms == 0
        tallies = [part for part in vars(found).values() if isinstance(part, Tally)]
        assert len(tallies) == 11
        assert not any(part.missed or part.false for part in tallies)

    def test_wants_the_headings_of_an_answer_and_nothing_besides(self) -> None:
        groups = well_sorted().groups
        bare = group("signs", (3,), answer(3, 2))
        assert scores(groups=(bare, *groups[1:])).pairing == 0.8
        more = group("signs", (3,), answer(3, 2, 7, headings=(1,)))
        assert scores(groups=(more, *groups[1:])).pairing == 0.8

    def test_misses_a_question_that_nobody_saw_though_it_has_no_answer(self) -> None:
        found = scores(groups=well_sorted().groups[:3])
        assert found.pairing == 0.8
        assert found.questions.missed == (10,)
        assert str(found.wrong[0]) == "line 10, answer: no answer, but got no question"

    def test_counts_what_was_wrongly_put_together_and_kept_apart(self) -> None:
        signs, what, *others = well_sorted().groups
        apart = (
            group("signs", (3, 4), *signs.answers, answer(4, 5)),
            group("what", (6,), answer(6, 7)),
            *others,
        )
        found = scores(groups=apart)
        assert (found.pairing, found.precision, found.recall) == (1, 0, 0)
        assert [wrong.expected for wrong in found.wrong] == ["apart", "together"]

    def test_precision_and_recall_are_two_things(self) -> None:
        signs, what, *others = well_sorted().groups
        merged = group("all", (3, 4, 6), *signs.answers, *what.answers)
        found = scores(groups=(merged, *others))
        assert (found.precision, found.recall) == (1 / 3, 1)

    def test_does_not_take_two_unseen_questions_for_one_group(self) -> None:
        signs, _, *others = well_sorted().groups
        assert scores(groups=(signs, *others)).recall == 0

    def test_leaves_out_what_one_may_argue_about(self) -> None:
        signs, what, *others = well_sorted().groups
        merged = group("all", (3, 4, 6), *signs.answers, *what.answers)
        key = key_with(maybe=[{"intents": ["signs", "what-is"]}])
        found = score(key, replace(well_sorted(), groups=(merged, *others)))
        assert (found.precision, found.recall) == (1, 1)

    def test_knows_missing_words_from_other_damage(self) -> None:
        found = scores(marks=(Mark(Damage.POINTER, 7, 0, 2, "See below."),))
        assert str(found.completeness) == "0/1/1"

    def test_counts_items_of_a_list_that_was_run_together(self) -> None:
        groups = list(well_sorted().groups)
        groups[2] = group("take", (8,), answer(8, 9))
        assert scores(groups=tuple(groups)).lists.missed == (9,)

    def test_takes_a_critical_line_as_found_only_when_called_critical(self) -> None:
        found = scores(flags=(flag(9, Danger.HIGH), flag(5, Danger.LOW)))
        assert found.flags.missed == ()
        assert found.critical.missed == (5,)

    def test_takes_the_gravest_of_several_flags(self) -> None:
        more = (flag(5, Danger.LOW), *well_sorted().flags, flag(5, Danger.MEDIUM))
        assert scores(flags=more).critical.found == (5,)

    def test_counts_false_alarms_by_line_and_spares_doubtful_ones(self) -> None:
        alarms = (*well_sorted().flags, flag(7, Danger.LOW), flag(7, Danger.CRITICAL))
        found = scores(flags=alarms)
        assert (found.flags.false, found.critical.false) == ((7,), (7,))
        assert found.false_alarms == 0.2
        spared = score(key_with(may_flag=[7]), replace(well_sorted(), flags=alarms))
        assert (spared.flags.false, spared.critical.false) == ((), ())

    def test_finds_a_topic_by_any_of_its_names(self) -> None:
        assert scores().topics.found == ("hay fever",)
        pollen = FoundTopic("Rhinitis", ("pollen allergy",), (4,))
        assert str(scores(topics=(pollen,)).topics) == "1/0/0"
        other = FoundTopic("Asthma", (), (7,))
        assert str(scores(topics=(other,)).topics) == "0/1/1"

    def test_wants_doubt_where_it_is_due_and_only_there(self) -> None:
        brands = (
            FoundBrand("Zyrtec", (9,), doubt="We do not know it."),
            FoundBrand("Pollenex", (9,)),
        )
        medicines = (FoundMedicine("cetirizine", brands, (), "", (9,)),)
        found = scores(medicines=medicines)
        assert found.medicines.missed == ("loratadine",)
        assert str(found.brands) == "2/0/0"
        assert (found.doubts.missed, found.doubts.false) == (("pollenex",), ("zyrtec",))

    def test_says_which_questions_have_an_answer_after_all(self) -> None:
        groups = list(well_sorted().groups)
        groups[3] = group("emergency", (10,), answer(10, 7))
        assert scores(groups=tuple(groups)).unanswered.missed == ("emergency",)


class ReportTests(SimpleTestCase):
    def test_tells_each_difference_with_the_words_of_the_line(self) -> None:
        told = differences(key_with(), replace(well_sorted(), flags=(), loose=()))
        assert "flags missed: 9 [high; ]: Tablets to buy" in told
        assert "loose missed: 11" in told
        assert differences(key_with(), well_sorted()) == ""

    def test_tells_nothing_of_a_document_that_is_held_out(self) -> None:
        key = key_with(set="held_out")
        assert differences(key, replace(well_sorted(), flags=())) == ""

    def test_has_a_row_for_each_document(self) -> None:
        head, row = table([scores()]).splitlines()
        assert head.split()[:3] == ["document", "pairing", "precis."]
        assert row.split()[:5] == ["hay-fever.txt", "1.000", "1.000", "1.000", "0.000"]
        assert len(head.split()) == len(row.split())


class KeyTests(SimpleTestCase):
    def test_every_line_is_in_just_one_place(self) -> None:
        for path in SAMPLES.glob("*.key.toml"):
            key = read_key(path)
            lines = [*key.loose, *key.answers]
            lines += [line for part in key.answers.values() for line in part]
            assert sorted(lines) == list(range(1, max(lines) + 1)), path.name

    def test_every_line_that_is_spoken_of_has_words_of_a_passage(self) -> None:
        for path in SAMPLES.glob("*.key.toml"):
            key = read_key(path)
            passages = {line for part in key.answers.values() for line in part}
            spoken_of = {*key.incomplete, *key.lists, *key.flags, *key.may_flag}
            assert spoken_of <= passages, path.name

    def test_no_line_is_both_to_be_flagged_and_free_to_be(self) -> None:
        for path in SAMPLES.glob("*.key.toml"):
            key = read_key(path)
            assert not key.flags.keys() & key.may_flag, path.name
