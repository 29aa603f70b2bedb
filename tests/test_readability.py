"""The reading grade that editors are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.writing.readability import (
    reading,
    reading_ease,
    reading_grade,
    spanish_syllables,
    syllables,
)
from education.writing.sentences import sentences


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


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("día", 2),
        ("músculo", 3),
        ("calambre", 3),
        ("cuidado", 3),
        ("guitarra", 3),
        ("pingüino", 3),
        ("medicación", 4),
        ("aéreo", 4),
        ("prohibir", 3),
        ("muy", 1),
        ("mayo", 2),
        ("y", 1),
        ("24", 1),
    ],
)
def test_spanish_syllables_are_counted_as_people_say_them(word, count):
    assert spanish_syllables(word) == count


def test_spanish_is_easier_in_short_sentences_not_harder():
    short = "Le duele la pierna. Le duele mucho. Descanse un poco."
    long = "Le duele la pierna y le duele mucho y descanse un poco."
    assert reading_ease(short) > reading_ease(long)


def test_spanish_is_graded_by_the_formula_as_it_was_meant():
    # Two words of two syllables in each of two sentences.
    assert reading_ease("Beba agua. Coma fruta.") == pytest.approx(
        206.84 - 60 * 2 - 1.02 * 2
    )


def test_a_spanish_sentence_may_begin_with_its_own_marks():
    assert sentences("Le duele. ¿Es grave? ¡Llame! Él espera.") == [
        "Le duele.",
        "¿Es grave?",
        "¡Llame!",
        "Él espera.",
    ]


@pytest.mark.parametrize(
    ("text", "said", "hard"),
    [
        ("Sit down. Pull your toes up. Hold for ten.", "easy for most readers", False),
        (
            "Pharmacological intervention necessitates consideration of alternatives.",
            "too hard for most readers",
            True,
        ),
    ],
)
def test_editors_read_the_grade_in_words(text, said, hard):
    result = reading(text, "en")
    assert result.sentence.endswith(said)
    assert result.is_hard is hard


@given(st.text(), st.sampled_from(["en", "es", "fr"]))
def test_no_text_is_too_odd_to_be_graded(text, language):
    reading(text, language)
    reading(f"{text}.", language, {text})


@given(st.text(max_size=40))
def test_every_word_has_a_syllable(word):
    assert syllables(word) >= 1
    assert spanish_syllables(word) >= 1
