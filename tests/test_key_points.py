"""The key points of a topic: words like all others, approved and found like them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from education.models import ClinicalPage, TopicPage
from education.models.differences import differences
from education.models.writing import findings
from education.search.documents import documents_of
from tests.factories import make_topic, submit
from tests.test_pages import PageTestCase, card, stream

POINTS = "<ul><li>Most cramps pass.</li><li>Stretch the muscle.</li></ul>"


class KeyPointsTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cards = [card("urgent", "Call today if:")]
        cls.topic = make_topic(
            live=True,
            key_points=POINTS,
            care_cards=stream(TopicPage, "care_cards", cards),
        )

    def test_they_stand_after_what_is_urgent_and_before_the_text(self) -> None:
        self.says_in_order(
            self.topic.address,
            "Call today if:",
            "Key points Most cramps pass. Stretch the muscle.",
            "On this page",
            "A muscle tightens.",
        )

    def test_a_topic_without_them_has_no_box(self) -> None:
        TopicPage.objects.update(key_points="")
        assert "Key points" not in self.read(self.topic.address)

    def test_a_reviewer_sees_what_changed_in_them(self) -> None:
        before = self.topic.save_revision(user=self.ana).content
        self.topic.key_points = POINTS.replace("Most cramps", "All cramps")
        after = self.topic.save_revision(user=self.ana).content
        found = differences(before, after)
        assert found.in_short() == "Key points changed: 1 word added, 1 removed"

    def test_the_reviewer_reads_them_on_the_decision_page(self) -> None:
        page = self.publish(make_topic("Tetany"))
        page.key_points = "<ul><li>Call for help.</li></ul>"
        state = submit(page, self.ana)
        self.sign_in(self.ben)
        response = self.client.get(reverse("moderation:decide", args=[state.pk]))
        self.assertContains(response, "Key points changed: 3 words added")

    def test_search_finds_their_words(self) -> None:
        pages = ClinicalPage.objects.filter(pk=self.topic.pk).with_parts()
        assert "Most cramps pass." in documents_of(list(pages))[0].passages

    def test_the_checks_read_them(self) -> None:
        self.topic.key_points = "<p>" + "very " * 40 + "long.</p>"
        found, _ = findings(self.topic, timezone.now())
        assert "key_points" in {finding.field for finding in found}

    def test_a_version_from_before_there_were_any_says_the_same(self) -> None:
        page = self.publish(make_topic("Tetany"))
        old = page.live_revision
        del old.content["key_points"]
        old.save(update_fields=["content"])
        assert not page.is_a_change
        page.key_points = POINTS
        assert page.is_a_change
