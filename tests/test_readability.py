"""The reading grade that editors are shown."""

import pytest

from education.readability import reading_grade, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cramp", 1),
        ("muscle", 2),
        ("muscles", 2),
        ("medicine", 3),
        ("stretched", 1),
        ("needed", 2),
        ("doses", 2),
        ("table", 2),
        ("while", 1),
        ("violet", 3),
        ("station", 2),
        ("prescription", 3),
        ("pharmacist", 3),
        ("24", 1),
    ],
)
def test_syllables_are_counted_as_people_say_them(word, count):
    assert syllables(word) == count


def test_list_fragments_are_not_sentences():
    assert sentences("It hurts. Rest it.\na warm bath\nWhy?") == [
        "It hurts.",
        "Rest it.",
        "Why?",
    ]


def test_a_title_does_not_end_a_sentence():
    assert len(sentences("Ask Dr. Example about it.")) == 1


def test_easy_words_have_a_low_grade_and_hard_ones_a_high_grade():
    easy = "Sit down. Pull your toes up. Hold for ten counts."
    hard = (
        "Pharmacological intervention necessitates comprehensive consideration of "
        "contraindications and potentially deleterious interactions."
    )
    assert reading_grade(easy) < 3
    assert reading_grade(hard) > 16


def test_terms_can_be_left_out():
    text = "Cyclobenzaprine helps. Take cyclobenzaprine at night."
    assert reading_grade(text, {"cyclobenzaprine"}) < reading_grade(text) - 3


def test_a_text_without_sentences_has_no_grade():
    assert reading_grade("a warm bath\nrest") is None
    assert reading_grade("") is None
