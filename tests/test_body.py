"""Find by the body: the figure and the list lead to the same published pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from education.models import ClinicalPage, Tag, TaggedPage
from education.vocabulary import BodyPlace, TagGroup
from tests.factories import PortalTestCase, make_tag, make_topic


def place(tag: Tag, *places: BodyPlace) -> Tag:
    tag.body_places = list(places)
    tag.full_clean()
    tag.save()
    return tag


class BodyTests(PortalTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.calf = place(make_tag("Calf"), BodyPlace.LOWER_LEG)
        cls.knee = place(make_tag("Knees"), BodyPlace.KNEE)
        cls.topic = make_topic("Leg cramps", live=True)
        TaggedPage.objects.create(tag=cls.calf, content_object=cls.topic)

    def read(self) -> str:
        response = self.client.get("/body/")
        assert response.status_code == 200
        return response.content.decode()

    def figure(self) -> dict[str, str]:
        """Where each area of the figure leads that is a link, by its name."""
        links = re.findall(
            r'<a class="figure-area" href="(.*?)".*?="(.*?)"', self.read()
        )
        return {name: address for address, name in links}

    def listed(self) -> str:
        return self.read().split('id="body-list-title"')[1]

    def tag_with_two(self) -> None:
        legs = place(make_tag("Legs"), BodyPlace.LOWER_LEG, BodyPlace.THIGH)
        for title in ("Sore legs", "Tired legs"):
            page = make_topic(title, live=True)
            TaggedPage.objects.create(tag=legs, content_object=page)

    def test_an_area_leads_to_its_tag(self) -> None:
        assert self.figure() == {"Calf and shin": "/tags/calf/"}

    def test_the_list_says_the_same_and_counts_the_pages(self) -> None:
        listed = self.listed()
        assert "<h3>Calf and shin</h3>" in listed
        assert 'href="/tags/calf/"' in listed
        assert ", pages: </span>1</span>" in listed

    def test_an_area_without_pages_is_drawn_but_leads_nowhere(self) -> None:
        said = self.read()
        assert '<use href="#body-knee"/>' in said
        assert "Knees" not in said
        assert "<h3>Knee</h3>" not in said

    def test_an_area_of_several_tags_leads_to_where_one_chooses(self) -> None:
        self.tag_with_two()
        assert self.figure() == {
            "Calf and shin": "#area-lower-leg",
            "Thigh": "/tags/legs/",
        }
        calf = self.listed().split('id="area-lower-leg"')[1].split("</li>\n")[:2]
        assert ">Calf <" in calf[0]
        assert ">Legs <" in calf[1]

    def test_a_body_area_without_a_place_is_listed_too(self) -> None:
        TaggedPage.objects.create(tag=make_tag("Whole body"), content_object=self.topic)
        assert "Whole body" in self.listed().split("No one part, or all of it")[1]

    def test_every_place_is_drawn(self) -> None:
        said = self.read()
        for one in BodyPlace:
            assert f'<g id="body-{one}">' in said, one
            assert f'<use href="#body-{one}"/>' in said, one

    def test_without_any_page_it_says_so(self) -> None:
        ClinicalPage.objects.update(live=False)
        said = self.read()
        assert "There are no pages about a part of the body yet." in said
        assert '<svg class="figure"' not in said

    def test_what_is_not_published_opens_no_area(self) -> None:
        here = ClinicalPage.objects.filter(pk=self.topic.pk)
        now = timezone.now()
        for change in (
            {"live": False},
            {"live": True, "go_live_at": now + timedelta(hours=1)},
            {"go_live_at": None, "expire_at": now - timedelta(hours=1)},
        ):
            here.update(**change)
            assert "Calf<" not in self.read(), change
            assert self.figure() == {}, change
        here.update(expire_at=None)
        assert self.figure()
        PageViewRestriction.objects.create(
            page_id=self.topic.pk, restriction_type=PageViewRestriction.LOGIN
        )
        assert self.figure() == {}

    def test_the_home_page_and_the_tags_lead_there(self) -> None:
        for address in ("/", "/tags/"):
            assert 'href="/body/"' in self.client.get(address).content.decode()

    def test_it_can_only_be_read(self) -> None:
        assert self.client.post("/body/").status_code == 405


class PlacesOfTagsTests(PortalTestCase):
    def form(self, **changes: Any) -> dict[str, Any]:
        return nested_form_data({"labels": inline_formset([])}) | {
            "name": "Knees",
            "slug": "knees",
            "group": TagGroup.BODY_AREA,
            "description": "",
            "body_places": ["knee", "thigh"],
            **changes,
        }

    def test_a_vocabulary_manager_says_where_a_tag_stands(self) -> None:
        self.sign_in(self.vera)
        address = reverse("wagtailsnippets_education_tag:add")
        self.client.post(address, self.form())
        tag = Tag.objects.get(name="Knees")
        assert tag.body_places == ["knee", "thigh"]
        address = reverse("wagtailsnippets_education_tag:edit", args=[tag.pk])
        form = self.client.get(address).context["form"]
        chosen = [box for box in form["body_places"] if box.data["selected"]]
        assert [box.data["value"] for box in chosen] == ["thigh", "knee"]

    def test_only_a_body_area_stands_on_the_figure(self) -> None:
        self.sign_in(self.vera)
        address = reverse("wagtailsnippets_education_tag:add")
        response = self.client.post(address, self.form(group=TagGroup.SYMPTOM))
        self.assertContains(response, "Only a tag of the group Body area")
        assert not Tag.objects.filter(name="Knees").exists()

    def test_there_are_no_other_places(self) -> None:
        tag = make_tag("Knees")
        tag.body_places = ["moon"]
        with pytest.raises(ValidationError, match="There is no such place"):
            tag.full_clean()
