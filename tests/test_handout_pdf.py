"""Handouts as PDF files: marked for screen readers, short, and never a burden."""

from __future__ import annotations

import os
import re
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.templatetags.static import static

from education.demonstration import read_demonstration
from education.demonstration.building import build_page, relate
from education.demonstration.documents import PageDocument
from education.handouts import pdf
from education.handouts.pdf import Wish, as_pdf
from education.handouts.views import MOST_IN_FILE, STYLES
from education.models import ClinicalPage, DemonstrationItem
from education.vocabulary import Kind
from tests.factories import (
    PortalTestCase,
    make_medicine,
    make_topic,
    section,
)

try:
    from education.handouts import press
except (ImportError, OSError):  # not installed, or without Pango
    press = None

needs_weasyprint = pytest.mark.skipif(
    press is None, reason="WeasyPrint or Pango is not installed here."
)
HOST = "http://testserver/"
A4, LETTER = (595.28, 841.89), (612, 792)


def unpacked(file: bytes) -> str:
    """All that a PDF file says of itself, its compressed parts too."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file, re.S)
    texts = [file]
    for stream in streams:
        try:
            texts.append(zlib.decompress(stream))
        except zlib.error:
            texts.append(stream)
    return b"\n".join(texts).decode("latin-1")


def styles() -> dict[str, str]:
    addresses = [static(name) for name in STYLES]
    return {address: pdf.style(address) for address in addresses}


def wish(html: str, asked_by: str = "203.0.113.5", **more: Any) -> Wish:
    return Wish(html, HOST, (), asked_by, **more)


class PdfTestCase(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = cls.publish(cls, make_topic("Leg cramps"))
        cls.view = f"{cls.page.address}handout/"
        cls.file = f"{cls.page.address}handout.pdf"

    def setUp(self) -> None:
        cache.clear()


@needs_weasyprint
class FileTests(PdfTestCase):
    def setUp(self) -> None:
        super().setUp()
        # A computer that runs all tests at once may be slow.
        patience = mock.patch.object(pdf, "DEADLINE", 120)
        patience.start()
        self.addCleanup(patience.stop)

    def get(self, query: str = "") -> HttpResponse:
        response = self.client.get(self.file + query)
        assert response.status_code == 200
        return response

    def test_it_is_a_file_with_a_name_that_search_engines_leave_alone(self) -> None:
        response = self.get("?paper=letter&size=large")
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == (
            'inline; filename="leg-cramps-letter-large.pdf"'
        )
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Link"] == (
            '<http://testserver/topics/leg-cramps/>; rel="canonical"'
        )
        assert response.content.startswith(b"%PDF-")
        assert response.cookies == {}

    def test_it_carries_the_marks_of_a_file_that_can_be_read_aloud(self) -> None:
        said = unpacked(self.get().content)
        for mark in (
            "/MarkInfo",
            "/StructTreeRoot",
            "/Lang (en)",
            "/DisplayDocTitle true",
            "pdfuaid",
            "Leg cramps | Handout",
        ):
            assert mark in said, mark

    def test_every_drawing_has_words(self) -> None:
        said = unpacked(self.get().content)
        figures = len(re.findall(r"/S /Figure", said))
        assert figures
        assert len(re.findall(r"/Alt ", said)) == figures
        assert "QR code for testserver/v/" in said

    def test_it_is_on_the_paper_that_was_asked_for(self) -> None:
        for query, (width, height) in (("", A4), ("?paper=letter", LETTER)):
            said = unpacked(self.get(query).content)
            (box,) = set(re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", said))
            assert float(box[0]) == pytest.approx(width, abs=0.5)
            assert float(box[1]) == pytest.approx(height, abs=0.5)

    def test_it_is_made_once_and_anew_when_the_words_change(self) -> None:
        with mock.patch.object(pdf, "_made", wraps=pdf._made) as made:
            first = self.get()
            assert self.get().content == first.content
            assert made.call_count == 1
            self.get("?size=large")
            DemonstrationItem.objects.note(self.page)
            self.get()
            assert made.call_count == 3

    def test_a_failure_leads_to_the_print_view_and_blocks_nobody(self) -> None:
        with (
            mock.patch.object(pdf, "_made", side_effect=OSError("no font")),
            self.assertLogs("education.handouts.pdf", "ERROR"),
        ):
            assert self.client.get(self.file).status_code == 302
        self.get()

    def test_neither_a_cache_nor_styles_that_are_away_break_it(self) -> None:
        for away in (
            mock.patch.object(pdf.cache, "get", side_effect=ConnectionError),
            mock.patch.object(pdf, "style", side_effect=ValueError),
        ):
            with away, self.assertLogs("education.handouts.pdf", "ERROR"):
                response = self.client.get(self.file)
            assert response.status_code == 302

    def test_several_pages_are_one_file(self) -> None:
        other = self.publish(make_medicine())
        query = f"?p=topics/leg-cramps&p={other.address.strip('/')}"
        response = self.client.get(f"/handouts/handout.pdf{query}")
        assert response["Content-Type"] == "application/pdf"
        pages = re.findall(r"/Type /Page\b", unpacked(response.content))
        assert len(pages) >= 3
        bad = self.client.get(f"/handouts/handout.pdf{query}&p=topics/nothing")
        assert bad.status_code == 302
        assert bad["Location"] == f"/handouts/{query}&p=topics/nothing"


class BoundedTests(PdfTestCase):
    """Nobody, whatever he or she asks for, keeps the portal from other readers."""

    def setUp(self) -> None:
        super().setUp()
        for patch in (
            mock.patch.object(pdf, "version", return_value="1"),
            time_machine.travel("2026-06-30T12:00:00Z", tick=False),
        ):
            patch.__enter__()
            self.addCleanup(patch.__exit__, None, None, None)

    def made(self, **kind: Any) -> Any:
        return mock.patch.object(pdf, "_made", **(kind or {"return_value": b"%PDF-"}))

    def test_what_is_kept_is_bounded(self) -> None:
        kept = set()
        with (
            self.made(),
            mock.patch.object(pdf.cache, "set", lambda key, *_: kept.add(key)),
        ):
            for number in range(300):
                as_pdf(wish(f"<p>{number}", str(number), is_bundle=number % 2 == 0))
        assert len(kept) <= pdf.PLACES + pdf.PLACES_OF_BUNDLES
        bundles = {place for place in kept if "bundle" in place}
        assert len(bundles) <= pdf.PLACES_OF_BUNDLES
        with self.made(return_value=b"x" * 2_000_000):
            as_pdf(wish("<p>big"))
        with self.made(return_value=b"anew"):
            assert as_pdf(wish("<p>big")) == b"anew"

    def test_who_asks_while_another_is_made_does_not_wait(self) -> None:
        with self.made() as made, pdf._at_the_press() as ours:
            assert ours
            response = self.client.get(f"{self.file}?size=large")
        assert not made.called
        assert response.status_code == 302
        assert response["Location"] == f"{self.view}?size=large&pdf=no"
        said = self.client.get(response["Location"]).content.decode()
        assert "could not make a PDF" in said
        with pdf._at_the_press() as ours:
            assert ours

    def test_a_few_are_made_for_each_address_within_a_minute(self) -> None:
        with self.made() as made:
            for number in range(pdf.MOST_MADE):
                assert as_pdf(wish(f"<p>{number}"))
            assert as_pdf(wish("<p>one more")) is None
            assert as_pdf(wish("<p>0")), "what is there already is for everybody"
            assert as_pdf(wish("<p>one more", "203.0.113.6"))
            assert made.call_count == pdf.MOST_MADE + 1
            with time_machine.travel("2026-06-30T12:01:00Z", tick=False):
                assert as_pdf(wish("<p>two more"))

    def test_what_counts_is_where_the_request_comes_from(self) -> None:
        with self.made():
            for number in range(pdf.MOST_MADE):
                as_pdf(wish(f"<p>{number}"))
            for address, status in (("203.0.113.5", 302), ("203.0.113.6", 200)):
                response = self.client.get(self.file, REMOTE_ADDR=address)
                assert response.status_code == status

    def test_what_takes_too_long_is_ended(self) -> None:
        with TemporaryDirectory() as folder:
            slow = Path(folder) / "slow.py"
            slow.write_text("import time\ntime.sleep(60)\n")
            with (
                mock.patch.object(pdf, "PRESS", slow),
                mock.patch.object(pdf, "DEADLINE", 0.5),
                self.assertLogs("education.handouts.pdf", "ERROR") as logs,
            ):
                began = monotonic()
                assert as_pdf(wish("<p>")) is None
                assert monotonic() - began < 20
        assert "TimeoutExpired" in str(logs.output)

    def test_a_press_that_breaks_down_is_told_in_the_log(self) -> None:
        with TemporaryDirectory() as folder:
            broken = Path(folder) / "broken.py"
            broken.write_text("raise OSError('no Pango')\n")
            with (
                mock.patch.object(pdf, "PRESS", broken),
                self.assertLogs("education.handouts.pdf", "ERROR") as logs,
            ):
                assert as_pdf(wish("<p>")) is None
        assert "no Pango" in str(logs.output)

    def test_the_press_learns_no_password_of_ours(self) -> None:
        with TemporaryDirectory() as folder:
            telling = Path(folder) / "telling.py"
            telling.write_text("import os\nprint('%PDF-', dict(os.environ))\n")
            with (
                mock.patch.object(pdf, "PRESS", telling),
                mock.patch.dict(os.environ, {"SECRET_KEY": "hidden"}),
            ):
                said = as_pdf(wish("<p>"))
        assert said
        assert b"hidden" not in said

    def test_many_pages_are_printed_and_not_made_into_a_file(self) -> None:
        names = [self.page.address.strip("/")]
        for number in range(MOST_IN_FILE):
            page = make_topic(f"Cramps, part {number}", live=True)
            names.append(page.address.strip("/"))
        query = "&".join(f"p={name}" for name in names)
        with self.made() as made:
            response = self.client.get(f"/handouts/handout.pdf?{query}")
            assert response["Location"] == f"/handouts/?{query}&pdf=long"
            said = self.client.get(response["Location"]).content.decode()
            assert "A PDF file holds at most 4 pages." in said
            assert not made.called
            fewer = query.rpartition("&")[0]
            assert self.client.get(f"/handouts/handout.pdf?{fewer}").content


@needs_weasyprint
class FetchingTests(PdfTestCase):
    def test_only_style_sheets_of_our_own_are_fetched(self) -> None:
        fetcher = press.OwnStyles(styles())
        here = "http://testserver/static"
        assert b"@page" in fetcher.fetch(f"{here}/education/handout.css").read()
        for address in (
            "http://evil.example/style.css",
            "file:///etc/passwd",
            "file:///static/education/handout.css",
            "data:text/css,p{}",
            "http://testserver/",
            f"{here}/education/icon.svg",
            f"{here}/education/nothing.css",
            f"{here}/../../manage.css",
            f"{here}/%2e%2e/portal/settings/base.css",
        ):
            with pytest.raises(ValueError, match="style sheet"):
                fetcher.fetch(address)

    def test_what_an_author_wrote_opens_no_connection(self) -> None:
        html = (
            '<img src="http://127.0.0.1:9/a.png"><link rel="stylesheet" '
            'href="http://127.0.0.1:9/a.css"><style>@import "http://127.0.0.1:9/b"'
            "</style><object data='http://127.0.0.1:9/c'></object>words"
        )
        with mock.patch("socket.socket.connect", side_effect=AssertionError):
            assert press.pdf(html, HOST, {})


class WithoutWeasyPrintTests(PdfTestCase):
    def test_the_print_view_takes_its_place_with_a_sentence(self) -> None:
        with mock.patch.object(pdf, "version", return_value=""):
            response = self.client.get(f"{self.file}?paper=letter")
            assert response.status_code == 302
            assert response["Location"] == f"{self.view}?paper=letter&pdf=no"
            bundle = self.client.get("/handouts/handout.pdf?p=topics/leg-cramps")
            assert bundle["Location"] == "/handouts/?p=topics/leg-cramps&pdf=no"
        said = self.client.get(response["Location"]).content.decode()
        assert "We could not make a PDF file" in said

    def test_a_page_that_is_not_there_has_no_file_either(self) -> None:
        assert self.client.get("/topics/nothing/handout.pdf").status_code == 404
        draft = make_topic("A draft")
        assert self.client.get(f"{draft.address}handout.pdf").status_code == 404


def words_of(document: PageDocument) -> int:
    return len(str((document.summary, document.care_cards, document.parts)))


def named_by(document: PageDocument) -> set[str]:
    return {slug for slugs in document.links.values() for slug in slugs}


def put(document: PageDocument, known: dict[str, ClinicalPage]) -> Any:
    """A draft of the page that names, of the pages that it names, those known."""
    page = build_page(document)
    section(document.kind).add_child(instance=page)
    links = {
        name: tuple(slug for slug in slugs if slug in known)
        for name, slugs in document.links.items()
    }
    relate(page, replace(document, links=links), lambda kind, slug: known[slug])
    page.save()
    return page


@needs_weasyprint
class LongestPagesTests(PortalTestCase):
    """The longest topic and medicine of the demonstration, with their questions."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        documents = read_demonstration().pages
        known: dict[str, ClinicalPage] = {}
        for kind in (Kind.TOPIC, Kind.MEDICINE):
            of_kind = [document for document in documents if document.kind == kind]
            longest = max(of_kind, key=words_of)
            page = cls.publish(cls, put(longest, known))
            DemonstrationItem.objects.note(page)
            known[longest.slug] = page
        cls.longest = list(known.values())
        for document in documents:
            if document.kind == Kind.QUESTION and set(known) & named_by(document):
                question = put(document, known)
                type(question).objects.filter(pk=question.pk).update(live=True)

    def layout(self, page: ClinicalPage, query: str = "") -> Any:
        html = self.client.get(f"{page.address}handout/{query}").content.decode()
        return press.document(html, HOST, styles()).render()

    def test_they_fit_on_four_sides_of_a4(self) -> None:
        sides = {page.title: len(self.layout(page).pages) for page in self.longest}
        assert {title: n for title, n in sides.items() if n > 4} == {}

    def test_no_care_card_is_split(self) -> None:
        for page in self.longest:
            for query in ("", "?paper=letter", "?size=large"):
                cards = Counter(
                    box.element
                    for side in self.layout(page, query).pages
                    for box in side._page_box.descendants()
                    if getattr(box, "element", None) is not None
                    and box.element.get("class") == "care-card"
                    and not box.element_tag.endswith(("before", "after"))
                )
                assert len(cards) >= 3
                assert set(cards.values()) == {1}, (page.title, query)
