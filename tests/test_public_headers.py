"""Public pages are the same for everybody, set no cookie, and allow no surprise."""

from __future__ import annotations

import re

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import override_settings

from tests.factories import (
    PortalTestCase,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
)

ADDRESSES = (
    "/",
    "/topics/",
    "/questions/",
    "/medicines/",
    "/topics/muscle-cramps/",
    "/questions/what-is-a-cramp/",
    "/medicines/ibuprofen/",
    "/topics/muscle-cramps/handout/",
    "/medicines/ibuprofen/handout/?paper=letter&size=large",
    "/handouts/?p=topics/muscle-cramps&p=medicines/ibuprofen",
    "/handouts/choose/?q=cramp&p=topics/muscle-cramps",
    "/v/",
    "/v/0005A",
    "/tags/",
    "/tags/calf/",
    "/body/",
    "/medicines/compare/?m=ibuprofen&m=nonsense",
    "/a-to-z/",
    "/about/",
    "/accessibility/",
    "/search/?q=cramp",
    "/search/suggest/?q=cr",
    "/feedback/thanks/?page=7",
    "/no-such-page/",
    "/topics/?tag=nonsense",
    "/robots.txt",
    "/sitemap.xml",
    "/topics/muscle-cramps/index.md",
    "/questions/what-is-a-cramp/index.md",
    "/medicines/ibuprofen/index.md",
    "/llms.txt",
    "/feeds/",
    "/feeds/all.atom",
    "/feeds/topics.atom",
    "/style/current.css",
    "/topics/muscle-cramps/picture.png",
)


class UnknownHostTests(PortalTestCase):
    @override_settings(ALLOWED_HOSTS=["testserver"])
    def test_an_unknown_host_is_refused_and_nothing_breaks(self) -> None:
        for address in ("/", "/search/?q=cramp", "/search/suggest/?q=cr"):
            response = self.client.get(address, headers={"host": "evil.example"})
            assert response.status_code == 400, address


class PublicAnswerTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        topic = make_topic(live=True)
        make_question(topic=topic, live=True)
        make_medicine(live=True)
        make_tag("Calf")

    def answers(self) -> dict[str, HttpResponse]:
        return {address: self.client.get(address) for address in ADDRESSES}

    def test_no_cookie_is_set_and_no_answer_depends_on_one(self) -> None:
        for address, response in self.answers().items():
            assert response.cookies == {}, address
            assert "Cookie" not in response.headers.get("Vary", ""), address

    def test_who_is_signed_in_reads_the_same_bytes(self) -> None:
        before = {name: answer.getvalue() for name, answer in self.answers().items()}
        self.sign_in(self.sam)
        after = {name: answer.getvalue() for name, answer in self.answers().items()}
        assert before == after

    def test_nothing_is_inline_and_nothing_comes_from_elsewhere(self) -> None:
        for address, response in self.answers().items():
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe-inline" not in policy
            if not response.headers["Content-Type"].startswith("text/html"):
                continue
            said = response.content.decode()
            inline = r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+="
            assert not re.search(inline, said), address
            # What only names another address is not loaded.
            named = r'<link rel="alternate"[^>]*href="([^"]*)"'
            assert all(there[0] == "/" for there in re.findall(named, said)), address
            loads = r'<link(?! rel="(?:alternate|canonical)")[^>]*href="([^"]*)"'
            loaded = re.findall(loads, said)
            loaded += re.findall(r'src="([^"]*)"', said)
            assert loaded
            for asset in loaded:
                if asset.startswith("/style/"):
                    assert self.client.get(asset).status_code == 200, asset
                    continue
                assert asset.startswith("/static/"), (address, asset)
                assert finders.find(asset.removeprefix("/static/")), asset

    def test_no_form_of_the_public_carries_a_token(self) -> None:
        for address, response in self.answers().items():
            assert b"csrfmiddlewaretoken" not in response.getvalue(), address

    def test_a_head_request_gets_the_head(self) -> None:
        for address, response in self.answers().items():
            head = self.client.head(address)
            assert head.status_code == response.status_code, address
            assert head.getvalue() == b"", address

    def test_only_reading_is_served(self) -> None:
        for address in ADDRESSES:
            for method in ("post", "put", "delete", "patch"):
                response = getattr(self.client, method)(address)
                assert response.status_code == 405, (address, method)


class StaffDoorTests(PortalTestCase):
    def test_who_has_to_sign_in_for_a_file_comes_to_the_one_sign_in_page(self) -> None:
        response = self.client.get("/_util/login/?next=/documents/1/a.pdf")
        assert response.status_code == 302
        assert response.headers["Location"] == "/cms/login/?next=/documents/1/a.pdf"


class CrawlerTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = publish(make_topic(), cls.ana, cls.ben)
        make_topic("A draft")

    def test_robots_are_sent_to_the_sitemap_and_kept_from_the_rest(self) -> None:
        response = self.client.get("/robots.txt")
        assert response.headers["Content-Type"].startswith("text/plain")
        said = response.content.decode().splitlines()
        assert "Disallow: /cms/" in said
        assert "Disallow: /search/" in said
        assert "Sitemap: http://testserver/sitemap.xml" in said

    def test_the_sitemap_names_what_is_published_and_when_it_changed(self) -> None:
        response = self.client.get("/sitemap.xml")
        said = response.getvalue().decode()
        day = f"{self.topic.last_published_at:%Y-%m-%d}"
        assert (
            "<url><loc>http://testserver/topics/muscle-cramps/</loc>"
            f"<lastmod>{day}</lastmod></url>" in said
        )
        for address in ("/", "/topics/", "/tags/", "/body/", "/a-to-z/", "/feeds/"):
            assert f"<loc>http://testserver{address}</loc>" in said
        assert "a-draft" not in said

    def test_everything_in_the_sitemap_can_be_read(self) -> None:
        said = self.client.get("/sitemap.xml").getvalue().decode()
        addresses = re.findall(r"<loc>http://testserver([^<]*)</loc>", said)
        assert len(addresses) == len(set(addresses))
        for address in addresses:
            assert self.client.get(address).status_code == 200, address
