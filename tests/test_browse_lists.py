"""Lists of pages: sections, tags, the A to Z, and how each is narrowed."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.test import RequestFactory

from education.browse.tags import tag as read_tag
from education.models import Alias, Brand, ClinicalPage, TaggedPage
from education.vocabulary import AliasKind, TagGroup
from tests.factories import (
    PortalTestCase,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
)


def tag(page: ClinicalPage, *names: str) -> None:
    for name in names:
        TaggedPage.objects.create(tag=make_tag(name), content_object_id=page.pk)


class ListTestCase(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_tag("Pain relief", TagGroup.TREATMENT)
        make_tag("Unused")
        cls.cramps = make_topic("Muscle cramps", live=True)
        cls.back = make_topic("Back spasms", live=True)
        cls.question = make_question("Why do cramps hurt?", cls.cramps, live=True)
        cls.medicine = make_medicine("Ibuprofen", live=True)
        tag(cls.cramps, "Calf", "Cramp")
        tag(cls.question, "Calf", "Cramp", "Sleep")
        tag(cls.medicine, "Cramp", "Pain relief")

    def read(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, address
        return response.content.decode()

    def assert_lists(self, address: str, *titles: str, status: int = 200) -> str:
        said = self.read(address, status)
        listed = re.search(r'<ul class="page-list">.*?</ul>', said, re.DOTALL)
        found = re.findall(r'<a href="/[^"]*">([^<]*)</a>', listed[0] if listed else "")
        assert found == list(titles)
        return said


class SectionTests(ListTestCase):
    def test_it_lists_its_kind_in_order(self) -> None:
        self.assert_lists("/topics/", "Back spasms", "Muscle cramps")
        self.assert_lists("/medicines/", "Ibuprofen")

    def test_a_letter_narrows_it(self) -> None:
        self.assert_lists("/topics/?letter=M", "Muscle cramps")
        self.assert_lists("/topics/?letter=m", "Muscle cramps")

    def test_a_letter_without_pages_says_so(self) -> None:
        assert "There are no such pages." in self.read("/topics/?letter=X")

    def test_letters_without_pages_are_no_links(self) -> None:
        said = self.read("/topics/")
        assert '<a href="?letter=B">B</a>' in said
        assert "<span>C</span>" in said
        assert "letter=C" not in said

    def test_an_accent_does_not_hide_a_page(self) -> None:
        make_topic("Élan", live=True)
        make_topic("5 facts", live=True)
        self.assert_lists("/topics/?letter=E", "Élan")
        self.assert_lists("/topics/?letter=0-9", "5 facts")

    def test_a_tag_narrows_it(self) -> None:
        said = self.assert_lists("/topics/?tag=calf", "Muscle cramps")
        assert "Take away the tag" in said

    def test_tag_and_letter_narrow_it_together(self) -> None:
        self.assert_lists("/topics/?tag=calf&letter=M", "Muscle cramps")
        self.assert_lists("/topics/?tag=calf&letter=B")

    def test_it_offers_only_tags_of_its_own_pages(self) -> None:
        said = self.read("/medicines/")
        assert "tag=pain-relief" in said
        assert "tag=calf" not in said

    def test_a_long_list_comes_in_parts_that_keep_what_narrows_it(self) -> None:
        for number in range(31):
            tag(make_topic(f"Page {number:02}", live=True), "Calf")
        said = self.read("/topics/?tag=calf&letter=P")
        assert "31 pages, here 1 to 30" in said
        assert 'href="?tag=calf&amp;letter=P&amp;page=2"' in said
        self.assert_lists("/topics/?tag=calf&letter=P&page=2", "Page 30")


class TagTests(ListTestCase):
    def test_the_tags_stand_in_groups_with_counts_of_their_pages(self) -> None:
        said = self.read("/tags/")
        assert said.index("Body area") < said.index("Treatment")
        assert re.search(r'href="/tags/cramp/">Cramp .*?, pages: </span>3<', said)
        assert "Unused" not in said

    def test_a_tag_lists_all_kinds(self) -> None:
        self.assert_lists(
            "/tags/cramp/", "Ibuprofen", "Muscle cramps", "Why do cramps hurt?"
        )

    def test_a_kind_narrows_it(self) -> None:
        said = self.assert_lists("/tags/cramp/?kind=medicine", "Ibuprofen")
        assert "and=pain-relief" in said
        assert "and=calf" not in said

    def test_a_second_tag_narrows_it(self) -> None:
        said = self.assert_lists(
            "/tags/cramp/?and=calf", "Muscle cramps", "Why do cramps hurt?"
        )
        assert "kind=medicine" not in said

    def test_both_narrow_it_together(self) -> None:
        self.assert_lists("/tags/cramp/?and=calf&kind=question", "Why do cramps hurt?")

    def test_it_offers_only_tags_that_stand_beside_it(self) -> None:
        said = self.read("/tags/calf/")
        assert "and=sleep" in said
        assert "and=pain-relief" not in said
        assert "and=calf" not in said

    def test_a_tag_that_no_page_carries_is_not_there(self) -> None:
        self.read("/tags/unused/", 404)


class AToZTests(ListTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Alias.objects.create(
            page=cls.cramps, text="Charley horse", kind=AliasKind.LAY_TERM
        )
        Alias.objects.create(page=cls.cramps, text="Why me?", kind=AliasKind.ASKED_AS)
        Alias.objects.create(page=cls.medicine, text="Advil", kind=AliasKind.BRAND)
        Brand.objects.create(page=cls.medicine, name="Advil")

    def entries(self, address: str) -> list[str]:
        said = self.read(address)
        lists = re.findall(r'<ul class="entries">(.*?)</ul>', said, re.DOTALL)
        items = re.findall(r"<li>(.*?)</li>", "".join(lists), re.DOTALL)
        return [" ".join(re.sub(r"<[^>]*>", " ", item).split()) for item in items]

    def test_other_words_lead_to_the_page(self) -> None:
        assert self.entries("/a-to-z/") == [
            "Advil: see Ibuprofen",
            "Back spasms",
            "Charley horse: see Muscle cramps",
            "Ibuprofen",
            "Muscle cramps",
        ]

    def test_a_letter_narrows_it(self) -> None:
        assert self.entries("/a-to-z/?letter=c") == ["Charley horse: see Muscle cramps"]

    def test_a_kind_narrows_it(self) -> None:
        assert self.entries("/a-to-z/?kind=medicine") == [
            "Advil: see Ibuprofen",
            "Ibuprofen",
        ]

    def test_questions_come_on_wish(self) -> None:
        assert self.entries("/a-to-z/?kind=question") == ["Why do cramps hurt?"]

    def test_a_word_that_is_the_title_stands_there_once(self) -> None:
        Alias.objects.create(page=self.back, text="back spasms")
        assert self.entries("/a-to-z/?letter=B") == ["Back spasms"]


class OddAddressTests(ListTestCase):
    LISTS = ("/topics/", "/tags/cramp/", "/a-to-z/")

    def test_a_page_that_is_not_there_gets_a_sentence(self) -> None:
        numbers = ("0", "-1", "abc", "9" * 20, "9" * 6000, "1.5", "1e999", "٣")
        for address in self.LISTS:
            for number in numbers:
                said = self.read(f"{address}?page={number}")
                assert "This is page 1 of 1." in said

    def test_no_page_asked_for_needs_no_sentence(self) -> None:
        for address in self.LISTS:
            for number in ("", "1", "%201%20"):
                said = self.read(f"{address}?page={number}")
                assert "no such page" not in said

    def test_what_is_unknown_is_named_and_left_out(self) -> None:
        wishes = {
            "/topics/?tag=nonsense": "There is no such tag",
            "/topics/?letter=AB": "There is no such letter",
            "/tags/cramp/?kind=nonsense": "There is no such kind of page",
            "/tags/cramp/?and=nonsense": "There is no such second tag",
            "/a-to-z/?kind=nonsense": "There is no such kind of page",
            "/a-to-z/?letter=%C3%A9": "There is no such letter",
        }
        for address, sentence in wishes.items():
            said = self.read(address, status=400)
            assert sentence in said
            assert said.index(sentence) < said.index("<h1>")

    def test_the_rest_of_what_was_asked_still_holds(self) -> None:
        said = self.assert_lists(
            "/tags/cramp/?kind=medicine&and=nonsense", "Ibuprofen", status=400
        )
        assert "nonsense" not in said

    def test_nothing_typed_into_an_address_breaks_a_list(self) -> None:
        odd = (
            "%00",
            "%01",
            "%FF",
            "a%22b",
            "'",
            "%3Cscript%3E",
            "(",
            "*",
            "x" * 10_000,
        )
        names = ("tag", "and", "kind", "letter", "page", "other")
        for address in self.LISTS:
            for name in names:
                for value in odd:
                    response: HttpResponse = self.client.get(
                        f"{address}?{name}={value}"
                    )
                    assert response.status_code in (200, 400)
                    assert b"<script>" not in response.content

    def test_a_list_does_not_rely_on_the_door_to_refuse_what_a_database_does(
        self,
    ) -> None:
        for parameter in ("and", "kind", "page"):
            request = RequestFactory().get(f"/tags/cramp/?{parameter}=%00")
            assert read_tag(request, "cramp").status_code in (200, 400)

    def test_of_a_repeated_wish_the_last_counts(self) -> None:
        self.assert_lists("/topics/?letter=B&letter=M", "Muscle cramps")
