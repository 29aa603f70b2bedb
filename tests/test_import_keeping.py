"""Imported files become drafts, and nothing else; what people decide can be undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from django.core import mail
from wagtail.models import PageLogEntry, WorkflowState

from education.import_vocabulary import Danger, ImportState, ItemDecision, ItemKind
from education.importer.flagging import rules_of
from education.importer.keeping import (
    ItemRefused,
    accept_as_section,
    accept_medicine,
    accept_question,
    accept_topic,
    apply_all,
    carry_on,
    difference_of,
    document_of,
    hand_over,
    merge_into,
    near,
    set_aside,
    store,
    undo,
    work_left,
)
from education.importer.reading import read_file
from education.importer.sorting import known_in
from education.importer.sources import FileRefused
from education.models import (
    Alias,
    ClinicalPage,
    FAQPage,
    ImportedFile,
    ReviewSchedule,
    SignOff,
    Synonym,
    Tag,
)
from education.vocabulary import AliasKind, Approvals
from tests.factories import (
    PortalTestCase,
    fresh,
    make_question,
    make_tag,
    make_topic,
)
from tests.imported import make_file, make_question_piece
from tests.importing import (
    HOW_LONG,
    MEDICINE,
    NOSEBLEED,
    NOW,
    PAPER,
    TOPIC,
    imported,
    item,
    naming,
    of_the_public_domain,
    said_by,
    sorted_out,
)

WHAT = "What is a nosebleed?"
LASTS = "How long do nosebleeds last?"
WHO = "Which doctor treats nosebleeds?"


class AFileTests(PortalTestCase):
    def test_the_same_bytes_are_kept_once(self):
        first, again = imported(by=self.ana), imported(by=self.lea, name="copy.txt")
        assert first == again
        assert again.uploaded_by == self.ana
        assert ImportedFile.objects.count() == 1

    def test_one_changed_byte_makes_another_file(self):
        assert imported() != imported(PAPER.replace("ten", "fen"))

    def test_every_line_is_kept_as_it_was_found(self):
        document = read_file("paper.txt", PAPER.encode())
        assert document_of(store(document, self.ana, NOW)) == document

    def test_every_line_has_one_disposition(self):
        file = imported()
        came_to = Counter(file.lines.values_list("disposition", flat=True))
        assert "" not in came_to
        assert came_to.total() == PAPER.count("\n")

    def test_a_language_without_pages_is_refused_and_nothing_is_kept(self):
        document = replace(read_file("paper.txt", PAPER.encode()), language="sv")
        with pytest.raises(FileRefused, match="no pages in the language"):
            store(document, self.ana, NOW)
        assert not ImportedFile.objects.exists()

    def test_told_to_stop_it_goes_on_another_time(self):
        file = store(read_file("paper.txt", PAPER.encode()), self.ana, NOW)
        rules, known = rules_of("en"), known_in("en")
        halfway = carry_on(file, rules, known, NOW, stopping=lambda: True)
        assert (halfway.done, halfway.is_ready, halfway.percent) == (0, False, 0)
        assert carry_on(file, rules, known, NOW).percent == 100
        assert file.state == ImportState.READY

    def test_nobody_decides_before_all_is_sorted(self):
        file = imported()
        ImportedFile.objects.update(state=ImportState.SORTING)
        with pytest.raises(ItemRefused, match="still being sorted"):
            accept_question(item(file, WHAT), self.ana, NOW)


class AQuestionTests(PortalTestCase):
    def accept(self, title=WHAT, **choices):
        self.file = imported(by=self.ana)
        return accept_question(item(self.file, title), self.ana, NOW, **choices)

    def test_it_is_a_draft_that_nobody_was_asked_to_approve(self):
        page = fresh(self.accept())
        assert not page.live
        assert page.owner == self.ana
        assert page.get_parent().slug == "questions"
        assert page.get_latest_revision().user == self.ana
        assert not WorkflowState.objects.exists()
        assert not ReviewSchedule.objects.exists()
        assert not SignOff.objects.exists()
        assert not page.references.exists()
        assert mail.outbox == []

    def test_it_is_logged_as_if_a_person_had_made_it(self):
        page = self.accept()
        entries = PageLogEntry.objects.filter(page=page.pk, user=self.ana)
        actions = set(entries.values_list("action", flat=True))
        assert actions == {"wagtail.create", "wagtail.edit"}

    def test_every_other_wording_finds_it(self):
        page = self.accept(LASTS, question="How long will my nosebleed last?")
        wordings = page.other_words.filter(kind=AliasKind.ASKED_AS)
        assert set(wordings.values_list("text", flat=True)) == {
            LASTS,
            "how long does a nosebleed last?",
        }

    def test_where_its_words_come_from_is_noted(self):
        (noted,) = self.accept(LASTS).provenance.all()
        assert noted.file_name == "paper.txt"
        assert noted.sha256 == self.file.sha256
        assert noted.places == "lines 3-6"
        assert HOW_LONG in noted.words

    def test_an_answer_that_fits_is_the_short_answer(self):
        page = self.accept()
        assert page.short_answer == NOSEBLEED
        assert not page.answer

    def test_a_long_answer_is_cut_at_the_end_of_a_sentence(self):
        more = " ".join(f"It is sentence number {n} of the text." for n in range(12))
        file = imported(f"{WHAT}\n{NOSEBLEED} {more}\n")
        page = accept_question(item(file, WHAT), self.ana, NOW)
        assert page.short_answer.startswith(NOSEBLEED)
        assert page.short_answer.endswith("of the text.")
        assert len(page.short_answer) <= 300
        assert said_by(page) == f"<p>{NOSEBLEED} {more}</p>"

    def test_markup_in_a_file_is_words(self):
        text = f"{WHAT}\nIt is <script>alert(1)</script> & blood.\n"
        file = imported(text + HOW_LONG + "\n")
        page = accept_question(item(file, WHAT), self.ana, NOW)
        assert "<script>" not in said_by(page)
        assert "&lt;script&gt;" in said_by(page)

    def test_without_an_answer_it_says_that_one_is_needed(self):
        page = fresh(self.accept(WHO))
        assert (page.short_answer, list(page.answer)) == ("", [])
        assert work_left([page])[page.pk].needs_answer

    def test_another_answer_can_be_chosen_or_none(self):
        assert self.accept(LASTS, answer=-1).short_answer == ""
        undo(item(self.file, LASTS), self.ana, NOW)
        best = accept_question(item(self.file, LASTS), self.ana, NOW).short_answer
        undo(item(self.file, LASTS), self.ana, NOW)
        second = accept_question(item(self.file, LASTS), self.ana, NOW, answer=1)
        assert second.short_answer not in ("", best)
        with pytest.raises(ItemRefused, match="no such answer"):
            accept_question(item(self.file, WHAT), self.ana, NOW, answer=7)

    def test_the_same_question_is_never_made_twice(self):
        there = make_question("WHAT is a Nosebleed")
        with pytest.raises(ItemRefused, match="Merge this") as refused:
            self.accept()
        assert refused.value.page == there
        assert FAQPage.objects.count() == 1
        assert item(self.file, WHAT).decision == ItemDecision.OPEN

    def test_a_second_click_makes_no_second_page(self):
        self.accept()
        with pytest.raises(ItemRefused, match="decided on already: draft made"):
            accept_question(item(self.file, WHAT), self.ana, NOW)
        assert FAQPage.objects.count() == 1

    def test_two_alike_addresses_stay_apart(self):
        make_question("What's a nosebleed", slug="what-is-a-nosebleed")
        assert self.accept().slug == "what-is-a-nosebleed-2"

    def test_a_question_too_long_for_a_title_is_refused(self):
        with pytest.raises(ItemRefused, match="255 are the most"):
            self.accept(question="Why " * 90 + "?")

    def test_who_may_not_add_pages_makes_none(self):
        file = imported()
        with pytest.raises(ItemRefused, match="may not add pages"):
            accept_question(item(file, WHAT), self.vera, NOW)

    def test_only_tags_that_exist_are_suggested(self):
        nose, bleeding = make_tag("Noses"), make_tag("Bleeding")
        make_tag("Ears")
        Synonym.objects.create(
            words="nosebleeds", means="bleeding", kind="related", language="en"
        )
        file = imported(f"Why does my nose run?\n{NOSEBLEED}\n{WHAT}\n{HOW_LONG}\n")
        made = [accept_question(each, self.ana, NOW) for each in file.items.all()]
        assert {tag for page in made for tag in fresh(page).tags.all()} == {
            nose,
            bleeding,
        }
        assert Tag.objects.count() == 3

    def test_public_words_keep_their_source_and_invent_no_day(self):
        with naming(TOPIC):
            file = sorted_out(of_the_public_domain(), self.ana)
        page = accept_question(item(file, WHAT), self.ana, NOW)
        (source,) = page.references.all()
        assert source.url == "https://medlineplus.gov/nosebleed.html"
        assert (source.published, source.accessed) == (None, None)
        assert page.provenance.get().credit == "Courtesy of MedlinePlus"


class TopicsAndMedicinesTests(PortalTestCase):
    def file(self):
        with naming(TOPIC, MEDICINE):
            return imported(by=self.ana)

    def test_a_question_stands_under_the_portals_page_of_any_name(self):
        topic = make_topic("Bleeding noses")
        topic.other_words.add(Alias(text="epistaxis"))
        topic.save()
        page = accept_question(item(self.file(), WHAT), self.ana, NOW)
        assert page.main_topic == topic

    def test_else_under_the_draft_from_the_same_file(self):
        file = self.file()
        topic = accept_topic(item(file, TOPIC.name), self.ana, NOW)
        assert [row.text for row in topic.other_words.all()] == ["epistaxis"]
        page = accept_question(item(file, WHAT), self.ana, NOW)
        assert page.main_topic == topic

    def test_else_under_none(self):
        page = accept_question(item(self.file(), WHAT), self.ana, NOW)
        assert page.main_topic is None

    def test_a_medicine_tells_its_doubts_and_guesses_no_status(self):
        file = self.file()
        page = fresh(accept_medicine(item(file, "oxymetazoline"), self.ana, NOW))
        assert page.title == "Oxymetazoline"
        assert page.prescription_status == "prescription"
        notes = {brand.name: (brand.status, brand.note) for brand in page.brands.all()}
        assert notes["Nosaclear"] == ("current", "No list of ours holds this brand.")
        assert notes["Nosaplus"][0] == "combination"
        page.full_clean()
        assert page.approvals_needed == Approvals.TWO
        question = accept_question(item(file, WHAT), self.ana, NOW)
        assert [row.medicine for row in question.medicine_rows.all()] == [page]

    def test_what_has_a_page_is_refused(self):
        make_topic("nosebleeds")
        with pytest.raises(ItemRefused, match="here already"):
            accept_topic(item(self.file(), TOPIC.name), self.ana, NOW)

    def test_a_topic_is_not_accepted_as_a_question(self):
        with pytest.raises(ItemRefused, match="is no question"):
            accept_question(item(self.file(), TOPIC.name), self.ana, NOW)


class JoiningTests(PortalTestCase):
    def setUp(self):
        self.file = imported(by=self.ana)
        self.item = item(self.file, LASTS)

    def test_what_is_live_stays_and_the_draft_has_more(self):
        page = self.publish(make_question("When does a nosebleed stop?"))
        merge_into(self.item, page, self.lea, NOW)
        page = fresh(page)
        assert page.live
        assert not page.other_words.exists()
        draft = page.get_latest_revision_as_object()
        assert LASTS in [row.text for row in draft.other_words.all()]
        assert len(draft.answer) == 2
        assert draft.answer[0].id == page.answer[0].id
        assert page.get_latest_revision().user == self.lea
        assert page.provenance.get().places == "lines 3-6"
        assert fresh(self.item).decision == ItemDecision.MERGED

    def test_a_page_that_waits_for_approval_is_left_alone(self):
        page = make_question("When does a nosebleed stop?")
        self.submit(page)
        with pytest.raises(ItemRefused, match="waits for approval"):
            merge_into(self.item, page, self.ana, NOW)

    def test_a_page_that_changed_since_is_left_alone(self):
        page = make_question("When does a nosebleed stop?")
        read = page.save_revision(user=self.ana).pk
        page.save_revision(user=self.lea)
        with pytest.raises(ItemRefused, match="newer version"):
            merge_into(self.item, page, self.ana, NOW, read=read)

    def test_an_answer_becomes_a_section_of_a_topic(self):
        topic = make_topic("Nosebleeds")
        accept_as_section(self.item, topic, "outlook", self.ana, NOW)
        topic = fresh(topic)
        assert [row.value["aspect"] for row in topic.sections] == [
            "overview",
            "outlook",
        ]
        assert fresh(self.item).decision == ItemDecision.SECTION

    def test_a_question_does_not_merge_into_a_topic(self):
        with pytest.raises(ItemRefused, match="as a section"):
            merge_into(self.item, make_topic("Nosebleeds"), self.ana, NOW)

    def test_without_an_answer_there_is_no_section(self):
        with pytest.raises(ItemRefused, match="no answer"):
            accept_as_section(
                item(self.file, WHO), make_topic("Noses"), "outlook", self.ana, NOW
            )

    def test_topics_and_medicines_merge_into_their_pages(self):
        topic = make_topic("Bleeding from the nose")
        with naming(TOPIC):
            file = imported(PAPER + "\n")
        merge_into(item(file, TOPIC.name), topic, self.ana, NOW)
        names = [row.text for row in fresh(topic).other_words.all()]
        assert names == ["Nosebleeds", "epistaxis"]


class UndoingTests(PortalTestCase):
    def setUp(self):
        self.file = imported(by=self.ana)
        self.item = item(self.file, LASTS)

    def test_an_untouched_draft_goes_and_can_be_made_again(self):
        accept_question(self.item, self.ana, NOW)
        undo(self.item, self.ana, NOW)
        assert not FAQPage.objects.exists()
        assert fresh(self.item).decision == ItemDecision.OPEN
        assert accept_question(self.item, self.ana, NOW).title == LASTS

    def test_a_draft_that_somebody_worked_on_stays(self):
        page = accept_question(self.item, self.ana, NOW)
        page.short_answer = "My own words."
        page.save_revision(user=self.lea)
        with pytest.raises(ItemRefused, match="saved .* since"):
            undo(self.item, self.ana, NOW)
        assert FAQPage.objects.exists()
        assert fresh(self.item).decision == ItemDecision.ACCEPTED

    def test_a_page_gets_its_former_words_back(self):
        page = make_question("When does a nosebleed stop?")
        page.save_revision(user=self.lea)
        before = fresh(page).short_answer, said_by(fresh(page))
        merge_into(self.item, page, self.ana, NOW)
        undo(self.item, self.ana, NOW)
        page = fresh(page)
        assert (page.short_answer, said_by(page)) == before
        assert not page.other_words.exists()
        # Somebody may go back to the version that held them.
        assert page.provenance.get().item is None
        newest = page.get_latest_revision_as_object()
        assert not newest.other_words.exists()
        assert page.revisions.count() == 3
        log = PageLogEntry.objects.filter(page=page.pk, action="wagtail.revert")
        assert log.get().user == self.ana

    def test_a_page_that_somebody_saved_since_keeps_its_words(self):
        page = make_question("When does a nosebleed stop?")
        merge_into(self.item, page, self.ana, NOW)
        fresh(page).get_latest_revision_as_object().save_revision(user=self.lea)
        with pytest.raises(ItemRefused, match="losing their words"):
            undo(self.item, self.ana, NOW)

    def test_a_topic_with_questions_under_it_is_not_undone(self):
        with naming(TOPIC):
            file = imported(PAPER + "\n")
        accept_topic(item(file, TOPIC.name), self.ana, NOW)
        accept_question(item(file, WHAT), self.ana, NOW)
        with pytest.raises(ItemRefused, match="Questions stand under"):
            undo(item(file, TOPIC.name), self.ana, NOW)

    def test_setting_aside_needs_a_reason_and_can_be_undone(self):
        with pytest.raises(ItemRefused, match="why"):
            set_aside(self.item, "  ", self.ana, NOW)
        set_aside(self.item, "Marketing.", self.ana, NOW)
        assert fresh(self.item).reason == "Marketing."
        undo(self.item, self.ana, NOW)
        assert fresh(self.item).decision == ItemDecision.OPEN
        with pytest.raises(ItemRefused, match="Nothing was decided"):
            undo(self.item, self.ana, NOW)


class WhatIsNearTests(PortalTestCase):
    def test_the_same_comes_before_what_is_alike_and_drafts_count(self):
        make_question("How long will a nosebleed last?")
        same = make_question("How long do nosebleeds last")
        make_question("What is a broken nose?")
        found = near(item(imported(), LASTS))
        assert [one.page.pk for one in found][0] == same.pk
        assert [one.is_same for one in found] == [True, False]

    def test_as_many_statements_for_many_pages_as_for_few(self):
        one = item(imported(), LASTS)
        for number in range(12):
            make_question(f"How long will nosebleed {number} last?")
        one = type(one).objects.select_related("file__locale").get(pk=one.pk)
        with self.assertNumQueries(2):
            near(one)


class AnotherFileTests(PortalTestCase):
    NEW = "Why do noses bleed in winter?\nDry air hurts the small vessels in them.\n"

    def test_what_was_decided_is_not_offered_again(self):
        page = accept_question(item(imported(), WHAT), self.ana, NOW)
        grown = imported(PAPER + self.NEW)
        known = item(grown, WHAT)
        assert known.decision == ItemDecision.KNOWN
        assert known.page_id == page.pk
        assert item(grown, LASTS).decision == ItemDecision.OPEN

    def test_what_says_something_new_is_offered_with_just_that(self):
        page = accept_question(item(imported(), WHAT), self.ana, NOW)
        answer = "It is bleeding from the nose that most people have now and then."
        changed = item(imported(PAPER.replace(NOSEBLEED, answer)), WHAT)
        assert changed.decision == ItemDecision.OPEN
        difference = difference_of(changed)
        assert difference.answers == (answer,)
        assert difference.wordings == ()
        assert difference.page_id == page.pk

    def test_applying_it_makes_only_what_is_new(self):
        apply_all(imported(), self.ana, NOW)
        page = FAQPage.objects.get(title=WHAT)
        page.short_answer = "Mine."
        page.save_revision(user=self.lea)
        changed = PAPER.replace(NOSEBLEED, "It is blood from a small vessel.")
        done = apply_all(imported(changed + self.NEW), self.ana, NOW)
        assert [made.title for made in done.made] == ["Why do noses bleed in winter?"]
        assert [one.title for one, _ in done.left] == [WHAT]
        assert page.get_latest_revision_as_object().short_answer == "Mine."


class ApplyingTests(PortalTestCase):
    def test_topics_come_first_and_questions_stand_under_them(self):
        with naming(TOPIC, MEDICINE):
            done = apply_all(imported(by=self.ana), self.ana, NOW)
        assert [page.kind for page in done.made] == [
            ItemKind.TOPIC,
            ItemKind.MEDICINE,
            *[ItemKind.QUESTION] * 3,
        ]
        assert FAQPage.objects.get(title=WHAT).main_topic.title == "Nosebleeds"
        assert not ClinicalPage.objects.filter(live=True).exists()

    def test_an_answer_that_could_kill_never_becomes_the_answer_of_a_draft(self):
        only_that = "How do you stop hiccups?\nHold your breath until they stop.\n"
        file = imported(only_that)
        question = file.items.get(kind=ItemKind.QUESTION)
        assert question.danger == Danger.CRITICAL
        apply_all(file, self.ana, NOW)
        page = FAQPage.objects.get()
        assert (page.short_answer, len(page.answer)) == ("", 0)
        assert work_left([page])[page.pk].needs_answer

    def test_a_harmless_answer_is_taken_instead(self):
        file = make_file(self.ana)
        piece = make_question_piece(file)
        piece.content["answers"].reverse()
        piece.save()
        (page,) = apply_all(file, self.ana, NOW).made
        assert page.short_answer == "It is a strong headache."

    def test_one_that_fails_is_told_and_leaves_nothing_behind(self):
        make_question(LASTS)
        done = apply_all(imported(by=self.ana), self.ana, NOW)
        assert [page.title for page in done.made] == [WHAT, WHO]
        ((failed, why),) = done.failed
        assert failed.title == LASTS
        assert "here already" in why

    def test_a_second_time_nothing_is_made_or_changed(self):
        file = imported(by=self.ana)
        apply_all(file, self.ana, NOW)
        before = list(ClinicalPage.objects.values("pk", "latest_revision_id"))
        done = apply_all(file, self.ana, NOW)
        assert (done.made, done.failed, done.left) == ((), (), ())
        after = list(ClinicalPage.objects.values("pk", "latest_revision_id"))
        assert after == before


class HandingOverTests(PortalTestCase):
    def letters(self, pages):
        mail.outbox.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.done = hand_over(pages, self.ana, NOW)
        return mail.outbox

    def drafts(self, count):
        pages = [make_question(f"Is it number {n} of many?") for n in range(count)]
        for page in pages:
            page.save_revision(user=self.ana)
        return pages

    def test_each_reviewer_has_one_letter_with_every_page(self):
        letters = self.letters(self.drafts(4))
        people = sorted(to for letter in letters for to in letter.to)
        assert people == ["ben@example.org", "chloe@example.org", "lea@example.org"]
        for letter in letters:
            assert "Approval wanted: 4 pages" in letter.subject
            assert all(f"Is it number {n} of many?" in letter.body for n in range(4))
        assert len(self.done.pages) == 4
        assert all(fresh(page).workflow_in_progress for page in self.done.pages)

    def test_a_page_with_something_to_put_right_is_kept_back_with_reasons(self):
        good, bad = self.drafts(2)
        bad.summary = ""
        bad.save_revision(user=self.ana)
        letters = self.letters([good, bad])
        ((kept, reasons),) = self.done.kept_back
        assert kept == bad
        assert any("Write a summary" in reason for reason in reasons)
        assert not fresh(bad).workflow_in_progress
        assert "Is it number 1" not in letters[0].body

    def test_more_than_ten_at_once_are_refused(self):
        with pytest.raises(ItemRefused, match="at most 10"):
            hand_over(self.drafts(11), self.ana, NOW)
        assert not WorkflowState.objects.exists()

    def test_what_waits_already_is_not_handed_over_again(self):
        (page,) = self.drafts(1)
        self.letters([page])
        assert self.letters([page]) == []
        assert "waits for approval already" in self.done.kept_back[0][1][0]

    def test_a_page_handed_over_alone_is_told_of_as_ever(self):
        (page,) = self.drafts(1)
        self.letters([page])
        other = make_question("Is it alone?")
        mail.outbox.clear()
        with self.captureOnCommitCallbacks(execute=True):
            self.submit(other)
        assert "Approval wanted: Is it alone?" in mail.outbox[0].subject
