"""`/llms.txt`: what programs that read for somebody are told of the portal."""

from __future__ import annotations

import re

from django.conf import settings

from education.models import DemonstrationItem
from education.syndication import llms
from education.vocabulary import DEMONSTRATION_NOTICE
from tests.factories import (
    PortalTestCase,
    make_medicine,
    make_question,
    make_topic,
)

HOST = "http://testserver"


class LlmsTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = make_topic("Leg [cramps](x)", live=True, summary="Why | legs.")
        make_question("What is it?", cls.topic, live=True)
        make_medicine("Ibuprofen", live=True)
        make_topic("A draft")

    def read(self) -> str:
        response = self.client.get("/llms.txt")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        return response.getvalue().decode()

    def test_it_has_the_shape_that_the_proposal_asks_for(self) -> None:
        title, summary, *rest = self.read().split("\n\n")
        assert title == f"# {settings.WAGTAIL_SITE_NAME}"
        assert summary.startswith("> ")
        assert "\n" not in summary
        said = "\n\n".join(rest)
        before, *sections = re.split(r"^## ", said, flags=re.MULTILINE)
        assert "#" not in before
        assert [section.split("\n")[0] for section in sections] == [
            "Health topics",
            "Questions",
            "Medicines",
            "Optional",
        ]
        line = re.compile(r"- \[.+\]\(http://testserver/[^)]+\)(: .+)?")
        for section in sections:
            rows = section.strip().split("\n")[2:]
            assert rows
            assert [row for row in rows if not line.fullmatch(row)] == []

    def test_it_says_how_pages_are_approved_and_what_they_are_not(self) -> None:
        said = self.read()
        for words in ("approved", "How to cite", "not medical advice", "911"):
            assert words in said

    def test_each_published_page_is_named_with_its_markdown(self) -> None:
        said = self.read()
        address = f"{HOST}{self.topic.address}index.md"
        assert f"- [Leg \\[cramps\\](x)]({address}): Why \\| legs.\n" in said
        assert "draft" not in said.casefold()

    def test_every_address_in_it_can_be_read(self) -> None:
        addresses = re.findall(r"\]\(http://testserver(/[^)]*)\)", self.read())
        assert len(addresses) == len(set(addresses)) > 9
        for address in addresses:
            assert self.client.get(address).status_code == 200, address

    def test_it_ends_somewhere_and_the_section_has_the_rest(self) -> None:
        make_topic("Second", live=True)
        with self.settings():
            most, llms.MOST_PAGES = llms.MOST_PAGES, 1
            try:
                said = self.read()
            finally:
                llms.MOST_PAGES = most
        assert said.count(f"({HOST}/topics/") == 2
        assert f"({HOST}/topics/)" in said

    def test_the_demonstration_says_so(self) -> None:
        assert DEMONSTRATION_NOTICE not in self.read()
        DemonstrationItem.objects.note(self.topic)
        assert f"**{DEMONSTRATION_NOTICE}**" in self.read()

    def test_it_can_only_be_read(self) -> None:
        assert self.client.head("/llms.txt").status_code == 200
        assert self.client.post("/llms.txt").status_code == 405
