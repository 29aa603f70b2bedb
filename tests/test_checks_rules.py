"""What the checks of the writing say of a text, and what they leave in peace."""

from __future__ import annotations

import time
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.vocabulary import Kind
from education.writing.abbreviations import unexplained
from education.writing.claims import claims
from education.writing.findings import Draft, Finding, Passage, Question
from education.writing.likeness import alike
from education.writing.rules import check

QUESTIONS = Path(__file__).parent.parent / "education" / "demo" / "questions"


def draft(*texts: str, **facts: object) -> Draft:
    passages = tuple(Passage("answer", "Answer", text) for text in texts)
    usual = {"kind": Kind.QUESTION, "language": "en", "title": "What is a cramp?"}
    return Draft(**{**usual, "passages": passages, "sources": 1, **facts})


def found(rule: str, written: Draft) -> list[Finding]:
    return [finding for finding in check(written) if finding.rule == rule]


def sentence_of(count: int) -> str:
    return " ".join(["word"] * count).capitalize() + "."


class TestSentences:
    def test_more_than_25_words_are_too_many(self):
        (finding,) = found("too-long-sentences", draft(sentence_of(26)))
        assert finding.is_blocking
        assert "26 words" in finding.what
        assert "“Word word" in finding.what

    def test_25_words_may_be_handed_over(self):
        assert not found("too-long-sentences", draft(sentence_of(25)))

    def test_a_list_item_without_a_full_stop_is_no_way_round(self):
        assert found("too-long-sentences", draft(sentence_of(30).rstrip(".")))

    def test_one_longish_sentence_is_no_matter_but_many_are(self):
        short = [sentence_of(5)] * 8
        assert not found("long-sentences", draft(*short, sentence_of(22)))
        (finding,) = found(
            "long-sentences", draft(*short, sentence_of(22), sentence_of(23))
        )
        assert not finding.is_blocking
        assert "2 of 10 sentences" in finding.what


class TestReadingGrade:
    HARD = (
        "Cyclobenzaprine necessitates deliberate consideration of contraindications. "
    ) * 6

    def test_a_hard_page_is_worth_another_look(self):
        (finding,) = found("hard-to-read", draft(self.HARD))
        assert not finding.is_blocking
        assert "too hard" in finding.what

    def test_names_and_explained_terms_are_not_held_against_it(self):
        named = "Take cyclobenzaprine at night. Ask first. Rest well. Eat. Drink. " * 2
        told = "It helps dystonia (tight muscles). Dystonia hurts. Dystonia goes. " * 3
        assert not found(
            "hard-to-read", draft(named, names=frozenset({"cyclobenzaprine"}))
        )
        assert not found("hard-to-read", draft(told))


class TestShortForms:
    @pytest.mark.parametrize(
        "text",
        [
            "You may have magnetic resonance imaging (MRI). The MRI is loud.",
            "An MRI (a scan with magnets) is loud.",
            "A clot in a deep vein (deep vein thrombosis, or MRI) hurts.",
            "Do not take it with an MRI inhibitor (a medicine for depression).",
            "They belong to one group, called MRIs.",
        ],
    )
    def test_one_that_is_spelled_out_is_fine(self, text):
        assert unexplained(text) == []

    @pytest.mark.parametrize("text", ["You need an MRI.", "MRIs are loud.", "(MRI)"])
    def test_one_that_is_not_is_found(self, text):
        assert unexplained(text) == ["MRI"]

    def test_what_everybody_knows_and_what_is_only_loud_is_not(self):
        assert (
            unexplained("DO NOT call. In the US it is OK. Stage II. Dr. A, B12.") == []
        )

    def test_other_words_that_readers_see_explain_it(self):
        written = draft("You need an MRI.")
        assert found("unexplained-short-forms", written)
        written = draft("You need an MRI.", other_words=("MRI scan",))
        assert not found("unexplained-short-forms", written)


class TestSources:
    @pytest.mark.parametrize(
        ("text", "about"),
        [
            ("Take 400 mg with food.", "a dose"),
            ("Take two tablets.", "a dose"),
            ("Use it three times a day.", "a dose"),
            ("Tome dos pastillas.", "a dose"),
            ("Do not take it if you have asthma.", "who should not take something"),
            ("It is not safe for children.", "who should not take something"),
            ("It interacts with warfarin.", "taking one thing with another"),
            ("Do not mix it with alcohol.", "taking one thing with another"),
            ("Ask first if you are pregnant.", "pregnancy or breastfeeding"),
            ("It passes into breast milk.", "pregnancy or breastfeeding"),
            ("Call 911 if you faint.", "when to get help"),
            ("See your doctor today.", "when to get help"),
            ("Llame al 911.", "when to get help"),
        ],
    )
    def test_what_readers_act_upon_needs_one(self, text, about):
        assert about in {claim.about for claim in claims(text)}
        (finding,) = found("missing-sources", draft(text, sources=0))
        assert finding.is_blocking
        assert finding.field == "references"

    @pytest.mark.parametrize(
        "text",
        [
            "It lasts 10 minutes.",
            "A cramp is a sudden pain.",
            "Drink water and rest.",
            "Doctors ask when it began.",
            "Muscles work together with nerves.",
        ],
    )
    def test_other_text_may_stand_alone(self, text):
        assert not found("missing-sources", draft(text, sources=0))

    def test_any_topic_any_medicine_and_any_care_card_needs_one(self):
        card = Passage("care_cards", "Card", "It hurts", block_type="care_card")
        part = Passage("uses", "What it is for", "Pain.")
        for written in (
            draft("Muscles move.", kind=Kind.TOPIC, sources=0),
            draft(kind=Kind.MEDICINE, passages=(part,), sources=0),
            draft(passages=(card,), sources=0),
        ):
            assert found("missing-sources", written)

    def test_the_gravest_is_named_first(self):
        written = draft("Call 911 if you faint.", "Take 400 mg.", sources=0)
        (finding,) = found("missing-sources", written)
        assert "a dose: “Take 400 mg.”" in finding.what


class TestCareCards:
    HELP = Passage("sections", "When to get help", "Rest.", aspect="getting_help")
    CARD = Passage("care_cards", "Card", "It hurts", block_type="care_card")

    def test_a_section_on_getting_help_needs_one(self):
        written = draft(kind=Kind.TOPIC, passages=(self.HELP,))
        assert found("missing-care-card", written)
        written = draft(kind=Kind.TOPIC, passages=(self.HELP, self.CARD))
        assert not found("missing-care-card", written)

    def test_an_answer_on_medicines_needs_one(self):
        assert found("missing-care-card", draft(needs_care_card=True))


class TestImagesAndLinks:
    def test_an_image_says_what_it_shows(self):
        for alt, mute in (('alt=""', True), ("", True), ('alt="A calf"', False)):
            source = f'<p>See</p><embed embedtype="image" id="1" {alt}/>'
            place = Passage("answer", "Answer", "See", (source,))
            images = found("images-without-words", draft(passages=(place,)))
            assert bool(images) is mute
            assert all(finding.is_blocking for finding in images)

    def test_a_link_that_readers_cannot_follow_is_told(self):
        source = '<p><a linktype="page" id="7">Read <b>on</b></a></p>'
        place = Passage("answer", "Answer", "Read on", (source,))
        written = draft(passages=(place,), linked={"7": "“Draft”"})
        (finding,) = found("links-that-lead-nowhere", written)
        assert not finding.is_blocking
        assert "“Read on” leads to “Draft”" in finding.what
        assert not found("links-that-lead-nowhere", draft(passages=(place,)))


class TestQuestionsAlike:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What causes muscle spasms?", "Why do I get muscle spasms?"),
            ("How long do spasms last?", "How long does a spasm last?"),
            ("What are the signs of tetany?", "What are the symptoms of tetany?"),
            ("Are muscle relaxers safe?", "Are muscle relaxants safe?"),
            ("How can I prevent cramps?", "How do I avoid cramps?"),
            ("What is fibromyalgia?", "What is fibromialgia?"),
        ],
    )
    def test_the_same_in_other_words_is_found(self, one, other):
        assert alike(one, other, "en")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What is a cramp?", "What is a spasm?"),
            ("What can I buy over the counter?", "What can I get by prescription?"),
            ("What are the two classes of pills?", "What are the two types of pills?"),
            ("What causes cramps?", "How are cramps treated?"),
            ("Where do they work?", "How do they work?"),
            ("Is it safe?", "Is it not safe?"),
            ("What is vitamin B12?", "What is vitamin B6?"),
            ("", ""),
        ],
    )
    def test_another_question_is_left_in_peace(self, one, other):
        assert not alike(one, other, "en")

    def test_spanish_questions_too(self):
        assert alike("¿Qué causa los calambres?", "¿Por qué tengo calambres?", "es")
        assert not alike("¿Qué es un calambre?", "¿Qué es un espasmo?", "es")

    def test_no_two_titles_of_the_demonstration_are_alike(self):
        titles = [
            tomllib.loads(path.read_text())["title"]
            for path in QUESTIONS.glob("*.toml")
        ]
        assert len(titles) == 43
        pairs = [pair for pair in combinations(titles, 2) if alike(*pair, "en")]
        assert pairs == []

    def test_another_wording_of_a_page_leads_to_that_page_once(self):
        asked = [
            Question(7, "What brings cramps on?", "Why do I get cramps?"),
            Question(7, "What brings cramps on?", "What causes cramps?"),
        ]
        written = draft(title="What causes cramps?", questions=tuple(asked))
        (finding,) = found("questions-asked-before", written)
        assert finding.page_id == 7
        assert not finding.is_blocking


@given(
    st.lists(st.text(), max_size=4),
    st.text(),
    st.sampled_from(["en", "es", "xx"]),
    st.sampled_from(Kind.values),
)
def test_nothing_is_too_odd_to_be_checked(texts, title, language, kind):
    passages = tuple(Passage("answer", text, text, (text,)) for text in texts)
    other = Question(1, title, title[::-1])
    written = draft(
        passages=passages,
        title=title,
        language=language,
        kind=kind,
        sources=0,
        questions=(other,),
    )
    findings = check(written)
    blocking = [finding.is_blocking for finding in findings]
    assert blocking == sorted(blocking, reverse=True)
    assert all(finding.what and finding.to_do for finding in findings)


def test_a_very_long_text_is_read_in_no_time():
    forms = " ".join(f"A{chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(600))
    began = time.monotonic()
    for odd in ("(" * 50_000, "A" * 90_000, "<a>" * 20_000, "take " * 20_000, forms):
        place = Passage("answer", "Answer", odd, (odd,))
        check(draft(passages=(place,), sources=0))
    assert time.monotonic() - began < 10
