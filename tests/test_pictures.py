"""The picture that other sites show when somebody shares a page."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.cache import cache
from PIL import Image, ImageFont

from education.colors import ACCENT
from education.look import drawing
from education.look.drawing import draw, wrapped
from education.models import ClinicalPage, SiteAppearance
from tests.factories import PortalTestCase, make_question, make_topic

MOST_BYTES = 100_000
SPANISH = "¿Qué hacer con los calambres, según el señor Núñez?"


class PictureTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.page = make_question(live=True)
        cls.address = f"{cls.page.address}picture.png"

    def setUp(self) -> None:
        cache.clear()

    def test_it_has_the_size_that_other_sites_ask_for(self) -> None:
        response = self.client.get(self.address)
        assert response.headers["Content-Type"] == "image/png"
        with Image.open(BytesIO(response.content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630))

    def test_other_sites_may_show_it_as_it_is_now(self) -> None:
        response = self.client.get(self.address)
        etag = response.headers["ETag"]
        again = self.client.get(self.address, headers={"if-none-match": etag})
        for answer in (response, again):
            assert answer.headers["Cache-Control"] == (
                "public, max-age=0, must-revalidate"
            )
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"

    def test_pages_that_the_public_may_not_read_have_none(self) -> None:
        draft = make_topic("A draft")
        for address in (draft.address, "/topics/nothing/", "/questions/a-draft/"):
            response = self.client.get(f"{address}picture.png")
            assert response.status_code == 404, address
            assert b"A draft" not in response.content

    def test_who_has_it_already_gets_nothing_until_it_changes(self) -> None:
        etag = self.client.get(self.address).headers["ETag"]
        again = self.client.get(self.address, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        for change in (
            lambda: ClinicalPage.objects.update(title="What is a spasm?"),
            lambda: SiteAppearance.objects.update(name="Riverside Health"),
            lambda: SiteAppearance.objects.update(accent="#005eb8"),
        ):
            change()
            changed = self.client.get(self.address, headers={"if-none-match": etag})
            assert changed.status_code == 200
            assert changed.headers["ETag"] != etag
            etag = changed.headers["ETag"]

    def test_it_is_drawn_once(self) -> None:
        first = self.client.get(self.address).content
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drawing, "_draw_title", None)
            assert self.client.get(self.address).content == first


class TestDrawing:
    def test_line_ends_and_what_cannot_be_shown_break_nothing(self) -> None:
        odd = "A\nsite\r\nof\tours\x07\x00\u2028\ud800"
        assert draw("Question", odd, odd, ACCENT) == draw(
            "Question", "A site of ours", "A site of ours", ACCENT
        )

    @pytest.mark.parametrize(
        "title", ["Ibuprofen", SPANISH, "Very long words " * 16, "W" * 255, "", "  "]
    )
    def test_any_title_makes_a_small_picture(self, title: str) -> None:
        drawn = draw("Question", title, "A site of a long name " * 5, ACCENT)
        assert len(drawn) < MOST_BYTES

    def test_accents_are_drawn_and_not_left_as_boxes(self) -> None:
        letters = ImageFont.truetype(drawing.font.HankenGroteskBold, 40)
        box = bytes(letters.getmask("\ufffe"))
        for letter in "áéíóúüñÁÉÍÓÚÜÑ¿¡“”’–…":
            assert bytes(letters.getmask(letter)) not in (box, b""), letter

    def test_no_line_is_wider_than_the_picture(self) -> None:
        letters = ImageFont.truetype(drawing.font.HankenGroteskBold, 84)
        lines = wrapped(f"{SPANISH} {'W' * 60}", letters, 1040)
        assert all(letters.getlength(line) <= 1040 for line in lines)
        assert "".join(lines).replace(" ", "").startswith("¿Quéhacer")
