"""Feeds of new and changed pages, as an app that reads feeds takes them."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse
from django.utils import timezone

from education.models import ClinicalPage, DemonstrationItem, merge_tags
from education.models.withdrawals import withdraw
from education.reviews.without_changes import begin
from education.syndication import feeds
from education.vocabulary import DEMONSTRATION_NOTICE
from tests.factories import (
    PortalTestCase,
    approve,
    fresh,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
)

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class FeedTestCase(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = cls.published(make_topic("Calf pain"))
        question = make_question("What is it?", cls.topic)
        question.tags.add(make_tag("Calf"))
        cls.question = cls.published(question)
        cls.medicine = cls.published(make_medicine("Ibuprofen"))
        make_topic("A draft")

    @classmethod
    def published(cls, page: ClinicalPage) -> Any:
        return cls.publish(cls(), page)

    def change(self, page: ClinicalPage, note: str, **fields: Any) -> Any:
        page = fresh(page)
        page.change_note = note
        for name, value in ({"summary": note} | fields).items():
            setattr(page, name, value)
        return self.published(page)

    def get(self, address: str = "/feeds/all.atom", **headers: str) -> HttpResponse:
        return self.client.get(address, headers=headers)

    def feed(self, address: str = "/feeds/all.atom") -> ElementTree.Element:
        response = self.get(address)
        assert response.status_code == 200
        kind = "application/atom+xml; charset=utf-8"
        assert response.headers["Content-Type"] == kind
        return ElementTree.fromstring(response.content)  # noqa: S314

    def entries(self, address: str = "/feeds/all.atom") -> list[dict[str, str]]:
        """What each entry says, by the name of the element."""
        return [
            {
                part.tag.removeprefix(ATOM): part.get("href") or part.text or ""
                for part in entry
            }
            for entry in self.feed(address).findall(f"{ATOM}entry")
        ]

    def titles(self, address: str = "/feeds/all.atom") -> list[str]:
        return [entry["title"] for entry in self.entries(address)]


class WhatFeedsSay(FeedTestCase):
    def test_every_kind_every_tag_and_all_pages_have_one(self) -> None:
        assert self.titles() == ["Ibuprofen", "What is it?", "Calf pain"]
        assert self.titles("/feeds/topics.atom") == ["Calf pain"]
        assert self.titles("/feeds/questions.atom") == ["What is it?"]
        assert self.titles("/feeds/medicines.atom") == ["Ibuprofen"]
        assert self.titles("/tags/calf/feed.atom") == ["What is it?"]

    def test_it_has_all_that_atom_asks_for(self) -> None:
        feed = self.feed()
        for name in ("id", "title", "updated"):
            assert len(feed.findall(f"{ATOM}{name}")) == 1
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        here = {
            link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")
        }
        assert here == {
            "alternate": "http://testserver/",
            "self": "http://testserver/feeds/all.atom",
        }
        for entry in self.entries():
            assert {"id", "title", "updated", "link", "summary"} <= entry.keys()
            assert MOMENT.fullmatch(entry["updated"])
            assert entry["link"].startswith("http://testserver/")
            assert re.fullmatch(r"tag:testserver,\d{4}-\d\d-\d\d:page/\d+", entry["id"])
        assert len({entry["id"] for entry in self.entries()}) == 3

    def test_a_new_page_says_what_it_is(self) -> None:
        assert self.entries("/feeds/topics.atom")[0]["summary"] == self.topic.summary

    def test_a_changed_page_says_what_changed_and_comes_first(self) -> None:
        before = {entry["title"]: entry for entry in self.entries()}
        page = self.change(self.topic, "The stretch is told step by step.")
        entry = self.entries()[0]
        assert entry["summary"] == "The stretch is told step by step."
        assert datetime.fromisoformat(entry["updated"]) == page.last_published_at
        assert entry["id"] == before["Calf pain"]["id"]
        assert entry["published"] == before["Calf pain"]["published"]

    def test_a_page_that_moved_is_the_same_entry(self) -> None:
        before = self.entries("/feeds/topics.atom")[0]
        self.change(self.topic, "At another address.", slug="leg-pain")
        after = self.entries("/feeds/topics.atom")[0]
        assert after["id"] == before["id"]
        assert after["link"] == "http://testserver/topics/leg-pain/"

    def test_a_review_without_changes_says_so(self) -> None:
        self.change(self.topic, "An old change.")
        begin(fresh(self.topic), self.ana)
        approve(self.topic, self.ben)
        said = self.entries("/feeds/topics.atom")[0]["summary"]
        assert said == "Reviewed; nothing had to change"

    def test_what_waits_for_approval_is_not_told(self) -> None:
        page = fresh(self.topic)
        page.title, page.change_note = "Secret words", "Secret note"
        self.submit(page)
        assert b"Secret" not in self.get().content

    def test_a_page_that_came_back_says_what_it_is_and_not_an_old_note(self) -> None:
        page = self.change(self.topic, "An old change.", summary="What it is.")
        withdraw(page, self.lea, "outdated", "Between us.", timezone.now())
        self.published(fresh(self.topic))
        assert self.entries("/feeds/topics.atom")[0]["summary"] == "What it is."

    def test_the_newest_fifty_are_enough(self) -> None:
        most, feeds.ENTRIES = feeds.ENTRIES, 2
        try:
            assert self.titles() == ["Ibuprofen", "What is it?"]
        finally:
            feeds.ENTRIES = most
        assert most == 50

    def test_the_demonstration_says_so(self) -> None:
        assert DEMONSTRATION_NOTICE not in self.feed().find(f"{ATOM}subtitle").text
        DemonstrationItem.objects.note(self.topic)
        assert DEMONSTRATION_NOTICE in self.feed().find(f"{ATOM}subtitle").text

    def test_hostile_words_stay_words(self) -> None:
        words = "<script>alert(1)</script> ]]> & ]( ) \x07\x0b\ufffe end"
        clean = "<script>alert(1)</script> ]]> & ]( ) end"
        ClinicalPage.objects.filter(pk=self.topic.pk).update(title=words, summary=words)
        entry = self.entries("/feeds/topics.atom")[0]
        assert " ".join(entry["title"].split()) == clean
        # A summary is HTML: what a reader shows of it are the words.
        assert "<" not in entry["summary"]
        assert " ".join(unescape(entry["summary"]).split()) == clean


class WhereThereIsNone(FeedTestCase):
    def test_a_tag_that_no_public_page_carries_has_no_feed(self) -> None:
        make_tag("Stripes")
        for address in ("/tags/stripes/feed.atom", "/tags/nothing/feed.atom"):
            assert self.get(address).status_code == 404
        withdraw(self.question, self.lea, "outdated", "Old.", timezone.now())
        assert self.get("/tags/calf/feed.atom").status_code == 404

    def test_a_merged_tag_leads_to_the_feed_of_the_other(self) -> None:
        medicine = fresh(self.medicine)
        medicine.tags.add(make_tag("Leg"))
        self.published(medicine)
        with self.captureOnCommitCallbacks(execute=True):
            merge_tags(make_tag("Calf"), make_tag("Leg"), self.vera)
        response = self.get("/tags/calf/feed.atom")
        assert response.status_code == 301
        assert response.headers["Location"] == "/tags/leg/feed.atom"

    def test_there_are_no_other_names(self) -> None:
        for name in ("nothing", "topic", "TOPICS", "all.atom"):
            assert self.get(f"/feeds/{name}.atom").status_code == 404

    def test_an_empty_feed_is_a_feed(self) -> None:
        withdraw(self.medicine, self.lea, "outdated", "Old.", timezone.now())
        assert self.entries("/feeds/medicines.atom") == []
        assert self.get("/feeds/medicines.atom").content == (
            self.get("/feeds/medicines.atom").content
        )

    def test_feeds_can_only_be_read(self) -> None:
        for address in ("/feeds/", "/feeds/all.atom", "/tags/calf/feed.atom"):
            assert self.client.head(address).status_code == 200
            assert self.client.post(address).status_code == 405


class WhoHasItAlready(FeedTestCase):
    def test_gets_no_second_copy(self) -> None:
        first = self.get()
        assert "max-age=0" in first.headers["Cache-Control"]
        assert first.headers["Last-Modified"]
        again = self.get(**{"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_gets_what_changed(self) -> None:
        mark = self.get().headers["ETag"]
        self.change(self.topic, "New words.")
        assert self.get(**{"if-none-match": mark}).status_code == 200

    def test_is_told_at_once_that_a_page_was_taken_down(self) -> None:
        first = self.get()
        withdraw(self.topic, self.lea, "wrong", "Between us.", timezone.now())
        for asked in (
            {"if-none-match": first.headers["ETag"]},
            {"if-modified-since": first.headers["Last-Modified"]},
        ):
            response = self.get(**asked)
            assert response.status_code == 200
            assert b"Calf pain" not in response.content


class WhereFeedsAreFound(FeedTestCase):
    def test_each_list_names_its_own_in_its_head_and_for_its_reader(self) -> None:
        for address, feed in (
            ("/topics/", "/feeds/topics.atom"),
            ("/medicines/", "/feeds/medicines.atom"),
            ("/tags/calf/", "/tags/calf/feed.atom"),
        ):
            said = self.client.get(address).content.decode()
            assert f'type="application/atom+xml" href="{feed}"' in said
            assert (
                f'<a href="{feed}" type="application/atom+xml">Follow changes' in said
            )

    def test_the_home_page_names_the_one_of_all_pages(self) -> None:
        self.assertContains(
            self.client.get("/"), 'type="application/atom+xml" href="/feeds/all.atom"'
        )

    def test_a_page_lists_them_and_each_can_be_read(self) -> None:
        said = self.client.get("/feeds/").content.decode()
        feeds = set(re.findall(r'href="(/feeds/[a-z]+\.atom)"', said))
        assert len(feeds) == 4
        for address in feeds:
            assert self.get(address).status_code == 200
