"""Two questions become one, and two tags become one: for readers and for editors."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from education.models import (
    SearchDocument,
    SignOff,
    Tag,
    TaggedPage,
    TagMergeRefused,
    Withdrawal,
    WithdrawalRefused,
    merge_tags,
    withdraw,
)
from education.models.approval import same_words
from education.vocabulary import AliasKind, WithdrawalReason
from education.withdrawing.merging import CHANGE, merge_questions
from tests.factories import (
    PortalTestCase,
    fresh,
    make_question,
    make_tag,
    make_topic,
    submit,
)

NOTE = "Both say the same."


class QuestionsTestCase(PortalTestCase):
    def setUp(self):
        topic = make_topic()
        self.first = self.publish(make_question("What is a cramp?", topic))
        self.second = self.publish(make_question("What does cramp mean?", topic))
        self.third = self.publish(make_question("Why do I cramp?", topic))

    def merge(self, gone, into, by=None):
        return merge_questions(
            fresh(gone), fresh(into), by or self.lea, NOTE, timezone.now()
        )

    def asked(self, address, query=""):
        answer = self.client.get(address + query)
        return answer.status_code, answer.headers.get("Location")

    def draft_words(self, page):
        draft = fresh(page).get_latest_revision_as_object()
        return [(word.text, word.kind) for word in draft.other_words.all()]


class MergingQuestionsTests(QuestionsTestCase):
    def test_the_address_leads_to_the_other_with_the_query(self):
        self.merge(self.first, self.second)
        assert not fresh(self.first).live
        withdrawal = Withdrawal.objects.get()
        assert withdrawal.reason == WithdrawalReason.MERGED
        assert withdrawal.merged_into_id == self.second.pk
        there = self.second.address
        assert self.asked(self.first.address, "?a=1") == (301, f"{there}?a=1")
        assert self.asked(f"{self.first.address}history/") == (301, f"{there}history/")

    def test_old_addresses_lead_there_in_one_step(self):
        page = fresh(self.first)
        page.slug, page.change_note = "renamed", "It has another address."
        with self.captureOnCommitCallbacks(execute=True):
            page = self.publish(page)
        self.merge(page, self.second)
        self.merge(self.second, self.third)
        for old in (self.first, page, self.second):
            assert self.asked(old.address) == (301, self.third.address)

    def test_there_is_no_way_in_a_circle(self):
        self.merge(self.first, self.second)
        self.publish(fresh(self.first))
        self.merge(self.second, self.first)
        assert self.asked(self.first.address) == (200, None)
        assert self.asked(self.second.address) == (301, self.first.address)

    def test_a_merged_page_that_came_back_answers_for_itself(self):
        self.merge(self.first, self.second)
        self.publish(fresh(self.first))
        assert self.asked(self.first.address) == (200, None)

    def test_when_the_other_is_taken_down_both_say_so(self):
        self.merge(self.first, self.second)
        reason = WithdrawalReason.OUTDATED
        withdraw(fresh(self.second), self.lea, reason, NOTE, timezone.now())
        for page in (self.first, self.second):
            said = self.client.get(page.address)
            self.assertContains(said, reason.sentence, status_code=410)

    def test_the_wording_waits_in_a_draft_until_somebody_approves_it(self):
        merger = self.merge(self.first, self.second)
        assert "draft" in merger.wording
        assert self.draft_words(self.second) == [
            ("What is a cramp?", AliasKind.ASKED_AS)
        ]
        page = fresh(self.second)
        assert not page.other_words.exists()
        draft = page.get_latest_revision_as_object()
        assert draft.change_note == CHANGE
        assert page.get_latest_revision().user == self.lea
        draft.get_workflow().start(draft, self.lea)
        self.approve(page)
        assert fresh(page).other_words.get().text == "What is a cramp?"

    def test_words_of_an_author_in_that_draft_stay(self):
        page = fresh(self.second)
        page.short_answer, page.change_note = "Better words.", "Better words."
        page.save_revision(user=self.ana)
        self.merge(self.first, self.second)
        draft = fresh(page).get_latest_revision_as_object()
        assert (draft.short_answer, draft.change_note) == ("Better words.",) * 2

    def test_a_page_that_waits_for_approval_is_left_alone(self):
        page = fresh(self.second)
        page.short_answer = "Better words."
        state = submit(page, self.ana)
        merger = self.merge(self.first, self.second)
        assert "waits for approval" in merger.wording
        assert fresh(page).latest_revision_id == state.revision_id
        assert self.asked(self.first.address) == (301, self.second.address)

    def test_a_wording_that_is_known_there_is_not_said_twice(self):
        page = fresh(self.second)
        page.other_words.create(text="what is a CRAMP", kind=AliasKind.ASKED_AS)
        page.change_note = "Found by other words."
        self.publish(page)
        before = fresh(page).latest_revision_id
        merger = self.merge(self.first, self.second)
        assert "already" in merger.wording
        assert fresh(page).latest_revision_id == before

    def test_only_into_another_published_question_and_only_by_leads(self):
        draft = make_question("Is this a draft?")
        for gone, into, by in (
            (self.first, self.first, self.lea),
            (self.first, draft, self.lea),
            (draft, self.first, self.lea),
            (self.first, self.second, self.ben),
        ):
            with pytest.raises(WithdrawalRefused):
                self.merge(gone, into, by)
        assert not Withdrawal.objects.exists()
        assert all(fresh(page).live for page in (self.first, self.second))


class TheFormTests(QuestionsTestCase):
    def setUp(self):
        super().setUp()
        self.address = reverse("withdrawing:merge_question", args=[self.first.pk])
        self.sign_in(self.lea)

    def test_find_it_look_at_both_and_confirm(self):
        found = self.client.get(f"{self.address}?q=cramp+mean")
        self.assertContains(found, f"?into={self.second.pk}")
        self.assertNotContains(found, f"?into={self.third.pk}")
        both = self.client.get(f"{self.address}?into={self.second.pk}")
        self.assertContains(both, self.first.title)
        self.assertContains(both, self.second.title)
        done = self.client.post(
            self.address, {"into": self.second.pk, "note": NOTE}, follow=True
        )
        self.assertContains(done, "Its wording is in a draft")
        assert self.asked(self.first.address) == (301, self.second.address)

    def test_nonsense_gets_a_sentence(self):
        draft = make_question("Is this a draft?")
        for into in ("x", "", "99999999999999999999", "-1", "٣", str(draft.pk)):
            answer = self.client.get(self.address, {"into": into})
            self.assertContains(answer, "published questions", status_code=400)
        own = self.client.get(self.address, {"into": self.first.pk})
        self.assertContains(own, "another question than this", status_code=400)

    def test_a_missing_note_comes_back(self):
        answer = self.client.post(self.address, {"into": self.second.pk, "note": ""})
        self.assertContains(answer, "Say why", status_code=400)
        assert fresh(self.first).live

    def test_who_comes_second_reads_why_not(self):
        self.merge(self.first, self.third, self.sam)
        answer = self.client.post(self.address, {"into": self.second.pk, "note": NOTE})
        self.assertContains(answer, "taken it down just now", status_code=409)

    def test_a_topic_is_taken_down_instead(self):
        topic = self.publish(make_topic("Back pain"))
        address = reverse("withdrawing:merge_question", args=[topic.pk])
        self.assertRedirects(
            self.client.get(address), reverse("withdrawing:withdraw", args=[topic.pk])
        )

    def test_nobody_else_does_it(self):
        for person in (self.ana, self.ben, self.vera):
            self.sign_in(person)
            self.client.post(self.address, {"into": self.second.pk, "note": NOTE})
            assert fresh(self.first).live


class TagTestCase(PortalTestCase):
    def setUp(self):
        self.old, self.new = make_tag("Calf"), make_tag("Lower leg")
        with self.captureOnCommitCallbacks(execute=True):
            self.page = self.publish_with("Leg cramps", self.old)
            self.other = self.publish_with("Back pain", self.new)

    def publish_with(self, title, *tags):
        page = make_topic(title)
        page.tags.set(tags)
        return self.publish(page)

    def merge(self, tag=None, into=None):
        with self.captureOnCommitCallbacks(execute=True):
            return merge_tags(tag or self.old, into or self.new, self.vera)

    def tags_of(self, page):
        return sorted(fresh(page).tags.values_list("name", flat=True))


class MergingTagsTests(TagTestCase):
    def test_its_pages_carry_the_other_one_once(self):
        both = self.publish_with("Cramps at night", self.old, self.new)
        assert self.merge() == 2
        for page in (self.page, both):
            assert self.tags_of(page) == ["Lower leg"]
        assert not TaggedPage.objects.filter(tag=self.old).exists()

    def test_its_address_leads_to_the_other_in_one_step(self):
        last = make_tag("Leg")
        self.publish_with("Swollen legs", last)
        self.old.slug = "calves"
        self.old.save()
        self.merge()
        self.merge(self.new, last)
        for old in ("calf", "calves", "lower-leg"):
            answer = self.client.get(f"/tags/{old}/?kind=topic")
            assert answer.status_code == 301
            assert answer["Location"] == "/tags/leg/?kind=topic"

    def test_nobody_is_offered_it_or_sees_it_again(self):
        self.merge()
        self.sign_in(self.vera)
        said = self.client.get(reverse("wagtailsnippets_education_tag:list"))
        self.assertNotContains(said, "Calf")
        self.sign_in(self.ana)
        suggested = self.client.get(
            reverse("wagtailadmin_tag_model_autocomplete", args=["education", "tag"]),
            {"term": "Cal"},
        )
        assert suggested.json() == []
        for address in ("/tags/", "/", "/topics/", "/sitemap.xml"):
            said = self.client.get(address).getvalue().decode()
            assert "calf" not in said.casefold()

    def test_its_word_and_address_stay_taken(self):
        self.merge()
        for name, slug in (("calf", "new"), ("New", "calf")):
            with pytest.raises(ValidationError, match="was merged into"):
                Tag(name=name, slug=slug, group="body_area").full_clean()

    def test_search_finds_the_pages_by_the_other_word(self):
        assert "calf" in SearchDocument.objects.get(page_id=self.page.pk).tags
        self.merge()
        words = SearchDocument.objects.get(page_id=self.page.pk).tags
        assert "calf" not in words
        assert "leg" in words

    def test_not_into_a_word_that_nobody_approved(self):
        unused = make_tag("Shank")
        drafted = make_topic("A draft")
        drafted.tags.set([unused])
        drafted.save()
        with pytest.raises(TagMergeRefused, match="nobody has approved"):
            self.merge(self.old, unused)
        self.merge(unused, self.old)
        assert self.tags_of(drafted) == ["Calf"]

    def test_not_into_itself_and_not_twice(self):
        with pytest.raises(TagMergeRefused, match="another tag"):
            self.merge(self.old, self.old)
        self.merge()
        for tag, into in ((self.old, self.new), (self.new, self.old)):
            with pytest.raises(TagMergeRefused, match="merged already"):
                self.merge(tag, into)

    def test_neither_can_be_deleted(self):
        self.merge()
        TaggedPage.objects.all().delete()
        self.sign_in(self.vera)
        for tag in (self.old, self.new):
            address = reverse("wagtailsnippets_education_tag:delete", args=[tag.pk])
            self.client.post(address)
            assert Tag.every.filter(pk=tag.pk).exists()


class SignedTagsTests(TagTestCase):
    """Tags are part of what is signed; a merger is no change of the page."""

    def test_it_is_no_change_of_the_page(self):
        self.merge()
        page = fresh(self.page)
        assert same_words(page.serializable_data(), page.live_revision.content)
        assert not page.is_a_change

    def test_a_review_without_changes_still_counts_as_one(self):
        self.merge()
        page = fresh(self.page)
        page.change_note = ""
        page.save_revision(user=None)
        assert fresh(page).is_review_without_changes
        page.get_workflow().start(page, self.chloe)
        self.approve(page, self.chloe)
        assert self.tags_of(page) == ["Lower leg"]

    def test_another_tag_is_still_a_change(self):
        self.merge()
        page = fresh(self.page)
        page.tags.set([self.new, make_tag("Night")])
        assert page.is_a_change

    def test_the_sign_off_holds_what_was_signed(self):
        row = SignOff.objects.get(page=self.page.pk)
        self.merge()
        row.refresh_from_db()
        assert row.entry_hash == row.computed_hash()
        assert SignOff.objects.approvals_of(self.page.live_revision)

    def test_a_draft_from_before_goes_live_with_the_other_tag(self):
        page = fresh(self.page)
        page.summary = "Better words."
        self.submit(page)
        self.merge()
        self.approve(page)
        assert fresh(page).summary == "Better words."
        assert self.tags_of(page) == ["Lower leg"]

    def test_a_draft_with_both_goes_live_with_one(self):
        page = fresh(self.page)
        page.tags.set([self.old, self.new])
        self.submit(page)
        self.merge()
        self.approve(page)
        assert self.tags_of(page) == ["Lower leg"]

    def test_an_old_version_loads_with_the_other_tag(self):
        self.merge()
        old = self.page.live_revision.as_object()
        assert [tag.name for tag in old.tags.all()] == ["Lower leg"]

    def test_whoever_saves_the_old_tag_saves_the_other(self):
        stale = fresh(self.page)
        rows = list(stale.tagged_items.all())
        self.merge()
        for row in rows:
            row.save()
        TaggedPage(tag=self.old, content_object=self.other).save()
        assert self.tags_of(self.page) == self.tags_of(self.other) == ["Lower leg"]


class TheTagFormTests(TagTestCase):
    def setUp(self):
        super().setUp()
        self.address = reverse("withdrawing:merge_tag", args=[self.old.pk])
        self.sign_in(self.vera)

    def test_a_vocabulary_manager_merges_two_tags(self):
        said = self.client.get(reverse("wagtailsnippets_education_tag:list"))
        self.assertContains(said, self.address)
        self.assertContains(self.client.get(self.address), "on 1 page")
        answer = self.client.post(self.address, {"into": self.new.pk}, follow=True)
        self.assertContains(answer, "stands in place of")
        assert self.tags_of(self.page) == ["Lower leg"]

    def test_nonsense_gets_a_sentence(self):
        for into in ("", "x", "99999999999999999999", str(self.old.pk)):
            answer = self.client.post(self.address, {"into": into})
            assert answer.status_code == 400
        self.assertContains(answer, "Choose another", status_code=400)

    def test_a_refusal_says_why(self):
        unused = make_tag("Shank")
        answer = self.client.post(self.address, {"into": unused.pk})
        self.assertContains(answer, "nobody has approved", status_code=409)

    def test_who_comes_second_is_told(self):
        self.merge()
        answer = self.client.get(self.address, follow=True)
        self.assertContains(answer, "already")

    def test_nobody_else_does_it(self):
        for person in (self.ana, self.ben, self.lea):
            self.sign_in(person)
            self.client.post(self.address, {"into": self.new.pk})
            assert not Tag.objects.get(pk=self.old.pk).merged_into_id
