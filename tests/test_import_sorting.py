"""Questions of an imported document are put together by what they ask."""

from __future__ import annotations

import pytest

from education.import_vocabulary import AnswerState, Damage, Danger, SourceFormat
from education.importer.findings import Answer, Flag, Group
from education.importer.passages import Block, Mark, Passage, Understanding
from education.importer.sorting import find_topics, group, own_list, ranked
from education.importer.sources import SourceDocument, SourceLine, SourceTopic

Asked = tuple[str, str]


def read(*rows: Asked | str) -> tuple[SourceDocument, Understanding]:
    """Read questions, each with its answer or without one."""
    lines, passages = [], []
    for row in rows:
        question, answer = (row, "") if isinstance(row, str) else row
        number = len(lines) + 1
        lines += [
            SourceLine(number, question, f"line {number}"),
            SourceLine(number + 1, answer, f"line {number + 1}"),
        ]
        passages.append(
            Passage(
                question=question,
                question_line=number,
                answer_lines=(number + 1,),
                blocks=(Block(number + 1, paragraph=answer),) if answer else (),
                state=AnswerState.COMPLETE if answer else AnswerState.NONE,
                is_implied=not question.endswith("?"),
            )
        )
    document = SourceDocument("a.txt", "0" * 64, SourceFormat.TEXT, tuple(lines))
    return document, Understanding(tuple(passages), {}, ())


def sort(*rows: Asked | str) -> tuple[Group, ...]:
    document, understanding = read(*rows)
    return group(document, understanding, own_list())


def wordings(*rows: Asked | str) -> list[list[str]]:
    return [[variant.text for variant in one.variants] for one in sort(*rows)]


ABOUT_ULCERS = (
    "What is a stomach ulcer?",
    "What is a stomach ulcer?",
    "What are the symptoms of stomach ulcers?",
)


class TestOneQuestion:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What causes mouth ulcers?", "Why do mouth ulcers happen?"),
            (
                "What causes mouth ulcers?",
                "What are three main causes of mouth ulcers?",
            ),
            ("How long does a cold last?", "How long does it take a cold to go away?"),
            ("How is anemia treated?", "What is the best treatment for anemia?"),
            ("How do you stop hiccups?", "What is the best way to get rid of hiccups?"),
            ("What does shingles feel like?", "How does shingles feel?"),
            ("How can I prevent blisters?", "Can blisters be prevented?"),
            ("Who gets gallstones?", "What are the risk factors for gallstones?"),
            ("What is lupus?", "What does lupus mean?"),
            ("Is measles contagious?", "Can you catch measles?"),
            ("What are hives?", "What's hives?"),
            ("What is hypertension?", "What is high blood pressure?"),
            ("What are early signs of mumps?", "What are the first symptoms of mumps?"),
            ("What is sepsis?", "What is Sepsis"),
            ("How do I treat warts at home?", "What home remedies help warts?"),
        ],
    )
    def test_is_asked_in_many_ways(self, one: str, other: str) -> None:
        assert wordings(one, other) == [[one, other]]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What causes cramps?", "What causes spasms?"),
            ("What causes cramps?", "What causes cramps at night?"),
            ("What causes cramps?", "What disease causes cramps?"),
            ("How is croup treated?", "How is croup treated in adults?"),
            ("How do you stop leg cramps?", "How do you stop foot cramps?"),
            (
                "What is the best medicine for cramps?",
                "What is the best muscle relaxer for cramps?",
            ),
            ("What is the best medicine for cramps?", "What can I take for cramps?"),
            (
                "What is the best over the counter medicine for gas?",
                "What is the best prescription medicine for gas?",
            ),
            ("What are the types of opioids?", "What are the classes of opioids?"),
            ("When should I worry about a rash?", "What if a rash does not go away?"),
            (
                "When should I worry about a rash?",
                "When should I see a doctor for a rash?",
            ),
            ("How is lupus diagnosed?", "What test is used to diagnose lupus?"),
            ("Can lupus cause anemia?", "Can anemia cause lupus?"),
            ("What is type 1 diabetes?", "What is type 2 diabetes?"),
            ("Are colds and flu the same?", "What is the difference of colds and flu?"),
            ("What are kidney stones?", "What are gallstones?"),
            ("How long does flu last?", "How long is flu contagious?"),
            ("How long does asthma last?", "How long does an asthma attack last?"),
        ],
    )
    def test_is_not_another_that_is_near(self, one: str, other: str) -> None:
        assert wordings(one, other) == [[one], [other]]

    def test_may_be_mistyped(self) -> None:
        rows = (
            *ABOUT_ULCERS,
            "What causes stomach ulcers?",
            "What causes stomach ulecrs?",
        )
        assert wordings(*rows)[-1] == list(rows[-2:])

    def test_may_leave_out_what_goes_without_saying(self) -> None:
        rows = (
            *ABOUT_ULCERS,
            "How are stomach ulcers treated?",
            "How are ulcers treated?",
        )
        assert wordings(*rows)[-1] == list(rows[-2:])

    def test_may_use_a_short_form_that_the_document_explains(self) -> None:
        explained = (
            "What is deep vein thrombosis?",
            "Deep vein thrombosis (DVT) is a clot.",
        )
        assert wordings(explained, "What is DVT?") == [[explained[0], "What is DVT?"]]

    def test_may_be_a_heading(self) -> None:
        rows = (*ABOUT_ULCERS, "Stomach Ulcer Symptoms")
        assert wordings(*rows)[-1] == [ABOUT_ULCERS[2], rows[-1]]

    def test_may_be_a_heading_that_only_names_a_thing(self) -> None:
        rows = (*ABOUT_ULCERS, "Stomach Ulcers")
        assert wordings(*rows)[0] == [*ABOUT_ULCERS[:2], rows[-1]]

    def test_may_name_nothing_in_a_document_on_one_thing(self) -> None:
        rows = (*ABOUT_ULCERS, "What are the symptoms?")
        assert wordings(*rows)[-1] == [ABOUT_ULCERS[2], rows[-1]]


class TestGroup:
    def test_keeps_its_key_when_the_file_grows_and_changes_its_digest(self) -> None:
        (before,) = sort("What causes acne?")
        after, _ = sort("What causes acne?", "What is acne?", "Why does acne happen?")
        assert after.key == before.key
        assert after.digest != before.digest

    @pytest.mark.parametrize(
        ("wording", "question"),
        [
            (
                "What is the Treatment for Lyme Disease?",
                "What is the treatment for Lyme disease?",
            ),
            ("How to stop a nosebleed?", "How can I stop a nosebleed?"),
            ("What to do if your nose bleeds?", "What should I do if my nose bleeds?"),
            (
                "when should i see a doctor for acne?",
                "When should I see a doctor for acne?",
            ),
        ],
    )
    def test_is_asked_as_a_patient_would(self, wording: str, question: str) -> None:
        first, *_ = sort(
            (wording, "A tick can give people Lyme disease, and the disease can last.")
        )
        assert first.question == question

    def test_turns_a_heading_into_a_question(self) -> None:
        *_, last = sort(*ABOUT_ULCERS, ("Stomach Ulcer Prevention", "Eat well."))
        assert last.question == "How can I prevent stomach ulcers?"

    def test_says_which_part_of_a_topic_it_is_read_in(self) -> None:
        found = sort(
            "How is acne treated?", "What causes acne?", "Can acne be prevented?"
        )
        assert [one.aspect for one in found] == ["treatment", "causes", "prevention"]

    def test_a_question_that_names_nothing_breaks_nothing(self):
        for question in ("How is this disease diagnosed?", "What is the problem?"):
            document, understanding = read(question)
            groups = group(document, understanding, own_list())
            _, groups = find_topics(document, groups)
            assert len(groups) == 1


class TestAnswers:
    def answer(self, line: int, text: str = "Rest.", **more: object) -> Answer:
        state = more.pop("state", AnswerState.COMPLETE)
        blocks = (Block(line, paragraph=text),)
        return Answer(line, (), (line,), blocks, state, **more)  # type: ignore[arg-type]

    def lines(self, *answers: Answer) -> list[int]:
        return [answer.question_line for answer in ranked(answers)]

    def test_come_whole_before_broken_before_none(self) -> None:
        none = self.answer(1, state=AnswerState.NONE)
        broken = self.answer(2, "Drink.", state=AnswerState.REPAIR)
        whole = self.answer(3, "Sleep.", state=AnswerState.COMPLETE)
        assert self.lines(none, broken, whole) == [3, 2, 1]

    def test_that_could_kill_come_after_what_has_to_be_mended(self) -> None:
        flag = Flag("r", Danger.CRITICAL, 1, 0, 0, "", "")
        deadly = self.answer(1, state=AnswerState.COMPLETE, flags=(flag,))
        broken = self.answer(2, "Drink.", state=AnswerState.REPAIR)
        assert self.lines(deadly, broken) == [2, 1]

    def test_that_only_say_it_depends_come_late(self) -> None:
        mark = Mark(Damage.EVASIVE, 1, 0, 0, "")
        evasive = self.answer(
            1, "It depends on many things.", state=AnswerState.COMPLETE, marks=(mark,)
        )
        plain = self.answer(2, state=AnswerState.COMPLETE)
        assert self.lines(evasive, plain) == [2, 1]

    def test_that_are_the_beginning_of_another_come_last(self) -> None:
        text = (
            "Cold packs on the sore place help in the first two days, then warmth does."
        )
        whole, part = self.answer(1, text), self.answer(2, text[:60])
        assert self.lines(part, whole, self.answer(3)) == [1, 3, 2]


class TestContradictions:
    def about(self, *rows: Asked | str) -> dict[str, list[int]]:
        return {
            each.about: [side.line for side in each.sides]
            for one in sort(*rows)
            for each in one.contradictions
        }

    def test_are_found_in_how_long_it_lasts(self) -> None:
        question = "How long does flu last?"
        rows = (
            (question, "It lasts 5 to 7 days."),
            (question, "Flu is over in 24 hours."),
        )
        assert self.about(*rows) == {"How long": [2, 4]}

    def test_are_not_found_where_numbers_are_rounded(self) -> None:
        question = "How long does flu last?"
        rows = (
            (question, "It lasts 5 to 7 days."),
            (question, "It lasts about a week."),
        )
        assert self.about(*rows) == {}

    def test_are_found_in_the_leading_cause(self) -> None:
        question = "What causes hives?"
        rows = (
            (question, "Stress is the most common cause of hives."),
            (question, "The most common cause of hives is an allergy."),
        )
        assert self.about(*rows) == {"The leading cause": [2, 4]}

    def test_are_found_between_questions_on_the_same_thing(self) -> None:
        rows = (
            ("How are warts treated?", "Warts must be treated."),
            ("How long do warts last?", "They go away without treatment."),
        )
        assert self.about(*rows) == {"Whether treatment is needed": [2, 4]}

    def test_are_not_found_between_two_things(self) -> None:
        rows = (
            ("How are warts treated?", "Warts must be treated."),
            ("How long do styes last?", "They go away without treatment."),
        )
        assert self.about(*rows) == {}


class TestTopics:
    def topics(self, *rows: Asked | str) -> dict[str, tuple[str, ...]]:
        document, understanding = read(*rows)
        groups = group(document, understanding, own_list())
        found, _ = find_topics(document, groups)
        return {topic.name: topic.also_called for topic in found}

    def test_are_what_questions_are_about(self) -> None:
        rows = (*ABOUT_ULCERS, ("What is gastritis?", "Sore. It can come with anemia."))
        assert list(self.topics(*rows)) == ["Stomach ulcers", "Gastritis"]

    def test_have_the_other_names_that_answers_give(self) -> None:
        rows = (
            "What is lupus?",
            ("What are hives?", "Hives, also called wheals, itch."),
        )
        assert self.topics(*rows)["Hives"] == ("Wheals",)

    def test_are_no_medicines(self) -> None:
        assert list(self.topics(*ABOUT_ULCERS, "What is omeprazole?")) == [
            "Stomach ulcers"
        ]

    def test_are_apart_for_one_place_with_questions_of_its_own(self) -> None:
        rows = (
            "What is a cramp?",
            "What causes cramps?",
            "How can I stop cramps in my calf?",
        )
        assert list(self.topics(*rows)) == ["Cramps", "Calf cramps"]

    def test_are_those_that_the_format_names(self) -> None:
        document, understanding = read("What is acne?")
        lines = tuple(
            SourceLine(line.number, line.text, line.place, section="Acne")
            for line in document.lines
        )
        document = SourceDocument(
            "a.xml", "0" * 64, SourceFormat.MEDLINEPLUS, lines,
            topics=(SourceTopic("Acne", ("Pimples",), "https://example.org/acne"),),
        )  # fmt: skip
        groups = group(document, understanding, own_list())
        (topic,), (one,) = find_topics(document, groups)
        assert (topic.name, topic.also_called, one.topic) == (
            "Acne",
            ("Pimples",),
            "Acne",
        )
