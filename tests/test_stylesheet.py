"""The public stylesheet: one address, kept for ever until something in it changes."""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.test import override_settings

from education import stylesheet as joining
from education.models import SiteAppearance
from education.stylesheet import PARTS, PRINT_PARTS, stylesheet
from tests.factories import PortalTestCase

MOST_BYTES = 20_000
BLUE = "#005eb8"
#: Handouts on paper have a style of their own.
OF_SHEETS = {"handout", "handout-parts", "handout-screen"}


def paint(accent: str) -> None:
    SiteAppearance.objects.update(accent=accent)


class StylesheetTests(PortalTestCase):
    def address(self) -> str:
        said = self.client.get("/").content.decode()
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)"', said)
        assert len(sheets) == 1
        return sheets[0]

    def test_every_page_names_one_address_that_may_be_kept_for_ever(self) -> None:
        response = self.client.get(self.address())
        assert response.headers["Content-Type"] == "text/css; charset=utf-8"
        assert response.headers["Cache-Control"].endswith("max-age=31536000, immutable")
        assert response.cookies == {}

    def test_a_browser_that_unpacks_gets_it_packed(self) -> None:
        plain = self.client.get(self.address())
        packed = self.client.get(self.address(), headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        for response in (plain, packed):
            assert response.headers["Vary"] == "Accept-Encoding"

    def test_who_has_it_already_gets_nothing(self) -> None:
        etag = self.client.get(self.address()).headers["ETag"]
        again = self.client.get(self.address(), headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag

    def test_a_new_accent_has_a_new_address(self) -> None:
        before = self.address()
        paint(BLUE)
        after = self.address()
        assert before != after
        assert f"--color-link: {BLUE}" in self.client.get(after).content.decode()

    def test_a_page_that_was_kept_gets_the_current_style_for_a_while(self) -> None:
        before = self.address()
        paint(BLUE)
        for address in (before, "/style/current.css", "/style/nonsense.css"):
            response = self.client.get(address)
            assert BLUE in response.content.decode(), address
            assert response.headers["Cache-Control"] == "public, max-age=300"

    def test_error_pages_are_styled_without_asking_the_database(self) -> None:
        with self.assertNumQueries(0):
            said = self.client.get("/no/such/page/here/").content.decode()
        assert 'href="/style/current.css"' in said

    def test_a_database_that_is_away_leaves_our_own_colors(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                SiteAppearance.objects, "with_demonstration", _raise_database_error
            )
            response = self.client.get("/style/current.css")
        assert response.status_code == 200
        assert BLUE not in response.content.decode()


def _raise_database_error() -> None:
    raise DatabaseError


class TestParts:
    def test_are_small_all_together(self) -> None:
        assert len(stylesheet(BLUE).zipped) <= MOST_BYTES

    def test_are_all_there_and_each_file_of_the_public_is_one(self) -> None:
        folder = Path(finders.find("education/tokens.css")).parent
        files = {path.stem for path in folder.glob("*.css")}
        assert files - OF_SHEETS == {*PARTS, *PRINT_PARTS}

    def test_name_no_other_file(self) -> None:
        """An address in them would be read from /style/, where nothing is."""
        said = stylesheet("").text.decode()
        assert not re.search(r"url\(|@import", said)

    def test_paper_keeps_its_own_colors(self) -> None:
        said = stylesheet(BLUE).text.decode()
        assert "@layer print" in said.split("@media print {")[1]
        order = re.search(r"@layer ([\w, ]+);", said)[1].split(", ")
        assert order.index("tokens") < order.index("print")
        assert said.rindex("@layer tokens {") > said.index("@layer print {")

    def test_one_that_is_missing_breaks_nothing(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(joining, "PARTS", ("tokens", "lost"))
        joining._joined.cache_clear()
        try:
            assert b"--color-paper" in stylesheet("").text
        finally:
            joining._joined.cache_clear()
        assert "A stylesheet is missing: lost" in caplog.text

    def test_are_read_anew_while_somebody_works_on_them(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        part = tmp_path / "part.css"
        monkeypatch.setattr(joining, "PARTS", ("part",))
        monkeypatch.setattr(joining, "_path", lambda name: part)
        with override_settings(DEBUG=True):
            part.write_text("p { color: red; }")
            assert b"red" in stylesheet("").text
            part.write_text("p { color: green; }")
            os.utime(part, ns=(1, 1))
            assert b"green" in stylesheet("").text
        joining._joined.cache_clear()
