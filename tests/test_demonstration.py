"""The demonstration content: complete, careful, readable, and gone when removed."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Page

from education.demonstration import (
    ACCOUNTS,
    DocumentProblem,
    load,
    read_demonstration,
    remove,
)
from education.demonstration.documents import PageDocument
from education.installation import install
from education.models import (
    ClinicalPage,
    DemonstrationItem,
    FAQPage,
    MedicationPage,
    ReviewSchedule,
    SignOff,
    Tag,
    TopicPage,
)
from education.richtext import has_link, plain_text
from education.vocabulary import BrandStatus, CareLevel, ControlledSchedule
from education.writing.readability import reading_grade
from education.writing.sentences import sentences, words
from tests.factories import fresh, make_person, make_topic, submit

DEMONSTRATION = read_demonstration()
BY_SLUG = {page.slug: page for page in DEMONSTRATION.pages}


def passages(value: object) -> list[str]:
    """Every piece of text that a reader of this part meets."""
    if isinstance(value, str):
        return [plain_text(value) if value.lstrip().startswith("<") else value]
    if isinstance(value, dict):
        parts = [part for name, part in value.items() if name not in NOT_PROSE]
        return [text for part in parts for text in passages(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in passages(part)]
    return []


NOT_PROSE = {
    "type",
    "aspect",
    "level",
    "scope",
    "status",
    "name",
    "generic_name",
    "pronunciation",
    "prescription_status",
    "controlled_schedule",
}


def prose(page: PageDocument) -> str:
    parts = {name: part for name, part in page.parts.items() if name not in NOT_PROSE}
    return "\n".join([page.summary, *passages(parts), *passages(page.care_cards)])


#: Names and terms that have no plainer word and are explained where they stand.
TERMS = {page.slug for page in DEMONSTRATION.pages} | {
    "medicine",
    "medicines",
    "fasciculations",
    "benzodiazepines",
    "benzodiazepine",
    "antispasmodics",
    "antispastics",
    "diazepam",
    "tizanidine",
    "dantrolene",
    "hyperventilation",
}


class ContentTests(TestCase):
    """What the files themselves promise, without a database."""

    def test_it_is_all_there(self):
        kinds = [page.kind for page in DEMONSTRATION.pages]
        assert [kinds.count(kind) for kind in ("topic", "question", "medicine")] == [
            8,
            43,
            8,
        ]

    def test_every_page_has_two_sources_that_can_be_followed(self):
        for page in DEMONSTRATION.pages:
            with self.subTest(page.slug):
                assert len({row.url for row in page.references}) >= 2
                assert all("://" in row.url for row in page.references)
                assert all(row.title and row.publisher for row in page.references)

    def test_every_page_has_tags_and_other_words(self):
        tags = {tag.slug for tag in DEMONSTRATION.tags}
        for page in DEMONSTRATION.pages:
            with self.subTest(page.slug):
                assert 2 <= len(page.tags) <= 6
                assert set(page.tags) <= tags
                assert page.aliases or page.kind == "medicine"

    def test_every_page_is_written_in_plain_words(self):
        grades = {
            page.slug: reading_grade(prose(page), TERMS) or 0
            for page in DEMONSTRATION.pages
        }
        hardest = sorted(grades.items(), key=lambda row: -row[1])[:5]
        assert all(grade <= 8 for grade in grades.values()), hardest
        easy = sum(grade <= 6 for grade in grades.values())
        assert easy >= len(grades) * 0.9, hardest

    def test_sentences_are_short(self):
        lengths = [
            len(words(sentence))
            for page in DEMONSTRATION.pages
            for sentence in sentences(prose(page))
        ]
        assert max(lengths) <= 25
        assert sum(length > 20 for length in lengths) <= len(lengths) * 0.05

    def test_no_emergency_card_sends_people_elsewhere_to_read(self):
        for page in DEMONSTRATION.pages:
            for card in page.care_cards:
                if card["level"] == CareLevel.EMERGENCY:
                    with self.subTest(page.slug):
                        assert not has_link(passages(card))

    def test_a_blood_clot_is_never_left_to_the_reader_to_sort_out(self):
        for slug in ("blood-clot-or-leg-cramp", "leg-and-calf-cramps"):
            levels = {card["level"] for card in BY_SLUG[slug].care_cards}
            assert {CareLevel.URGENT, CareLevel.EMERGENCY} <= levels

    def test_breathing_fast_is_not_advised(self):
        text = prose(BY_SLUG["breathing-rate-and-cramps"]).lower()
        assert "do not" in text or "not a good idea" in text or "no good proof" in text

    def test_the_medicines_carry_their_warnings(self):
        for slug, word in (
            ("carisoprodol", "habit"),
            ("cyclobenzaprine", "maoi"),
            ("baclofen", "suddenly"),
            ("aspirin", "reye"),
            ("ibuprofen", "stomach"),
            ("naproxen", "stomach"),
            ("acetaminophen", "liver"),
            ("metaxalone", "liver"),
        ):
            with self.subTest(slug):
                text = prose(BY_SLUG[slug]).lower().replace("mao inhibitor", "maoi")
                assert word in text

    def test_a_file_that_is_no_page_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "tags.toml").write_text("tags = 1")
            with pytest.raises(DocumentProblem, match=r"tags\.toml"):
                read_demonstration(Path(folder))


class LoadedTests(TestCase):
    """After `manage.py load_demo`."""

    @classmethod
    def setUpTestData(cls):
        install()
        cls.report = load(DEMONSTRATION)

    def test_every_page_is_live_and_signed_off_by_somebody_else(self):
        assert ClinicalPage.objects.filter(live=True).count() == 59
        author = User.objects.get(username="demo-author")
        for page in ClinicalPage.objects.all():
            signed = page.standing().sign_offs
            assert len(signed) == (2 if page.kind == "medicine" else 1)
            assert author not in {row.reviewer for row in signed}

    def test_no_account_can_be_taken_for_a_clinician(self):
        for account in ACCOUNTS:
            user = User.objects.get(username=account.username)
            assert user.get_full_name().endswith("(not a clinician)")
            assert not user.has_usable_password()
        assert all(
            "(not a clinician)" in row.reviewer_name for row in SignOff.objects.all()
        )

    def test_its_sign_offs_keep_out_of_the_clinical_ledger(self):
        assert set(SignOff.objects.values_list("ledger", flat=True)) == {
            "demonstration"
        }

    def test_the_words_that_are_live_are_the_words_that_were_signed(self):
        for page in ClinicalPage.objects.specific():
            assert page.text_hash() == page.standing().sign_offs[-1].content_hash, page

    def test_the_brands_say_what_they_are(self):
        excedrin = MedicationPage.objects.get(slug="aspirin").brands.get(
            name="Excedrin"
        )
        assert excedrin.is_combination
        assert "acetaminophen" in excedrin.note
        flexeril = MedicationPage.objects.get(slug="cyclobenzaprine").brands.get(
            name="Flexeril"
        )
        assert flexeril.status == BrandStatus.DISCONTINUED
        carisoprodol = MedicationPage.objects.get(slug="carisoprodol")
        assert carisoprodol.controlled_schedule == ControlledSchedule.IV

    def test_questions_stand_under_their_topics(self):
        assert all(page.main_topic for page in FAQPage.objects.all())
        spasms = TopicPage.objects.get(slug="muscle-spasms")
        assert spasms.question_rows.count() >= 20

    def test_loading_it_again_changes_nothing(self):
        before = list(
            ClinicalPage.objects.order_by("pk").values_list("pk", "latest_revision")
        )
        again = load(DEMONSTRATION)
        assert again.made == []
        assert len(again.present) == 59
        after = ClinicalPage.objects.order_by("pk").values_list("pk", "latest_revision")
        assert list(after) == before
        assert SignOff.objects.count() == 67

    def test_loading_only_where_it_is_empty_does_nothing_here(self):
        call_command("load_demo", "--if-empty")
        assert SignOff.objects.count() == 67

    def test_removing_it_takes_exactly_it_away(self):
        own = make_topic("Our own topic")
        remove()
        assert list(TopicPage.objects.all()) == [own]
        assert ClinicalPage.objects.count() == 1
        for model in (Tag, User, SignOff, ReviewSchedule):
            assert not model.objects.exists()
        assert not DemonstrationItem.objects.ids(Page)

    def test_a_later_start_does_not_bring_it_back(self):
        remove()
        call_command("load_demo", "--if-empty")
        assert not ClinicalPage.objects.exists()
        assert not any(Page.find_problems())

    def test_a_page_that_somebody_edited_stays(self):
        editor = make_person("nora", "Authors")
        page = fresh(TopicPage.objects.get(slug="tetany"))
        submit(page, editor)
        report = remove()
        assert report.edited == ["Tetany"]
        assert fresh(page).live
        assert ClinicalPage.objects.count() == 1
        assert SignOff.objects.filter(page=page).exists()

    def test_a_page_of_our_own_with_a_wanted_address_is_kept(self):
        remove()
        own = make_topic("Tetany", slug="tetany", summary="Ours.")
        report = load(replace(DEMONSTRATION, pages=(BY_SLUG["tetany"],)))
        assert report.kept == ["tetany"]
        assert fresh(own).summary == "Ours."
