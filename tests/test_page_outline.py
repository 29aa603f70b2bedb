"""How a page is built, as those find their way in it who do not see it."""

from __future__ import annotations

import re

from education.blocks import AnswerBlock
from education.models import DemonstrationItem, HomePage, NeededPage, TopicPage
from education.vocabulary import HealthAspect, TagGroup
from tests.factories import (
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
)
from tests.test_pages import PageTestCase, card, stream

ADDRESSES = (
    "/",
    "/topics/",
    "/topics/muscle-cramps/",
    "/topics/muscle-cramps/history/",
    "/questions/what-is-a-cramp/",
    "/medicines/ibuprofen/",
    "/tags/",
    "/tags/nsaids/",
    "/a-to-z/",
    "/about/",
    "/accessibility/",
    "/search/",
    "/search/?q=zebra",
)


class OutlineTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        block = AnswerBlock().child_blocks["table"]
        body = [
            {"type": "do", "value": {"heading": "", "items": ["rest"]}},
            {"type": "table", "value": block.meta.preview_value},
        ]
        section = {"aspect": HealthAspect.OVERVIEW, "heading": "", "body": body}
        cards = [card("emergency", "Call if:"), card("non_urgent", "Ask if:")]
        topic = make_topic(
            key_points="<ul><li>Most cramps pass.</li></ul>",
            care_cards=stream(TopicPage, "care_cards", cards),
            sections=stream(
                TopicPage, "sections", [{"type": "section", "value": section}]
            ),
        )
        cls.topic = cls.publish_as_cast(topic)
        make_question(topic=topic, live=True)
        NeededPage.objects.create(page=HomePage.objects.get(), needed=topic)
        for title in ("Ibuprofen", "Naproxen"):
            page = make_medicine(
                title, interactions_medicines="<p>Naproxen, ibuprofen.</p>"
            )
            page.tags.add(make_tag("NSAIDs", TagGroup.MEDICINE_CLASS))
            cls.publish_as_cast(page)
        DemonstrationItem.objects.note(topic)

    @classmethod
    def publish_as_cast(cls, page: TopicPage) -> TopicPage:
        return publish(page, cls.ana, cls.ben, cls.chloe)

    def test_headings_leave_out_no_level_and_there_is_one_title(self) -> None:
        for address in ADDRESSES:
            levels = [int(n) for n in re.findall(r"<h([1-6])", self.read(address))]
            assert levels.count(1) == 1, address
            first = levels.index(1)
            assert first == 0, address
            steps = zip(levels, levels[1:], strict=False)
            assert all(after - before <= 1 for before, after in steps), (
                address,
                levels,
            )

    def test_each_page_has_its_landmarks_and_each_way_has_a_name(self) -> None:
        for address in ADDRESSES:
            said = self.read(address)
            for landmark in ("<main", '<header class="site-header"', "<footer"):
                assert said.count(landmark) == 1, (address, landmark)
            ways = re.findall(r"<nav[^>]*>", said)
            assert all("aria-label" in way for way in ways), address

    def test_the_way_here_ends_with_this_page_as_plain_text(self) -> None:
        for address, title in {
            "/topics/": "Health topics",
            "/topics/muscle-cramps/": "Muscle cramps",
            "/medicines/ibuprofen/": "Ibuprofen",
            "/tags/nsaids/": "NSAIDs",
            "/a-to-z/": "A to Z",
            "/about/": "About this content",
        }.items():
            said = self.read(address)
            assert f'<span aria-current="page">{title}</span></li>' in said

    def test_a_question_is_not_said_twice_in_a_row(self) -> None:
        said = self.read("/questions/what-is-a-cramp/")
        assert 'aria-current="page"' not in said

    def test_what_needs_javascript_is_hidden_without_it(self) -> None:
        for button in re.findall(
            r"<button[^>]*data-(?:print|copy-address)[^>]*>",
            self.read("/topics/muscle-cramps/"),
        ):
            assert " hidden" in button
