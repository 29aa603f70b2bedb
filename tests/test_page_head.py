"""What a page tells other programs: its one address, and how it is shared."""

from __future__ import annotations

import re

from education.models import TopicPage
from tests.factories import make_medicine, make_question, make_topic
from tests.test_browse_statements import many_of
from tests.test_pages import PageTestCase


def canonical(html: str) -> list[str]:
    return re.findall(r'<link rel="canonical" href="([^"]*)">', html)


def shared(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))


class OneAddressTests(PageTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        many_of(TopicPage, 70)
        cls.question = make_question(live=True)

    def test_a_page_has_one_whatever_is_asked_with_it(self) -> None:
        for asked, address in {
            "/": "/",
            "/about/?utm_source=letter": "/about/",
            "/search/?q=my+secret": "/search/",
            f"{self.question.address}?from=list": self.question.address,
            "/tags/?page=2": "/tags/",
        }.items():
            assert canonical(self.read(asked)) == [f"http://testserver{address}"]

    def test_each_part_of_a_whole_list_is_a_page_of_its_own(self) -> None:
        for asked, address in {
            "/topics/": "/topics/",
            "/topics/?page=2": "/topics/?page=2",
            "/topics/?page=1": "/topics/",
            "/topics/?letter=P&page=2": "/topics/",
            "/a-to-z/?letter=P": "/a-to-z/",
        }.items():
            assert canonical(self.read(asked)) == [f"http://testserver{address}"]

    def test_what_is_not_there_has_none(self) -> None:
        said = self.client.get("/no-such-page/").content.decode()
        assert canonical(said) == []


class SharedPageTests(PageTestCase):
    def test_health_content_is_shared_with_its_title_and_summary(self) -> None:
        for make, title in (
            (make_topic, "Muscle cramps"),
            (make_question, "What is a cramp?"),
            (make_medicine, "Ibuprofen"),
        ):
            page = make(title, live=True)
            assert shared(self.read(page.address)) == {
                "title": title,
                "description": page.summary,
                "type": "article",
                "site_name": "Patient education portal",
                "url": f"http://testserver{page.address}",
                "image": f"http://testserver{page.address}picture.png",
            }

    def test_lists_are_shared_too(self) -> None:
        for address in ("/", "/topics/", "/tags/", "/a-to-z/", "/about/"):
            said = shared(self.read(address))
            assert said["type"] == "website"
            assert said["url"] == f"http://testserver{address}"
            assert said["title"]

    def test_what_editors_type_stays_text(self) -> None:
        page = make_topic('"><script>', live=True, slug="cramps")
        assert '"><script>' not in self.read(page.address)

    def test_only_health_content_has_a_picture_of_its_title(self) -> None:
        page = make_topic(live=True)
        picture = shared(self.read(page.address))["image"]
        response = self.client.get(picture.removeprefix("http://testserver"))
        assert response.headers["Content-Type"] == "image/png"
        assert "image" not in shared(self.read("/topics/"))
