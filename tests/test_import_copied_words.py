"""Somebody else's words are written anew before anybody is asked to approve them."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from education.importer.keeping import (
    accept_question,
    hand_over,
    merge_into,
    undo,
    work_left,
)
from education.models import Alias, FAQPage
from education.models.writing import findings
from tests.factories import PortalTestCase, fresh, make_question, question_form
from tests.importing import (
    HOW_LONG,
    NOSEBLEED,
    NOW,
    PAPER,
    imported,
    item,
    of_the_public_domain,
    sorted_out,
)

WHAT = "What is a nosebleed?"
LASTS = "How long do nosebleeds last?"


class CopiedWordsTests(PortalTestCase):
    def setUp(self):
        self.page = accept_question(item(imported(), WHAT), self.ana, NOW)

    def told(self, page=None):
        found, _ = findings(page or self.page, timezone.now())
        return [one for one in found if one.rule == "copied-words"]

    def test_they_are_named_and_keep_the_page_from_being_handed_over(self):
        (told,) = self.told()
        assert told.is_blocking
        assert told.field == "short_answer"
        assert NOSEBLEED.removesuffix(".") in told.what
        done = hand_over([self.page], self.ana, NOW)
        ((_, reasons),) = done.kept_back
        assert any("somebody else's" in reason for reason in reasons)
        assert not fresh(self.page).workflow_in_progress

    def test_the_editor_and_the_form_say_so_too(self):
        self.sign_in(self.ana)
        panel = self.client.get(reverse("checks:checks", args=[self.page.pk]))
        self.assertContains(panel, "Write them anew in your own words")
        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            question_form(self.page, **{"action-submit": "1"}),
        )
        self.assertContains(response, "These words are somebody else")
        assert not fresh(self.page).workflow_in_progress

    def test_written_anew_nothing_is_found(self):
        self.page.short_answer = (
            "Blood comes out of the nose, most of the time from its front part."
        )
        assert self.told() == []

    def test_seven_words_in_a_row_are_how_anybody_says_it(self):
        words = NOSEBLEED.split()
        self.page.short_answer = f"Well, {' '.join(words[:7])} the nostrils."
        assert self.told() == []
        self.page.short_answer = f"Well, {' '.join(words[:8])} the nostrils."
        assert len(self.told()) == 1

    def test_marks_and_capitals_do_not_hide_them(self):
        self.page.short_answer = NOSEBLEED.upper().replace(" ", ", ")
        assert len(self.told()) == 1

    def test_nor_do_marks_and_letters_that_look_alike(self):
        for hidden in (
            NOSEBLEED.replace("o", "o\u200b"),
            NOSEBLEED.replace("e", "e\u00ad"),
            NOSEBLEED.replace("o", "o\u0301"),
            NOSEBLEED.replace("o", "\u043e"),
            NOSEBLEED.replace("f", "\U0001d41f"),
            NOSEBLEED.replace(" ", "_"),
        ):
            self.page.short_answer = hidden
            assert len(self.told()) == 1, ascii(hidden)

    def test_they_are_quoted_as_they_stand(self):
        self.page.short_answer = NOSEBLEED.replace("blood", "bl\u00f3od")
        assert "bl\u00f3od" in self.told()[0].what

    def test_a_sentence_that_was_split_among_blocks_is_found(self):
        field = FAQPage._meta.get_field("answer")
        said = NOSEBLEED.split()
        parts = [" ".join(said[start : start + 6]) for start in range(0, len(said), 6)]
        raw = [{"type": "text", "value": f"<p>{part}</p>"} for part in parts]
        self.page.short_answer, self.page.answer = "My own.", field.to_python(raw)
        (told,) = self.told()
        assert told.field == "answer"
        self.page.short_answer = " ".join(said[:7])
        raw = [{"type": "text", "value": f"<p>{' '.join(said[7:14])}</p>"}]
        self.page.answer = field.to_python(raw)
        assert [one.field for one in self.told()] == ["short_answer"]

    def test_a_list_that_was_a_sentence_is_found_in_its_place(self):
        field = FAQPage._meta.get_field("answer")
        items = "".join(f"<li>{word}</li>" for word in NOSEBLEED.split())
        raw = [{"type": "text", "value": f"<ul>{items}</ul>"}]
        self.page.short_answer, self.page.answer = "My own.", field.to_python(raw)
        assert [one.field for one in self.told()] == ["answer"]

    def test_a_title_and_other_wordings_may_be_as_people_ask(self):
        self.page.title = NOSEBLEED.replace(".", "?")
        self.page.other_words.add(Alias(text=NOSEBLEED))
        self.page.short_answer = "My own words."
        assert self.told() == []

    def test_the_words_of_any_answer_of_the_question_count(self):
        page = accept_question(item(imported(), LASTS), self.ana, NOW, answer=1)
        page.short_answer = HOW_LONG
        assert len(self.told(page)) == 1

    def test_words_of_the_public_domain_may_stay(self):
        file = sorted_out(of_the_public_domain(f"{PAPER}\n"))
        page = accept_question(item(file, LASTS), self.ana, NOW)
        assert page.short_answer
        assert self.told(page) == []

    def test_a_page_that_was_not_imported_says_what_it_likes(self):
        assert self.told(make_question(short_answer=NOSEBLEED)) == []

    def test_a_copy_of_the_page_does_not_get_round_it(self):
        self.sign_in(self.ana)
        self.client.post(
            reverse("wagtailadmin_pages:copy", args=[self.page.pk]),
            {
                "new_title": "What is bleeding from the nose?",
                "new_slug": "a-copy",
                "new_parent_page": self.page.get_parent().pk,
            },
        )
        copy = FAQPage.objects.get(slug="a-copy")
        assert len(self.told(copy)) == 1

    def test_neither_does_a_copy_by_code_nor_an_alias(self):
        copy = self.page.copy(update_attrs={"slug": "a-copy"}, user=self.ana)
        alias = self.page.create_alias(update_slug="an-alias")
        of_the_copy = copy.copy(update_attrs={"slug": "another"}, user=self.ana)
        for page in (copy, alias, of_the_copy):
            assert len(self.told(fresh(page))) == 1

    def test_going_back_to_a_version_that_was_undone_does_not_either(self):
        page = make_question("Is it one?")
        piece = item(imported(), LASTS)
        merge_into(piece, page, self.ana, NOW)
        theirs = fresh(page).latest_revision
        undo(piece, self.ana, NOW)
        assert self.told(fresh(page).get_latest_revision_as_object()) == []
        theirs.as_object().save_revision(user=self.ana, previous_revision=theirs)
        assert len(self.told(fresh(page).get_latest_revision_as_object())) == 1
        piece.refresh_from_db()
        merge_into(piece, make_question("Is it two?"), self.ana, NOW)

    def test_it_takes_one_statement_more_at_most(self):
        page = make_question("Is it one?")
        with CaptureQueriesContext(connection) as counted:
            findings(page, timezone.now())
        about = [row for row in counted if "education_provenance" in row["sql"]]
        assert len(about) == 1

    def test_a_form_that_is_filled_in_is_read_not_the_page(self):
        self.sign_in(self.ana)
        mine = {
            "short_answer": "My own words.",
            "answer": streamfield([("text", rich_text(f"<p>{NOSEBLEED}</p>"))]),
        }
        response = self.client.post(
            reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            question_form(self.page, **mine, **{"action-submit": "1"}),
        )
        self.assertContains(response, "These words are somebody else")


class WhatIsLeftToDoTests(PortalTestCase):
    def test_it_is_read_from_the_newest_version_of_each_page(self):
        file = imported()
        pages = [
            accept_question(one, self.ana, NOW)
            for one in file.items.in_order()
            if one.title in (WHAT, LASTS)
        ]
        assert all(left.needs_rewriting for left in work_left(pages).values())
        draft = fresh(pages[0]).get_latest_revision_as_object()
        draft.short_answer = ""
        draft.save_revision(user=self.ana)
        newest = list(map(fresh, pages))
        with self.assertNumQueries(2):
            left = work_left(newest)
        assert not left[pages[0].pk].needs_rewriting
        assert left[pages[0].pk].needs_answer
        assert left[pages[1].pk].needs_rewriting
        assert not left[pages[1].pk].needs_answer
