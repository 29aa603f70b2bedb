"""What can be used of an imported answer, and what is said to be wrong with it."""

from __future__ import annotations

import pytest

from education.import_vocabulary import AnswerState, Damage
from education.importer.passages import Passage
from tests.understood import answered

COMPLETE, REPAIR, NONE = AnswerState.COMPLETE, AnswerState.REPAIR, AnswerState.NONE
CAUSES = "What causes anemia?"
TYPES = "What are the types of anemia?"
FOODS = "What foods help anemia?"
TREAT = "How do you treat anemia?"
TABLETS = "Do iron tablets work?"
LONG = "How long does anemia last?"


def damages(passage: Passage) -> set[Damage]:
    return {mark.damage for mark in passage.marks}


def items(passage: Passage) -> int:
    return max((len(block.items) for block in passage.blocks), default=0)


class TestWhole:
    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            (CAUSES, "Iron loss is the most frequent cause, e.g. from heavy periods."),
            (TYPES, "There are two main types of anemia: iron deficiency and others."),
            (FOODS, "The following foods help: red meat, beans, spinach and eggs."),
            (TREAT, "Are you often tired? Ask a doctor to treat the cause with iron."),
            (TREAT, "Take iron tablets with vitamin C"),
            (
                TREAT,
                "Doctors give iron (tablets, drops). Drs. check after 4 weeks.",
            ),
            (
                LONG,
                "It depends on the cause: with tablets it takes two to three months.",
            ),
            (LONG, "Two weeks"),
            ("How much iron do I need?", "Women need 18 mg a day. Men need 8 mg."),
            ("What does the word mean?", 'It is Greek and means "without blood".'),
            (
                "When should I worry about anemia?",
                "If you are short of breath, call 911.",
            ),
            ("Where is iron stored?", "Mostly in the liver."),
        ],
    )
    def test_an_answer_without_damage_is_left_alone(
        self, question: str, answer: str
    ) -> None:
        found = answered(question, answer)
        assert damages(found) == set()
        assert found.state == COMPLETE
        assert found.text == answer

    def test_a_list_that_gives_what_it_announces_is_whole(self) -> None:
        found = answered(TYPES, "There are two types:", "- too little iron", "- others")
        assert (damages(found), found.state) == (set(), COMPLETE)


class TestBreakingOff:
    @pytest.mark.parametrize(
        ("answer", "left"),
        [
            (
                "Iron loss is one cause. Others are a lack of vitamin B…",
                "Iron loss is one cause.",
            ),
            (
                "Iron loss is one cause. Kidney disease is ...",
                "Iron loss is one cause.",
            ),
            ("Iron loss is one cause. Some people have kid", "Iron loss is one cause."),
            (
                'Iron loss is one cause. "I see it often," says Dr.',
                "Iron loss is one cause.",
            ),
            ('Iron loss is one cause. "I see it often and', "Iron loss is one cause."),
            (
                "Iron loss is one cause. Others (such as a lack of",
                "Iron loss is one cause.",
            ),
            ("Causes are heavy periods, a lack of iron and […]", ""),
        ],
    )
    def test_half_a_sentence_is_marked_and_taken_away(
        self, answer: str, left: str
    ) -> None:
        found = answered(CAUSES, answer)
        assert Damage.CUT_OFF in damages(found)
        assert found.text == left
        assert found.state == (REPAIR if left else NONE)

    def test_a_missing_stop_means_nothing_where_none_are_written(self) -> None:
        found = answered(
            "¿Cómo se trata la gota?",
            "Con reposo, bolsas frías y una medicina que da el médico al enfermo",
            language="es",
        )
        assert damages(found) <= {Damage.CUT_OFF}

    def test_where_to_worry_breaks_off_nothing_is_left(self) -> None:
        found = answered(
            "When should I worry about anemia?",
            "Being tired is common. If your heart also pounds, it may be",
        )
        assert Damage.CUT_OFF in damages(found)
        assert found.state == NONE


class TestMissing:
    @pytest.mark.parametrize(
        ("question", "answer", "damage", "state"),
        [
            (TYPES, "The main types of anemia are:", Damage.LIST_MISSING, NONE),
            (FOODS, "Foods that help include the following:", Damage.POINTER, NONE),
            (
                TYPES,
                "Its many types are listed in the table below.",
                Damage.POINTER,
                NONE,
            ),
            (FOODS, "Red meat helps. See the chart below.", Damage.POINTER, REPAIR),
            (FOODS, "Red meat helps. Below are recipes.", Damage.POINTER, REPAIR),
            (
                TYPES,
                "There are five types of anemia: sickle cell, aplastic and others.",
                Damage.COUNT_SHORT,
                REPAIR,
            ),
            (
                TYPES,
                "There are two types: Acute anemia – it comes fast and is soon felt.",
                Damage.COUNT_SHORT,
                REPAIR,
            ),
            (
                TYPES,
                "It comes in 3 forms. The first is from bleeding. The second is rare.",
                Damage.COUNT_SHORT,
                REPAIR,
            ),
            (
                FOODS,
                "Here are some ideas: 1. Eat red meat. It holds much iron.",
                Damage.COUNT_SHORT,
                REPAIR,
            ),
            (
                CAUSES,
                "Heavy periods.Lack of iron.Kidney disease.More items...",
                Damage.MORE_ITEMS,
                REPAIR,
            ),
        ],
    )
    def test_what_is_announced_and_not_there_is_marked(
        self, question: str, answer: str, damage: Damage, state: AnswerState
    ) -> None:
        found = answered(question, answer)
        assert damage in damages(found)
        assert found.state == state

    def test_bullets_are_counted(self) -> None:
        found = answered(TYPES, "There are three types:", "- iron", "- sickle cell")
        assert damages(found) == {Damage.COUNT_SHORT}


class TestSplitting:
    @pytest.mark.parametrize(
        ("answer", "many", "damage"),
        [
            ("Heavy periods.Lack of iron.Kidney disease.", 3, Damage.RUN_TOGETHER),
            ("Heavy periodsLack of ironKidney disease", 3, Damage.RUN_TOGETHER),
            ("Iron (Feosol)Folate (Folvite)Zinc (Galzin)", 3, Damage.RUN_TOGETHER),
            ("Heavy periods • Lack of iron • A bleeding gut", 3, Damage.RUN_TOGETHER),
            ("heavy periods. lack of iron. bleeding.", 3, Damage.FRAGMENTS),
            ("They include: lost blood. low iron. a bad diet.", 3, Damage.FRAGMENTS),
            ("1. Heavy periods 2. Lack of iron 3. Bleeding", 3, None),
            ("Causes include heavy periods; lack of iron; bleeding.", 3, None),
            ("Women: periods are a cause. Men: think of the gut.", 2, None),
        ],
    )
    def test_a_list_gets_its_items_back(
        self, answer: str, many: int, damage: Damage | None
    ) -> None:
        found = answered(CAUSES, answer)
        assert items(found) == many
        assert damages(found) == ({damage} if damage else set())

    def test_items_that_make_no_sense_are_no_answer(self) -> None:
        found = answered(
            TYPES, "Iron loss true anemia.Sickle cells true anemia.Others true anemia."
        )
        assert Damage.GARBLED in damages(found)
        assert found.state == NONE

    def test_names_with_a_capital_inside_stay_whole(self) -> None:
        found = answered(FOODS, "MedlinePlus and NovoLog are names, and an EpiPen too.")
        assert items(found) == 0
        assert damages(found) == set()


class TestLeftovers:
    @pytest.mark.parametrize(
        ("answer", "damage", "left"),
        [
            (
                "Overview. They work within weeks. Was this helpful?",
                Damage.RESIDUE,
                "They work within weeks.",
            ),
            (
                "They help in two ways. Advertisement. of many people.",
                Damage.RESIDUE,
                "They help in two ways of many people.",
            ),
            (
                "Do iron tablets work?Yes, within weeks.",
                Damage.QUESTION_INSIDE,
                "Yes, within weeks.",
            ),
            (
                "How Iron Tablets WorkThey fill the stores of the body.",
                Damage.RESIDUE,
                "They fill the stores of the body.",
            ),
        ],
    )
    def test_what_a_page_left_in_an_answer_is_taken_off(
        self, answer: str, damage: Damage, left: str
    ) -> None:
        found = answered(TABLETS, answer)
        assert damages(found) == {damage}
        assert found.text == left
        assert found.state == REPAIR

    def test_a_heading_that_ran_into_a_list_is_no_item(self) -> None:
        found = answered(
            "What should I take for anemia?",
            "Iron Tablets for AnemiaFerrous sulfate (Feosol)Ferrous gluconate (Fergon)",
        )
        assert found.blocks[0].items == (
            "Ferrous sulfate (Feosol)",
            "Ferrous gluconate (Fergon)",
        )

    def test_marks_say_where_in_the_line_as_read(self) -> None:
        line = "They help. Trusted Source. Take them with juice."
        mark = answered(TABLETS, line).marks[0]
        assert line[mark.start : mark.end] == "Trusted Source"


class TestDoubts:
    @pytest.mark.parametrize(
        "answer",
        [
            "Studies show that they do, and that they work within weeks.",
            "According to a recent study, they work as well every other day.",
            "A 2019 review article found that they work in most people.",
            "They do, as Dr. Okafor told a newspaper that we did not find.",
        ],
    )
    def test_a_source_that_nobody_can_look_up_is_marked(self, answer: str) -> None:
        found = answered(TABLETS, answer)
        assert damages(found) == {Damage.UNSOURCED}
        assert found.state == COMPLETE

    @pytest.mark.parametrize(
        ("question", "answer", "language"),
        [
            (LONG, "That varies and depends on the cause.", "en"),
            (CAUSES, "There are many possible causes, and everyone differs.", "en"),
            ("¿Cuánto dura la anemia?", "Depende de cada caso.", "es"),
        ],
    )
    def test_it_depends_is_no_answer(
        self, question: str, answer: str, language: str
    ) -> None:
        found = answered(question, answer, language=language)
        assert damages(found) == {Damage.EVASIVE}
        assert found.state == NONE

    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("When should I worry about anemia?", "A quarter of all people have it."),
            (LONG, "Anemia is a condition of the blood."),
            (CAUSES, "Anemia is a common disease. Its symptoms are easy to miss."),
            ("Where is iron stored?", "Iron tablets have been sold since 1832."),
            (
                "Can iron tablets cause back pain?",
                "Iron tablets bring some relief of back pain to those who need it.",
            ),
            (
                "Laser Therapy for Anemia?",
                "There is no quick remedy, but people can live well with anemia.",
            ),
        ],
    )
    def test_an_answer_to_something_else_is_none(
        self, question: str, answer: str
    ) -> None:
        found = answered(question, answer)
        assert damages(found) == {Damage.OFF_QUESTION}
        assert found.state == NONE


class TestSpanish:
    @pytest.mark.parametrize(
        ("question", "answer", "damage", "state"),
        [
            (
                "¿Cuáles son los tipos de anemia?",
                "Hay cuatro tipos de anemia: ferropénica, perniciosa y aplásica.",
                Damage.COUNT_SHORT,
                REPAIR,
            ),
            (
                "¿Cuáles son los tipos de anemia?",
                "Hay tres tipos de anemia:",
                Damage.LIST_MISSING,
                NONE,
            ),
            (
                "¿Qué causa la anemia?",
                "La falta de hierro es una causa. También los ri...",
                Damage.CUT_OFF,
                REPAIR,
            ),
            (
                "¿Qué causa la anemia?",
                "falta de hierro. pérdida de sangre. embarazo.",
                Damage.FRAGMENTS,
                REPAIR,
            ),
            (
                "¿Cómo se trata la anemia?",
                "Con tabletas de hierro. Vea la tabla a continuación.",
                Damage.POINTER,
                REPAIR,
            ),
        ],
    )
    def test_damage_is_seen_in_spanish(
        self, question: str, answer: str, damage: Damage, state: AnswerState
    ) -> None:
        found = answered(question, answer, language="es")
        assert damages(found) == {damage}
        assert found.state == state
