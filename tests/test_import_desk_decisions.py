"""One piece of an imported file at a time, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from education.import_vocabulary import AnswerState, ItemDecision
from education.importer.desk.shown import DAMAGED, Span, Stretch, stretches
from education.models import (
    Alias,
    ClinicalPage,
    FAQPage,
    ImportedItem,
    MedicationPage,
    TopicPage,
)
from tests.factories import PortalTestCase, fresh, make_question, make_topic
from tests.imported import (
    make_file,
    make_medicine_piece,
    make_question_piece,
    make_topic_piece,
    make_unanswered_piece,
)


class PieceTestCase(PortalTestCase):
    def setUp(self) -> None:
        self.sign_in(self.ana)
        self.file = make_file(self.ana)
        self.piece = make_question_piece(self.file)

    def url(self, piece: ImportedItem, name: str = "item") -> str:
        return reverse(f"imports:{name}", args=[self.file.pk, piece.pk])

    def show(self, piece: ImportedItem | None = None, query: str = "") -> HttpResponse:
        response = self.client.get(f"{self.url(piece or self.piece)}?{query}")
        assert response.status_code == 200
        return response

    def decide(self, piece: ImportedItem, action: str, **sent: Any) -> HttpResponse:
        """Send what the form of an open piece sends."""
        usual = {"action": action, "seen": "open", "question": piece.title}
        if "answers" in piece.content:
            usual["answer"] = "0" if piece.content["answers"] else "-1"
        return self.client.post(self.url(piece), usual | sent)

    def set_aside(self, piece: ImportedItem) -> HttpResponse:
        return self.decide(piece, "set_aside", reason="Not about health")

    def undo(self, piece: ImportedItem, **sent: Any) -> HttpResponse:
        piece.refresh_from_db()
        saw = f"{piece.decision} {piece.decided_at.isoformat()}"
        url = self.url(piece, "undo")
        return self.client.post(url, {"seen": saw} | sent, follow=True)

    def assert_open(self, piece: ImportedItem) -> None:
        piece.refresh_from_db()
        assert piece.decision == ItemDecision.OPEN


class ReadingTests(PieceTestCase):
    def test_shows_wordings_answers_warnings_and_what_the_file_says(self):
        response = self.show()
        for words in (
            "What&#x27;s a migraine?",
            "line 4",
            "It is a strong headache.",
            "Critical",
            "Holding one&#x27;s breath can make one faint.",
            "Leave it out.",
            "Cut off",
            "The sentence breaks off.",
            "How long",
            "Three days.",
        ):
            self.assertContains(response, words)
        mark = '<mark class="imports__mark imports__mark--critical">Hold your breath'
        self.assertContains(response, mark)

    def test_nothing_of_a_file_is_taken_for_html(self):
        self.piece.title = "<script>alert(1)</script>?"
        self.piece.content["question"] = '"><script>alert(2)</script>'
        self.piece.content["answers"][1]["flags"][0]["reason"] = "<img src=x>"
        self.piece.save()
        page = self.show().content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page
        assert "<b>on one side" not in page
        assert "&lt;b&gt;on one side" in page

    def test_an_answer_with_a_critical_warning_is_never_proposed(self):
        answers = self.show().context["answers"]
        assert [answer.is_chosen for answer in answers] == [True, False]
        self.piece.content["answers"].reverse()
        self.piece.save()
        answers = self.show().context["answers"]
        assert [answer.is_chosen for answer in answers] == [False, True]
        del self.piece.content["answers"][1]
        self.piece.save()
        assert self.show().context["is_none_chosen"]

    def test_words_that_do_not_answer_are_not_proposed_either(self):
        del self.piece.content["answers"][1]
        self.piece.content["answers"][0]["state"] = AnswerState.NONE
        self.piece.save()
        assert self.show().context["is_none_chosen"]

    def test_says_which_of_how_many_it_is_and_leads_on(self):
        other = make_unanswered_piece(self.file)
        topic = make_topic_piece(self.file, decision=ItemDecision.KNOWN)
        walk = self.show().context["walk"]
        assert (walk.position, walk.count, walk.left) == (1, 2, 2)
        assert (walk.previous, walk.next) == (None, other.pk)
        walk = self.show(other).context["walk"]
        assert (walk.previous, walk.next, walk.next_open) == (
            self.piece.pk,
            None,
            self.piece.pk,
        )
        assert self.show(topic).context["walk"].position == 0

    def test_a_medicine_and_a_topic_show_what_was_found(self):
        response = self.show(make_medicine_piece(self.file))
        self.assertContains(response, "It holds caffeine, too.")
        self.assertContains(response, "It can bleed.")
        self.assertContains(response, "The file does not say")
        response = self.show(make_topic_piece(self.file))
        self.assertContains(response, "sick headache")
        self.assertNotContains(response, "Make it a section")

    def test_pages_that_are_near_are_offered(self):
        page = make_question("What is a migraine?")
        response = self.show()
        (near,) = response.context["near"]
        assert near.title == page.title
        assert near.can_take

    def test_a_page_of_the_very_name_is_proposed_and_said_to_be_here(self):
        page = make_question("What is a migraine?")
        context = self.show().context
        assert context["here_already"].title == page.title
        assert context["into"] == context["near"][0].value
        self.assertContains(self.show(), "is here already: merge this into that page")

    def test_a_page_that_is_only_alike_is_not_chosen_for_anybody(self):
        make_question("What is a migraine like?")
        context = self.show().context
        assert context["here_already"] is None
        assert context["into"] == ""

    def test_pages_can_be_found_by_words_of_their_title(self):
        make_question("Can a cramp wake me?")
        make_topic("Cramp of the calf")
        response = self.decide(self.piece, "look", find="cramp", question="Edited?")
        assert [page.title for page in response.context["found"]] == [
            "Can a cramp wake me?"
        ]
        self.assertContains(response, ">Edited?</textarea>")
        self.assert_open(self.piece)


class DecidingTests(PieceTestCase):
    def words(self, page: FAQPage) -> str:
        draft = page.get_latest_revision_as_object()
        return f"{draft.short_answer} {draft.answer}"

    def test_a_question_becomes_a_draft_in_the_wording_that_was_written(self):
        response = self.decide(self.piece, "draft", question="What is migraine?")
        page = FAQPage.objects.get(title="What is migraine?")
        assert not page.live
        assert not page.workflow_in_progress
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.ACCEPTED
        assert self.piece.decided_by == self.ana
        assert f"after={self.piece.pk}" in response["Location"]

    def test_the_chosen_answer_is_taken_or_none(self):
        self.decide(self.piece, "draft", answer="0")
        assert "strong headache" in self.words(FAQPage.objects.get())
        other = make_question_piece(self.file, "Is it a migraine?")
        self.decide(other, "draft", answer="-1")
        page = FAQPage.objects.get(title="Is it a migraine?")
        assert "headache" not in self.words(page)

    def test_topics_and_medicines_become_drafts(self):
        self.decide(make_topic_piece(self.file), "draft")
        self.decide(make_medicine_piece(self.file), "draft")
        assert not TopicPage.objects.get().live
        assert not MedicationPage.objects.get().live

    def test_it_becomes_a_section_of_a_topic(self):
        topic = make_topic("Migraine")
        topic.save_revision(user=self.ana)
        chosen = self.show().context["topics"][0]
        assert chosen.is_chosen
        self.decide(self.piece, "section", topic_page=chosen.value, aspect="self_care")
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.SECTION
        draft = fresh(topic).get_latest_revision_as_object()
        assert draft.sections[-1].value["aspect"] == "self_care"

    def test_it_is_merged_into_a_page_that_is_there(self):
        page = make_question("What is a migraine like?")
        page.save_revision(user=self.ana)
        value = f"{page.pk}-{fresh(page).latest_revision_id}"
        self.decide(self.piece, "merge", into=value)
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.MERGED
        draft = fresh(page).get_latest_revision_as_object()
        assert "What's a migraine?" in {word.text for word in draft.other_words.all()}
        assert not Alias.objects.filter(page=page, page__live=True).exists()

    def test_it_is_set_aside_with_a_reason(self):
        self.decide(self.piece, "set_aside", reason="Advertising")
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.SET_ASIDE
        assert self.piece.reason == "Advertising"
        response = self.show()
        self.assertContains(response, "Advertising")
        self.assertNotContains(response, "Make a question draft")

    def test_then_the_next_that_is_open_follows_with_a_way_back(self):
        other = make_unanswered_piece(self.file)
        url = f"{self.url(self.piece)}?order=file"
        sent = {"action": "set_aside", "seen": "open", "reason": "x"}
        response = self.client.post(url, sent)
        after = f"{self.url(other)}?order=file&after={self.piece.pk}"
        assert response["Location"] == after
        self.assertContains(self.client.get(after), "Set aside:")
        response = self.set_aside(other)
        overview = reverse("imports:overview", args=[self.file.pk])
        assert response["Location"] == f"{overview}?after={other.pk}"
        self.assertContains(self.client.get(response["Location"]), "Undo")

    def test_what_is_missing_is_said_and_what_was_written_stays(self):
        for sent, said in (
            ({"action": "set_aside"}, "Say why"),
            ({"action": "set_aside", "reason": "  "}, "Say why"),
            ({"action": "set_aside", "reason": "x" * 256}, "at most 255"),
            ({"action": "merge"}, "Choose one of the pages."),
            ({"action": "section", "aspect": "causes"}, "Choose one of the pages."),
            ({"action": "draft", "question": " "}, "Write the question"),
            ({"action": "publish"}, "Choose what becomes of it."),
            ({"action": ""}, "Choose what becomes of it."),
        ):
            sent = {"question": "Mine?", "seen": "open"} | sent
            response = self.client.post(self.url(self.piece), sent)
            assert response.status_code == 400, sent
            self.assertContains(response, said, status_code=400)
            if sent["question"].strip():
                self.assertContains(response, ">Mine?</textarea>", status_code=400)
        self.assert_open(self.piece)
        assert not ClinicalPage.objects.exists()

    def test_nonsense_is_refused(self):
        huge, topic = "9" * 30, make_topic()
        for sent in (
            {"answer": "7"},
            {"answer": huge},
            {"answer": "x"},
            {"answer": "1e3"},
            {"answer": "\u0661"},
            {"question": "a\0b?"},
            {"action": "merge", "into": "1-1; drop"},
            {"action": "merge", "into": f"{huge}-1"},
            {"action": "merge", "into": f"{'9' * 18}-{'9' * 18}"},
            {"action": "section", "topic_page": f"{topic.pk}-", "aspect": "x"},
            {"action": "section", "topic_page": "-1-1", "aspect": "causes"},
        ):
            response = self.decide(self.piece, **({"action": "draft"} | sent))
            assert response.status_code == 400, sent
        self.assert_open(self.piece)

    def test_a_piece_of_another_file_is_not_found(self):
        other = make_question_piece(make_file(name="other.txt"))
        for name, key in (("item", other.pk), ("item", 10**30), ("undo", other.pk)):
            url = reverse(f"imports:{name}", args=[self.file.pk, key])
            sent = {"action": "set_aside", "reason": "x", "seen": "open"}
            assert self.client.post(url, sent).status_code == 404
        self.assert_open(other)

    def test_a_question_that_is_here_already_is_refused_and_merging_is_offered(self):
        page = make_question("What is a migraine?")
        response = self.decide(self.piece, "draft")
        self.assertContains(response, "may be merged into", status_code=409)
        self.assertContains(response, page.title, status_code=409)
        self.assert_open(self.piece)

    def test_who_may_not_add_pages_there_makes_no_draft(self):
        rights = GroupPagePermission.objects.filter(group__name="Authors")
        page = make_question("What is a migraine like?")
        rights.delete()
        response = self.decide(self.piece, "draft")
        self.assertContains(response, "You may not", status_code=409)
        response = self.decide(self.piece, "merge", into=f"{page.pk}-")
        self.assertContains(response, "You may not", status_code=409)
        self.assert_open(self.piece)


class TwoAtOnceTests(PieceTestCase):
    def test_a_decision_that_somebody_made_meanwhile_is_not_overruled(self):
        self.sign_in(self.lea)
        self.set_aside(self.piece)
        self.sign_in(self.ana)
        response = self.decide(self.piece, "draft")
        said = "Lea Example decided on this meanwhile: Set aside. Nothing was changed."
        self.assertContains(response, said, status_code=409)
        assert not FAQPage.objects.exists()

    def test_the_back_button_decides_nothing_twice(self):
        self.decide(self.piece, "draft")
        response = self.set_aside(self.piece)
        self.assertContains(response, "You decided on this already", status_code=409)
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.ACCEPTED

    def test_only_what_was_seen_is_undone(self):
        self.set_aside(self.piece)
        response = self.undo(self.piece, seen="set_aside 2020-01-01T00:00:00+00:00")
        self.assertContains(response, "Nothing was changed.")
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.SET_ASIDE

    def test_a_page_that_was_changed_since_it_was_read_is_not_merged_into(self):
        page = make_question("What is a migraine like?")
        page.save_revision(user=self.ana)
        read = f"{page.pk}-{fresh(page).latest_revision_id}"
        fresh(page).save_revision(user=self.lea)
        response = self.decide(self.piece, "merge", into=read)
        assert response.status_code == 409
        self.assert_open(self.piece)


class UndoTests(PieceTestCase):
    def test_every_decision_can_be_taken_back(self):
        topic = make_topic("Migraine")
        topic.save_revision(user=self.ana)
        into = f"{topic.pk}-{fresh(topic).latest_revision_id}"
        for action, sent in (
            ("draft", {}),
            ("set_aside", {"reason": "x"}),
            ("section", {"topic_page": into, "aspect": "causes"}),
        ):
            assert self.decide(self.piece, action, **sent).status_code == 302, action
            response = self.undo(self.piece)
            self.assertContains(response, "It was undone")
            self.assert_open(self.piece)
        assert not FAQPage.objects.exists()

    def test_what_somebody_wrote_since_is_not_thrown_away(self):
        self.decide(self.piece, "draft")
        page = FAQPage.objects.get()
        draft = page.get_latest_revision_as_object()
        draft.short_answer = "My own words."
        draft.save_revision(user=self.lea, log_action=True)
        self.undo(self.piece)
        self.piece.refresh_from_db()
        assert self.piece.decision == ItemDecision.ACCEPTED
        assert FAQPage.objects.filter(pk=page.pk).exists()

    def test_asking_by_address_undoes_nothing(self):
        self.set_aside(self.piece)
        assert self.client.get(self.url(self.piece, "undo")).status_code == 405

    def test_an_address_that_names_nonsense_offers_nothing(self):
        for after in ("x", "9" * 40, str(10**17), str(self.piece.pk)):
            assert self.show(query=f"after={after}").context["just"] is None

    def test_somebody_whose_account_is_gone_is_somebody(self):
        ImportedItem.objects.filter(pk=self.piece.pk).update(
            decision=ItemDecision.SET_ASIDE, decided_at=timezone.now()
        )
        self.assertContains(self.show(), "Somebody")


class HighlightTests(PieceTestCase):
    def test_lies_where_the_warning_lies(self):
        found = stretches("Hold your breath.", [Span(5, 9, "high")])
        assert found == (
            Stretch("Hold "),
            Stretch("your", "high"),
            Stretch(" breath."),
        )

    def test_shows_the_graver_where_two_meet(self):
        spans = [Span(0, 9, DAMAGED), Span(5, 16, "critical")]
        found = stretches("Hold your breath.", spans)
        assert [(one.text, one.level) for one in found] == [
            ("Hold ", DAMAGED),
            ("your", "critical"),
            (" breath", "critical"),
            (".", ""),
        ]

    def test_nothing_is_lost_whatever_the_offsets(self):
        text = "Hold your breath."
        for start, end in ((-5, 3), (10, 99), (9, 3), (50, 60), (0, 0)):
            found = stretches(text, [Span(start, end, "low")])
            assert "".join(one.text for one in found) == text
