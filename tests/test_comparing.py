"""Medicines side by side: the approved words, whole, and nothing that is not public."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from education.models import (
    ClinicalPage,
    MedicationPage,
    MedicationUse,
    ReviewSchedule,
    SearchDocument,
    TaggedPage,
)
from education.models.approval import content_hash, same_words
from education.models.differences import differences
from education.search.documents import documents_of
from education.vocabulary import TagGroup
from tests.factories import PortalTestCase, make_medicine, make_tag, make_topic

ADDRESS = "/medicines/compare/"
NAMES = ("Aspirin", "Ibuprofen", "Ketoprofen", "Naproxen", "Tolmetin")


class CompareTestCase(PortalTestCase):
    """Five medicines of one kind are published."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.topic = make_topic("Sore backs", live=True)
        cls.kind = make_tag("NSAIDs", TagGroup.MEDICINE_CLASS)
        for name in NAMES:
            page = make_medicine(name, live=True, uses=f"<p>For {name} pain.</p>")
            TaggedPage.objects.create(tag=cls.kind, content_object=page)
            MedicationUse.objects.create(page=page, topic=cls.topic)

    def page(self, name: str) -> MedicationPage:
        return MedicationPage.objects.get(title=name)

    def say(self, name: str, **fields: Any) -> None:
        MedicationPage.objects.filter(title=name).update(**fields)

    def ask(self, query: str) -> HttpResponse:
        return self.client.get(f"{ADDRESS}{query}")

    def compare(self, *names: str) -> str:
        query = "&".join(f"m={name.lower()}" for name in names)
        response = self.ask(f"?{query}")
        assert response.status_code == 200
        return response.content.decode()

    def rows(self, *names: str) -> dict[str, str]:
        """The words of each row without its markup, by its heading."""
        found = {}
        for row in self.compare(*names).split("<tr data-mark")[1:]:
            words = re.sub(r"<[^>]*>", " ", row.split(">", 1)[1].split("</tr>")[0])
            lines = [" ".join(line.split()) for line in words.splitlines()]
            heading, *rest = [line for line in lines if line]
            found[heading] = " | ".join(rest)
        return found


class ComparisonTests(CompareTestCase):
    def test_a_mark_that_does_not_show_shifts_no_text(self) -> None:
        self.say("Ibuprofen", uses="<p>For sore\x1e backs.</p>", driving="\x1e")
        said = self.compare("Ibuprofen", "Naproxen")
        assert "<p>For sore backs.</p>" in said
        assert "<p>For Naproxen pain.</p>" in said

    def test_the_approved_words_stand_whole_beside_each_other(self) -> None:
        words = "<p>Do not take it if you:</p><ul><li>are <b>allergic</b></li></ul>"
        self.say("Ibuprofen", who_cannot=words)
        said = self.compare("Ibuprofen", "Naproxen")
        assert words in said
        assert "<p>For Ibuprofen pain.</p>" in said
        assert "<p>For Naproxen pain.</p>" in said

    def test_medicines_stand_in_the_order_in_which_they_were_chosen(self) -> None:
        for names in (("Naproxen", "Aspirin"), ("Aspirin", "Naproxen")):
            head = self.compare(*names).split("<thead>")[1].split("</thead>")[0]
            found = re.findall(r'comparison-medicine".*?>(.*?)<', head)
            assert tuple(found) == names

    def test_what_a_page_does_not_say_is_not_guessed(self) -> None:
        self.say("Ibuprofen", alcohol="It harms the stomach.")
        said = self.rows("Ibuprofen", "Naproxen")["Alcohol"]
        assert said.startswith("Not stated for all | Ibuprofen | It harms the stomach.")
        assert said.endswith("Naproxen | Not stated on this page")

    def test_rows_that_differ_and_rows_that_do_not_say_so(self) -> None:
        self.say("Ibuprofen", longest_use="10 days", drowsiness="No")
        self.say("Naproxen", longest_use="10 days", drowsiness="Yes")
        rows = self.rows("Ibuprofen", "Naproxen")
        assert rows["How long you can take it"].startswith("The same | ")
        assert rows["Can it make you sleepy?"].startswith("Different | ")
        assert rows["Driving and machines"].startswith("Not stated | ")

    def test_looks_make_no_difference(self) -> None:
        self.say("Ibuprofen", driving="<p>Do <b>not</b> drive.</p>")
        self.say("Naproxen", driving="<p>Do not drive.</p>")
        rows = self.rows("Ibuprofen", "Naproxen")
        assert rows["Driving and machines"].startswith("The same | ")

    def test_kinds_and_topics_lead_on(self) -> None:
        said = self.compare("Ibuprofen", "Naproxen")
        assert said.count('<a href="/tags/nsaids/">NSAIDs</a>') == 2
        assert said.count('<a href="/topics/sore-backs/">Sore backs</a>') == 2

    def test_each_cell_leads_to_where_it_stands_on_its_page(self) -> None:
        self.say("Ibuprofen", boxed_warning="<p>It can harm the heart.</p>")
        said = self.compare("Ibuprofen", "Naproxen")
        page = self.client.get("/medicines/ibuprofen/").content.decode()
        anchors = set(re.findall(r'"/medicines/ibuprofen/#(.*?)"', said))
        assert anchors == {"boxed-warning", "facts", "uses"}
        assert all(f'id="{anchor}"' in page for anchor in anchors)

    def test_a_boxed_warning_comes_first_and_is_never_left_out(self) -> None:
        assert "Boxed warning" not in self.rows("Ibuprofen", "Naproxen")
        self.say("Naproxen", boxed_warning="<p>It can harm the heart.</p>")
        rows = self.rows("Ibuprofen", "Naproxen")
        assert next(iter(rows)) == "Boxed warning"
        assert "It can harm the heart." in rows["Boxed warning"]

    def test_it_sends_people_to_a_pharmacist_and_away_from_search_engines(self) -> None:
        said = self.compare("Ibuprofen", "Naproxen")
        assert "Talk to a pharmacist before you change or combine medicines" in said
        assert '<meta name="robots" content="noindex">' in said

    def test_each_medicine_says_when_it_was_reviewed(self) -> None:
        page = self.publish(make_medicine("Zinc"))
        today = timezone.localdate()
        shown = f'Reviewed on <time datetime="{today:%Y-%m-%d}">'
        said = self.compare("Zinc", "Naproxen")
        assert said.count(shown) == 1
        assert "Its next review is late" not in said
        ReviewSchedule.objects.filter(page=page.pk).update(overdue_on=today)
        assert "Its next review is late" in self.compare("Zinc", "Naproxen")

    def test_each_medicine_can_be_removed(self) -> None:
        said = self.compare("Ibuprofen", "Naproxen", "Aspirin")
        assert 'href="?m=ibuprofen&amp;m=aspirin"' in said

    def test_links_in_the_texts_lead_where_the_public_may_read(self) -> None:
        draft = make_topic("Secret")
        for page, name in ((self.topic, "Ibuprofen"), (draft, "Naproxen")):
            link = f'<p><a linktype="page" id="{page.pk}">Read on</a></p>'
            self.say(name, driving=link)
        said = self.compare("Ibuprofen", "Naproxen")
        assert '<a href="/topics/sore-backs/">Read on</a>' in said
        assert "<a>Read on</a>" in said

    def test_it_costs_the_same_whatever_the_number_of_medicines(self) -> None:
        link = f'<p><a linktype="page" id="{self.topic.pk}">Read on</a></p>'
        MedicationPage.objects.update(driving=link, who_cannot=link, children=link)
        for names in (NAMES[:2], NAMES[:4]):
            with CaptureQueriesContext(connection) as statements:
                self.compare(*names)
            assert len(statements) <= 8
        with CaptureQueriesContext(connection) as statements:
            self.ask("?m=ibuprofen&tag=nsaids")
        assert len(statements) <= 8


class ChoosingTests(CompareTestCase):
    def titles(self, response: HttpResponse) -> list[str]:
        return [column.page.title for column in response.context["columns"]]

    def test_without_two_there_is_a_form_to_choose_from(self) -> None:
        for query, sentence, lists in (
            ("", "Choose two medicines to start.", 2),
            ("?m=&m=", "Choose two medicines to start.", 2),
            ("?m=ibuprofen", "Choose one more to compare it with.", 1),
        ):
            response = self.ask(query)
            assert response.status_code == 200
            said = response.content.decode()
            assert sentence in said
            assert said.count("<select") == lists
            assert "<table" not in said

    def test_another_is_added_to_those_that_are_there(self) -> None:
        said = self.compare("Ibuprofen", "Naproxen")
        form = said.split('<form class="compare-picker"')[1].split("</form>")[0]
        for kept in ("ibuprofen", "naproxen"):
            assert f'<input type="hidden" name="m" value="{kept}">' in form
            assert f'<option value="{kept}">' not in form
        assert '<option value="aspirin">Aspirin</option>' in form

    def test_four_are_the_most(self) -> None:
        said = self.compare(*NAMES[:4])
        assert "To add another, remove one first." in said
        assert '<form class="compare-picker"' not in said

    def test_a_fifth_is_left_out_and_that_is_said(self) -> None:
        response = self.ask("?" + "&".join(f"m={name.lower()}" for name in NAMES))
        assert response.status_code == 400
        assert self.titles(response) == list(NAMES[:4])
        self.assertContains(response, "Only 4 medicines fit.", status_code=400)

    def test_one_chosen_twice_is_shown_once_and_that_is_said(self) -> None:
        response = self.ask("?m=ibuprofen&m=ibuprofen&m=naproxen")
        assert response.status_code == 400
        assert self.titles(response) == ["Ibuprofen", "Naproxen"]
        self.assertContains(response, "You chose a medicine twice", status_code=400)

    def test_what_is_no_medicine_gets_a_sentence(self) -> None:
        for wish in ("nonsense", "sore-backs", "a" * 9000, "' OR 1=1", "é"):
            response = self.ask(f"?m=ibuprofen&m={wish}")
            assert response.status_code == 400, wish
            assert self.titles(response) == ["Ibuprofen"], wish
            self.assertContains(response, "is not here", status_code=400)

    def test_what_cannot_be_read_at_all_gets_a_sentence(self) -> None:
        for query in ("?m=%00", "?m=%ff", "?tag=%00", "?m=ibuprofen&m=a%00"):
            response = self.ask(query)
            assert response.status_code == 400, query
            assert "<h1>" in response.content.decode(), query

    def test_a_flood_of_wishes_does_no_harm(self) -> None:
        wishes = "&".join(f"m=no-{number}" for number in range(900))
        response = self.ask(f"?{wishes}&m=ibuprofen")
        assert response.status_code == 400
        assert self.titles(response) == ["Ibuprofen"]

    def test_a_kind_brings_its_first_medicines_by_name(self) -> None:
        response = self.ask("?tag=nsaids")
        assert response.status_code == 200
        assert self.titles(response) == list(NAMES[:4])
        self.assertContains(response, "There are more than 4.")

    def test_a_medicine_with_a_kind_gets_one_beside_it(self) -> None:
        response = self.ask("?m=ibuprofen&tag=nsaids")
        assert self.titles(response) == ["Ibuprofen", "Aspirin"]
        response = self.ask("?m=ibuprofen&m=naproxen&tag=nsaids")
        assert self.titles(response) == ["Ibuprofen", "Naproxen"]

    def test_a_kind_of_no_medicine_gets_a_sentence(self) -> None:
        for wish in ("nonsense", "a" * 9000, "é"):
            response = self.ask(f"?tag={wish}")
            assert response.status_code == 400, wish
            self.assertContains(response, "No medicine here has that", status_code=400)

    def test_it_can_only_be_read(self) -> None:
        assert self.client.post(ADDRESS).status_code == 405


class WaysThereTests(CompareTestCase):
    def test_every_medicine_leads_there_with_its_kind(self) -> None:
        said = self.client.get("/medicines/ibuprofen/").content.decode()
        assert f'href="{ADDRESS}?m=ibuprofen&amp;tag=nsaids"' in said

    def test_a_medicine_of_no_kind_leads_there_alone(self) -> None:
        TaggedPage.objects.all().delete()
        said = self.client.get("/medicines/ibuprofen/").content.decode()
        assert f'href="{ADDRESS}?m=ibuprofen"' in said

    def test_a_kind_of_medicine_leads_there_and_other_tags_do_not(self) -> None:
        said = self.client.get("/tags/nsaids/").content.decode()
        assert f'href="{ADDRESS}?tag=nsaids"' in said
        page = self.page("Ibuprofen")
        TaggedPage.objects.create(tag=make_tag("Back"), content_object=page)
        assert ADDRESS not in self.client.get("/tags/back/").content.decode()

    def test_no_medicine_can_take_the_address(self) -> None:
        with pytest.raises(ValidationError, match="compared at this address"):
            make_medicine("Something", slug="compare").full_clean()


class NotPublishedTests(CompareTestCase):
    def hide(self, name: str, **fields: Any) -> None:
        ClinicalPage.objects.filter(title=name).update(**fields)

    def assert_hidden(self, name: str) -> None:
        slug = name.lower()
        for query in (f"?m=aspirin&m={slug}", "?m=aspirin", "?tag=nsaids", ""):
            said = self.ask(query).content.decode()
            assert name not in said, query
            assert f'value="{slug}"' not in said, query
        unknown = self.ask("?m=aspirin&m=nonsense").content
        assert self.ask(f"?m=aspirin&m={slug}").content == unknown

    def test_what_is_not_published_is_nowhere(self) -> None:
        now = timezone.now()
        self.hide("Ibuprofen", live=False)
        self.hide("Ketoprofen", go_live_at=now + timedelta(hours=1))
        self.hide("Naproxen", expire_at=now - timedelta(seconds=1))
        PageViewRestriction.objects.create(
            page_id=self.page("Tolmetin").pk,
            restriction_type=PageViewRestriction.LOGIN,
        )
        for name in NAMES[1:]:
            self.assert_hidden(name)

    def test_a_hidden_topic_is_not_named(self) -> None:
        ClinicalPage.objects.filter(pk=self.topic.pk).update(live=False)
        assert "Sore backs" not in self.compare("Ibuprofen", "Naproxen")

    def test_a_change_that_waits_for_approval_is_not_read(self) -> None:
        page = self.page("Ibuprofen")
        page.alcohol = "Zebrafish."
        page.save_revision(user=self.ana)
        assert "Zebrafish" not in self.compare("Ibuprofen", "Naproxen")


class LinesTests(PortalTestCase):
    """What a medicine's page says in a line is a part of it like every other."""

    def setUp(self) -> None:
        self.page = make_medicine(live=True)

    def content(self) -> dict[str, Any]:
        return self.page.save_revision(user=self.ana).content

    def test_the_facts_table_shows_them(self) -> None:
        MedicationPage.objects.update(alcohol="Do not drink with it.")
        said = self.client.get("/medicines/ibuprofen/").content.decode()
        assert "<dt>Alcohol</dt>" in said
        assert "<dd>Do not drink with it.</dd>" in said
        assert "How long you can take it" not in said

    def test_whoever_approves_sees_that_one_changed(self) -> None:
        before = self.content()
        self.page.alcohol = "Do not drink with it."
        found = differences(before, self.content())
        assert found.in_short() == "Alcohol changed: 5 words added"

    def test_search_finds_them_under_their_heading(self) -> None:
        self.page.alcohol = "No wine with it."
        self.page.save()
        pages = ClinicalPage.objects.filter(pk=self.page.pk).with_parts()
        document: SearchDocument = documents_of(pages)[0]
        assert "No wine with it." in document.passages
        assert "alcohol" in document.body

    def test_a_long_sentence_in_one_is_found_by_the_checks(self) -> None:
        self.page.drowsiness = " ".join(["so"] * 30) + "."
        found = self.page.blocking_findings()
        assert "drowsiness" in {finding.field for finding in found}

    def test_words_signed_before_there_were_any_are_still_the_same_words(self) -> None:
        now = self.content()
        before = {name: now[name] for name in now if name != "alcohol"}
        assert same_words(before, now)
        assert content_hash(before) == content_hash(now)
        assert content_hash(now | {"alcohol": "None."}) != content_hash(now)
