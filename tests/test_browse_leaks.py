"""What is not published shows nowhere, whether or not a scheduler has run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from education.installation import install
from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    FAQPage,
    HomePage,
    MedicationPage,
    NeededPage,
    QuestionMedicine,
    RelatedTopic,
    TaggedPage,
    TopicPage,
)
from education.vocabulary import Kind
from tests.factories import (
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    section,
)

SECRET = "Zebrafish"
SURFACES = (
    "/",
    "/topics/",
    "/questions/",
    "/medicines/",
    "/topics/seen-topic/",
    "/questions/seen-question/",
    "/medicines/seen-medicine/",
    "/topics/?letter=Z",
    "/tags/",
    "/tags/calf/",
    "/tags/calf/?and=stripes",
    "/body/",
    "/medicines/compare/",
    "/medicines/compare/?m=seen-medicine&tag=calf",
    "/a-to-z/",
    "/a-to-z/?letter=Z",
    "/a-to-z/?kind=question",
    "/sitemap.xml",
    "/llms.txt",
    "/topics/seen-topic/index.md",
    "/questions/seen-question/index.md",
    "/medicines/seen-medicine/index.md",
)


def hide_as_draft(page: ClinicalPage) -> None:
    ClinicalPage.objects.filter(pk=page.pk).update(live=False)


def hide_as_scheduled(page: ClinicalPage) -> None:
    later = timezone.now() + timedelta(hours=1)
    ClinicalPage.objects.filter(pk=page.pk).update(go_live_at=later)


def hide_as_expired(page: ClinicalPage) -> None:
    before = timezone.now() - timedelta(seconds=1)
    ClinicalPage.objects.filter(pk=page.pk).update(expire_at=before)


def hide_as_private(page: ClinicalPage) -> None:
    PageViewRestriction.objects.create(
        page_id=page.pk, restriction_type=PageViewRestriction.LOGIN
    )


def hide_as_deleted(page: ClinicalPage) -> None:
    type(page).objects.get(pk=page.pk).delete()


HIDDEN = (
    hide_as_draft,
    hide_as_scheduled,
    hide_as_expired,
    hide_as_private,
    hide_as_deleted,
)


def a_topic() -> TopicPage:
    page = make_topic(SECRET, live=True, summary=f"{SECRET}.")
    RelatedTopic.objects.create(
        page=TopicPage.objects.get(slug="seen-topic"), topic=page
    )
    return page


def a_question() -> FAQPage:
    page = make_question(
        f"{SECRET}?", TopicPage.objects.get(slug="seen-topic"), live=True
    )
    medicine = MedicationPage.objects.get(slug="seen-medicine")
    QuestionMedicine.objects.create(page=page, medicine=medicine)
    return page


def a_medicine() -> MedicationPage:
    page = make_medicine(SECRET, live=True)
    question = FAQPage.objects.get(slug="seen-question")
    QuestionMedicine.objects.create(page=question, medicine=page)
    Brand.objects.create(page=page, name=f"{SECRET}ol")
    return page


def mark(page: ClinicalPage) -> None:
    """Make it known wherever a published page would be known."""
    for name in ("Calf", "Stripes"):
        TaggedPage.objects.create(tag=make_tag(name), content_object_id=page.pk)
    Alias.objects.create(page_id=page.pk, text=f"{SECRET} by another name")
    NeededPage.objects.create(page=HomePage.objects.get(), needed_id=page.pk)


def surfaces_with(client: Client, text: str) -> list[str]:
    """The addresses of lists and other pages where the public can read this."""
    found = []
    for surface in SURFACES:
        response = client.get(surface)
        # 400 where the only pages with a tag are hidden: then the tag is not known.
        assert response.status_code in (200, 400), surface
        if text.casefold() in response.getvalue().decode().casefold():
            found.append(surface)
    return found


@pytest.fixture
def portal() -> None:
    install()
    topic = make_topic("Seen topic", live=True)
    make_question("Seen question?", topic, live=True)
    medicine = make_medicine("Seen medicine", live=True)
    for page in (topic, medicine):
        for name in ("Calf", "Back"):
            TaggedPage.objects.create(tag=make_tag(name), content_object_id=page.pk)
    make_tag("Stripes")


@pytest.fixture
def secrets(portal: None) -> list[ClinicalPage]:
    """A page of each kind, published, and named by pages that stay."""
    pages = [a_topic(), a_question(), a_medicine()]
    for page in pages:
        mark(page)
    return pages


@pytest.mark.django_db
class TestNotPublished:
    def test_until_then_it_shows_everywhere(
        self, client: Client, secrets: list[ClinicalPage]
    ) -> None:
        assert [client.get(page.address).status_code for page in secrets] == [200] * 3
        silent = set(SURFACES) - set(surfaces_with(client, SECRET))
        assert silent == {"/tags/", "/body/"}
        assert "/tags/" in surfaces_with(client, 'href="/tags/stripes/"')

    @pytest.mark.parametrize("hide", HIDDEN)
    def test_it_shows_nowhere(
        self,
        client: Client,
        secrets: list[ClinicalPage],
        hide: Callable[[ClinicalPage], None],
    ) -> None:
        for page in secrets:
            hide(page)
        assert [client.get(page.address).status_code for page in secrets] == [404] * 3
        assert surfaces_with(client, SECRET) == []
        assert surfaces_with(client, 'href="/tags/stripes/"') == []
        assert client.get("/tags/stripes/").status_code == 404
        assert client.get("/tags/calf/?and=stripes").status_code == 400

    def test_a_private_section_hides_its_pages(
        self, client: Client, secrets: list[ClinicalPage]
    ) -> None:
        for kind in Kind:
            PageViewRestriction.objects.create(
                page=section(kind).page_ptr,
                restriction_type=PageViewRestriction.PASSWORD,
                password="open sesame",
            )
        for page in secrets:
            assert client.get(page.address).status_code == 404
            assert client.get(f"/{page.kind}s/").status_code == 404
        for surface in ("/", "/tags/calf/", "/a-to-z/", "/sitemap.xml"):
            said = client.get(surface).getvalue().decode()
            assert SECRET.casefold() not in said.casefold()


@pytest.mark.django_db
@pytest.mark.usefixtures("portal")
class TestEditsInReview:
    def test_what_is_not_approved_is_not_read(self, client: Client) -> None:
        page = TopicPage.objects.get(slug="seen-topic")
        page.title = f"{SECRET} edited"
        page.summary = f"{SECRET} edited"
        page.save_revision()
        assert surfaces_with(client, SECRET) == []
        assert SECRET not in client.get(page.address).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("portal")
class TestWhereThingsStand:
    @pytest.mark.parametrize(
        "address",
        [
            "/questions/seen-topic/",
            "/seen-topic/",
            "/portal/topics/seen-topic/",
            "/topics/seen-topic/seen-topic/",
            "/topics/seen_topic/",
            "/topics/seen-topi/",
            "/tags/no-such-tag/",
        ],
    )
    def test_nothing_answers_elsewhere(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404

    def test_a_missing_slash_is_put_right(self, client: Client) -> None:
        response = client.get("/topics/seen-topic")
        assert (response.status_code, response["Location"]) == (
            301,
            "/topics/seen-topic/",
        )

    def test_the_editor_links_to_the_public_address(self) -> None:
        page = TopicPage.objects.get(slug="seen-topic")
        assert page.get_url() == page.address == "/topics/seen-topic/"
