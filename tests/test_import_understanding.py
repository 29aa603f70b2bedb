"""Which line of an imported document asks, which answers, and what is left over."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from education.import_vocabulary import AnswerState, Disposition, LineRole
from education.importer.understanding import understand
from tests.understood import document, pairs, text_document, understood

GOUT = """What is gout?
Gout is a kind of arthritis.
How long does an attack of gout last?
An attack lasts one to two weeks."""


class TestPairing:
    def test_an_answer_follows_its_question(self) -> None:
        assert pairs(understood(GOUT)) == {1: (2,), 3: (4,)}

    def test_a_question_without_answer_has_none(self) -> None:
        found = understood(
            "What is gout?\n"
            "What foods bring on gout?\n"
            "Red meat, shellfish and beer can bring on gout."
        )
        assert pairs(found) == {1: (), 2: (3,)}
        assert found.passages[0].state == AnswerState.NONE

    def test_a_question_without_answer_turns_no_others(self) -> None:
        found = understood(
            "What foods bring on gout?\n"
            "Red meat, shellfish and beer can bring on gout.\n"
            "Chronic Gout\n"
            "Chronic gout means that attacks come back and that joints are harmed.\n"
            "What is chronic gout?\n"
            "Chronic gout is a condition in which attacks return again and again.\n"
            "What causes chronic gout?\n"
            "Nobody knows just what causes it. It runs in some families.\n"
            "How is chronic gout diagnosed?\n" + GOUT
        )
        after = {1: (2,), 3: (4,), 5: (6,), 7: (8,), 9: (), 10: (11,), 12: (13,)}
        assert pairs(found) == after

    def test_answers_that_stand_before_their_questions_are_found(self) -> None:
        found = understood(
            "Symptoms\n"
            "- Pain in one joint\n"
            "- Red and warm skin\n"
            "Treatment at Home\n"
            "- Rest the joint\n"
            "- Put ice on it\n"
            "What are the signs of gout?\n"
            "How can I treat gout myself?\n"
            "\n" + GOUT
        )
        assert pairs(found) == {7: (2, 3), 8: (5, 6), 10: (11,), 12: (13,)}
        assert [one.is_displaced for one in found.passages] == [
            True,
            True,
            False,
            False,
        ]
        assert found.passages[0].heading_lines == (1,)
        assert found.passages[0].state == AnswerState.REPAIR

    def test_answers_before_and_between_questions_are_told_apart(self) -> None:
        found = understood(
            "Foods to Avoid\n"
            "- Liver\n"
            "- Beer\n"
            "What should I not eat with gout?\n"
            "Where It Sits\n"
            "- Big toe\n"
            "- Knee\n"
            "Where does gout sit?\n"
            "\n" + GOUT
        )
        assert pairs(found) == {4: (2, 3), 8: (6, 7), 10: (11,), 12: (13,)}

    def test_one_text_before_its_question_turns_no_others(self) -> None:
        found = understood(
            "A kidney stone is a hard lump of minerals in the kidney.\n"
            "What is a kidney stone?\n"
            "How long does it take to pass a stone?\n"
            "A small stone often passes within one to two weeks.\n"
            "What causes kidney stones?\n"
            "Too little water is a frequent cause.\n"
            "How are kidney stones treated?\n"
            "With pain relievers and much water, and some with surgery."
        )
        assert pairs(found) == {2: (1,), 3: (4,), 5: (6,), 7: (8,)}

    def test_an_answer_may_have_several_paragraphs_and_a_list(self) -> None:
        found = understood(
            "How is gout treated?\n"
            "Rest and cold packs help during an attack.\n"
            "A doctor may prescribe:\n"
            "- colchicine\n"
            "- prednisone\n"
            "People with many attacks take a daily medicine.\n"
            "Is gout inherited?\n"
            "It often runs in families."
        )
        assert pairs(found) == {1: (2, 3, 4, 5, 6), 7: (8,)}
        assert found.passages[0].blocks[2].items == ("colchicine", "prednisone")

    def test_short_lines_under_a_question_are_its_list(self) -> None:
        found = understood(
            "What are the signs of gout?\nPain\nRed skin\nSwelling\n"
            "Is gout common?\nYes."
        )
        assert pairs(found) == {1: (2, 3, 4), 5: (6,)}
        assert found.passages[0].blocks[0].items == ("Pain", "Red skin", "Swelling")

    def test_a_heading_with_text_between_questions_stands_for_one(self) -> None:
        found = understood(
            "What is gout?\n"
            "Gout is a kind of arthritis.\n"
            "The Gout Diet\n"
            "Vegetables and whole grains are good choices.\n"
            "Is gout inherited?\n"
            "It often runs in families."
        )
        assert pairs(found) == {1: (2,), 3: (4,), 5: (6,)}
        assert [one.is_implied for one in found.passages] == [False, True, False]

    def test_a_small_heading_inside_an_answer_stays_with_it(self) -> None:
        found = understood(
            "What is tetany?\n"
            "In tetany nerves and muscles fire too easily.\n"
            "Causes that are less common\n"
            "- low calcium\n"
            "- breathing too fast\n"
            "Is tetany common?\n"
            "No, it is rare."
        )
        assert pairs(found) == {1: (2, 4, 5), 6: (7,)}
        assert found.passages[0].heading_lines == (3,)

    def test_topics_of_a_file_do_not_run_into_each_other(self) -> None:
        texts = ("What is gout?", "Gout is a kind of arthritis.", "Hives", "They itch.")
        read = document((*texts, "They go away in days."), {3: LineRole.HEADING})
        lines = tuple(
            replace(line, section="Gout" if line.number < 3 else "Hives")
            for line in read.lines
        )
        found = understand(replace(read, lines=lines))
        assert pairs(found) == {1: (2,), 3: (4, 5)}
        assert [one.section for one in found.passages] == ["Gout", "Hives"]
        assert found.passages[1].state == AnswerState.COMPLETE

    def test_what_a_table_says_counts_more_than_shapes(self) -> None:
        roles = {1: LineRole.QUESTION, 2: LineRole.QUESTION, 3: LineRole.ANSWER}
        cells = ("Nosebleed", "Nosebleed in children", "Is it dangerous? Seldom.")
        assert pairs(understand(document(cells, roles))) == {1: (), 2: (3,)}


class TestQuestions:
    def test_a_question_is_known_without_its_mark(self) -> None:
        found = understood(
            "What is Gout\nGout is a kind of arthritis.\n"
            "How to prevent gout attacks\nDrink enough water every day."
        )
        assert pairs(found) == {1: (2,), 3: (4,)}
        assert not any(one.is_implied for one in found.passages)

    def test_letters_and_numbers_before_it_are_no_part_of_it(self) -> None:
        found = understood(
            "Q: What is gout?\nA: A kind of arthritis.\n2. Is it common?\nYes, it is."
        )
        assert [one.question for one in found.passages] == [
            "What is gout?",
            "Is it common?",
        ]
        assert found.passages[0].text == "A kind of arthritis."

    def test_a_paragraph_that_ends_with_a_question_is_none(self) -> None:
        found = understood(
            "Is gout common?\n"
            "Gout is common in men over forty and in older women. It was once called "
            "the disease of kings, who ate much meat. Why not you?"
        )
        assert pairs(found) == {1: (2,)}

    def test_spanish_is_read_too(self) -> None:
        found = understood(
            "¿Qué es la gota?\nEs un tipo de artritis.\n"
            "Cómo se trata la gota\nCon reposo y medicinas.",
            "es",
        )
        assert pairs(found) == {1: (2,), 3: (4,)}


class TestLedger:
    def test_buttons_and_blank_lines_belong_to_nobody(self) -> None:
        found = understood(
            f"Advertisement\n\n{GOUT}\nWas this helpful?\nYes\nNo\nPrint this page"
        )
        assert found.loose == (1, 2, 7, 8, 9, 10)
        assert found.dispositions[1] == Disposition.RESIDUE
        assert found.dispositions[2] == Disposition.BLANK
        assert found.dispositions[7] == Disposition.RESIDUE
        assert found.dispositions[8] == Disposition.RESIDUE
        assert found.dispositions[9] == Disposition.RESIDUE

    def test_a_heading_with_nothing_under_it_stays_loose(self) -> None:
        found = understood(f"Gout Guide\n{GOUT}")
        assert found.loose == (1,)
        assert found.dispositions[1] == Disposition.HEADING

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.text(max_size=60),
                st.sampled_from(
                    [
                        "",
                        "What is gout?",
                        "What causes gout?Beer.Red meat.Liver.More items...•",
                        "Common Causes",
                        "- Pain in a joint. ...",
                        "1. Rest",
                        "There are four kinds: mild, severe and",
                        "hands. arms. legs.",
                        'He says, "wait. Trusted Source. and then',
                        "Gout is a kind of arthritis.",
                        "See the table below:",
                        "Advertisement",
                    ]
                ),
            ),
            max_size=30,
        ),
        st.sampled_from(["en", "es", "fr"]),
    )
    def test_every_line_is_accounted_for_once(
        self, lines: list[str], language: str
    ) -> None:
        read = document(tuple(lines), language=language)
        found = understand(read)
        assert sorted(found.dispositions) == [line.number for line in read.lines]
        belonging = [number for one in found.passages for number in one.lines]
        assert sorted([*belonging, *found.loose]) == sorted(found.dispositions)
        for passage in found.passages:
            assert all(block.line in passage.lines for block in passage.blocks)
            for mark in passage.marks:
                assert mark.line in passage.lines
                length = len(read.lines[mark.line - 1].text)
                assert 0 <= mark.start <= mark.end <= length


class TestSpeed:
    def test_a_long_document_takes_seconds(self) -> None:
        lines = [
            line
            for number in range(1000)
            for line in (
                f"What causes disease{number}?",
                f"Stress and lack of sleep cause disease{number}. Both can be treated.",
            )
        ]
        started = time.perf_counter()
        assert len(understood("\n".join(lines)).passages) == 1000
        assert time.perf_counter() - started < 20

    def test_a_line_of_megabytes_does_not_hang(self) -> None:
        for piece in ("a", ". ", "a.A", "(a", "… ", "the word is ", '" ', "• a "):
            long = piece * (2_000_000 // len(piece))
            started = time.perf_counter()
            found = understood(f"What is gout?\n{long}\nIs it common?\nYes, it is.")
            assert time.perf_counter() - started < 10
            assert found.passages[0].state == AnswerState.NONE

    def test_a_page_in_one_line_does_not_hang(self) -> None:
        for piece in ("a.A", "… ", "1. Aa ", "Aaa: bbb. ", "a; ", "trusted source "):
            long = piece * (40_000 // len(piece))
            started = time.perf_counter()
            understand(text_document(f"What is gout?\n{long}"))
            assert time.perf_counter() - started < 10
