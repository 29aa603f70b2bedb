"""Site settings: a health system's own name, logo, color, numbers and words."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageFile
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from education.logos import NotALogo, logo_png
from education.models import SiteAppearance
from tests.factories import PortalTestCase, make_topic

USUAL = "In an emergency, call 911 or your local emergency number."


def picture(form: str = "PNG", size: tuple[int, int] = (900, 300)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#005eb8").save(written, form)
    return written.getvalue()


def uploaded(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class AppearanceTestCase(PortalTestCase):
    def settings_address(self) -> str:
        row = SiteAppearance.objects.get()
        return reverse(
            "wagtailsettings:edit", args=["education", "siteappearance", row.pk]
        )

    def save(self, **changes: object) -> str:
        """What the settings page says after these were sent."""
        numbers = changes.pop("numbers", [])
        form = {
            "name": "",
            "logo_description": "",
            "accent": "",
            "footer_text": "",
            "contact": "",
            "emergency_numbers": streamfield([("number", each) for each in numbers]),
        }
        sent = nested_form_data(form | changes)
        response = self.client.post(self.settings_address(), sent, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    def home(self) -> str:
        return self.client.get("/").content.decode()


class KeepingTests(AppearanceTestCase):
    def test_leads_and_administrators_keep_it(self) -> None:
        for person, status in (
            (self.lea, 200),
            (self.sam, 200),
            (self.ana, 302),
            (self.ben, 302),
            (self.vera, 302),
        ):
            self.sign_in(person)
            response = self.client.get(self.settings_address())
            assert response.status_code == status, person

    def test_what_a_lead_saves_is_on_every_page_at_once_and_logged(self) -> None:
        page = self.publish(make_topic())
        self.sign_in(self.lea)
        self.save(
            name="Riverside Health",
            footer_text="Ask us.",
            numbers=[
                {"label": "Ambulance", "number": "112", "for_whom": ""},
                {"label": "Poison help", "number": "1-800-222-1222", "for_whom": ""},
            ],
        )
        for address in ("/", page.address, "/search/", "/search/?q=zebra"):
            said = self.client.get(address).content.decode()
            assert "Riverside Health" in said, address
            assert "call 112 or your local emergency number." in said, address
            assert "911" not in said, address
            assert 'href="tel:18002221222"' in said
            assert "Ask us." in said
        for address in (f"{page.address}handout/", "/about/", "/no/such/page/"):
            said = self.client.get(address).content.decode()
            assert "call 112 or your local emergency number." in said, address
            assert "911" not in said, address
        entry = ModelLogEntry.objects.for_instance(SiteAppearance.objects.get()).get()
        assert (entry.action, entry.user) == ("wagtail.edit", self.lea)

    def test_error_pages_say_what_was_read_last(self) -> None:
        assert USUAL in render_to_string("500.html")
        self.sign_in(self.lea)
        self.save(numbers=[{"label": "Ambulance", "number": "112", "for_whom": ""}])
        self.home()
        with self.assertNumQueries(0):
            last_resort = render_to_string("500.html")
            missing = self.client.get("/no/such/page/here/").content.decode()
        for said in (last_resort, missing):
            assert "call 112 or" in said
            assert "911" not in said

    def test_an_unchanged_site_says_what_it_always_said(self) -> None:
        with self.settings(SITE_NAME="Portal of an operator"):
            said = self.home()
        assert "Portal of an operator" in said
        assert USUAL in said
        assert "They do not replace the advice" in said

    def test_a_portal_whose_row_is_gone_still_answers(self) -> None:
        SiteAppearance.objects.all().delete()
        assert USUAL in self.home()

    def test_there_are_at_most_three_numbers_and_all_can_be_called(self) -> None:
        self.sign_in(self.lea)
        number = {"label": "Help", "number": "112", "for_whom": ""}
        self.save(numbers=[number] * 4)
        self.save(numbers=[number | {"number": "call us"}])
        assert not SiteAppearance.objects.get().emergency_numbers


class NameTests(AppearanceTestCase):
    def test_a_name_is_one_line_of_what_can_be_shown(self) -> None:
        appearance = SiteAppearance(name=" Riverside\r\nHealth\u2028of\x07\tall\x1e ")
        appearance.clean()
        assert appearance.name == "Riverside Health of all"


class AccentTests(AppearanceTestCase):
    def refused(self, accent: str) -> str:
        with pytest.raises(ValidationError) as problem:
            SiteAppearance(accent=accent).full_clean()
        return " ".join(problem.value.message_dict["accent"])

    def test_a_color_that_cannot_be_read_is_refused_with_one_that_can(self) -> None:
        said = self.refused("#ff6600")
        assert "White text on it has a contrast of 2.93 to 1" in said
        assert "2.76 to 1. " in said
        assert "at least 4.5 to 1" in said
        offered = said.rstrip(".").split()[-1]
        SiteAppearance(accent=offered).full_clean()

    def test_what_is_no_color_is_refused(self) -> None:
        for accent in ("blue", "#fff", "#12345g", "red}a{"):
            assert "six digits or letters" in self.refused(accent)

    def test_the_form_says_so_too_and_keeps_nothing(self) -> None:
        self.sign_in(self.lea)
        assert "nearest color that can be read" in self.save(accent="#ffff00")
        assert SiteAppearance.objects.get().accent == ""

    def test_capital_letters_are_fine(self) -> None:
        self.sign_in(self.lea)
        self.save(accent="#005EB8")
        assert SiteAppearance.objects.get().accent == "#005eb8"


class LogoTests(AppearanceTestCase):
    def upload(self, content: bytes, **changes: object) -> str:
        self.sign_in(self.lea)
        return self.save(logo=uploaded(content), **changes)

    def address(self) -> str:
        return SiteAppearance.objects.get().logo_address

    def test_it_stands_in_the_header_and_only_it_is_public(self) -> None:
        self.upload(picture("JPEG"), logo_description="Riverside", logo_holds_name="on")
        self.client.logout()
        said = self.home()
        assert (
            f'src="{self.address()}" alt="Riverside" width="480" height="160"' in said
        )
        response = self.client.get(self.address())
        assert response.headers["Content-Type"] == "image/png"
        assert "immutable" in response.headers["Cache-Control"]
        with Image.open(BytesIO(response.content)) as drawn:
            assert drawn.size == (480, 160)
        assert self.client.get("/media/look/any.png").status_code == 404

    def test_a_name_that_the_logo_does_not_hold_stands_beside_it(self) -> None:
        self.upload(picture(), name="Riverside Health")
        assert "\n    Riverside Health\n" in self.home()

    def test_an_older_address_leads_to_the_logo_of_today_for_a_while(self) -> None:
        self.upload(picture())
        before = self.address()
        self.upload(picture(size=(300, 300)))
        assert self.address() != before
        response = self.client.get(before)
        assert response.headers["Cache-Control"] == "public, max-age=300"
        etag = response.headers["ETag"]
        again = self.client.get(before, headers={"if-none-match": etag})
        assert again.status_code == 304

    def test_it_can_be_taken_away_again(self) -> None:
        self.upload(picture())
        before = self.address()
        self.save(**{"logo-clear": "on"})
        assert self.address() == ""
        assert self.client.get(before).status_code == 404

    def test_other_settings_leave_it_alone(self) -> None:
        self.upload(picture())
        before = self.address()
        self.save(name="Riverside Health")
        assert self.address() == before
        assert self.client.get(before).status_code == 200

    def test_what_is_no_picture_is_refused_in_a_sentence(self) -> None:
        for content in (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"",
            picture("GIF"),
            picture("TIFF"),
            picture()[:60],
        ):
            with pytest.raises(NotALogo, match="PNG, JPEG or WebP"):
                logo_png(BytesIO(content), len(content))
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        assert "PNG, JPEG or WebP picture" in self.upload(svg)
        assert self.address() == ""

    def test_what_is_too_large_is_refused(self) -> None:
        with pytest.raises(NotALogo, match="larger than 1 MB"):
            logo_png(BytesIO(b""), 1024 * 1024 + 1)
        bomb = picture(size=(4001, 10))
        with pytest.raises(NotALogo, match="4000 pixels"):
            logo_png(BytesIO(bomb), len(bomb))
        # Only a head that says so: Pillow itself refuses to open it.
        head = struct.pack(">4sIIBBBBB", b"IHDR", 20_000, 20_000, 8, 2, 0, 0, 0)
        said = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head
        bomb = said + struct.pack(">I", zlib.crc32(head)) + picture()[33:]
        assert "more than 4000 pixels wide" in self.upload(bomb)
        assert self.address() == ""

    def test_a_file_that_breaks_the_reading_is_refused_too(self) -> None:
        for error in (zlib.error, EOFError, MemoryError, OverflowError):
            with (
                patch.object(Image, "open", side_effect=error),
                pytest.raises(NotALogo, match="PNG, JPEG or WebP"),
            ):
                logo_png(BytesIO(b"x"), 1)

    def test_half_a_picture_is_refused_whatever_others_allow(self) -> None:
        half = picture()[:60]
        with (
            patch.object(ImageFile, "LOAD_TRUNCATED_IMAGES", True),
            pytest.raises(NotALogo, match="PNG, JPEG or WebP"),
        ):
            logo_png(BytesIO(half), len(half))

    def test_no_empty_room_stands_around_it(self) -> None:
        written = BytesIO()
        drawn = Image.new("RGBA", (300, 300))
        drawn.paste("#005eb8", (100, 100, 200, 140))
        drawn.save(written, "PNG")
        with Image.open(BytesIO(logo_png(written, 100))) as cut:
            assert cut.size == (100, 40)
        empty = BytesIO()
        Image.new("RGBA", (30, 30)).save(empty, "PNG")
        with pytest.raises(NotALogo, match="nothing in it can be seen"):
            logo_png(empty, 100)

    def test_the_form_leads_to_the_logo_that_is_there(self) -> None:
        said = self.upload(picture())
        assert f'href="{self.address()}"' in said

    def test_nothing_else_in_the_file_goes_with_it(self) -> None:
        written = BytesIO()
        Image.new("RGB", (50, 20)).save(written, "JPEG", comment=b"where it was taken")
        content = written.getvalue() + b"<script>"
        drawn = logo_png(BytesIO(content), len(content))
        assert b"taken" not in drawn
        assert b"script" not in drawn


class StatementTests(AppearanceTestCase):
    def test_it_is_read_once_together_with_the_demonstration(self) -> None:
        for address in ("/", "/tags/", "/search/", "/search/?q=zebra"):
            with CaptureQueriesContext(connection) as asked:
                self.client.get(address)
            table = SiteAppearance._meta.db_table
            reading = [one["sql"] for one in asked if table in one["sql"]]
            assert len(reading) == 1, address
            alone = [
                one["sql"]
                for one in asked
                if "demonstrationitem" in one["sql"] and one["sql"] not in reading
            ]
            assert alone == [], address
            assert "demonstrationitem" in reading[0]
