"""What public pages cost: so many SQL statements, however many pages there are."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    DemonstrationItem,
    FAQPage,
    MedicationPage,
    QuestionMedicine,
    QuestionTopic,
    RelatedTopic,
    TaggedPage,
    TopicPage,
)
from education.vocabulary import TagGroup
from tests.factories import (
    count_rows_anew,
    make_medicine,
    make_question,
    make_tag,
    make_topic,
    publish,
    section,
    set_the_scene,
)

MODELS = (TopicPage, FAQPage, MedicationPage)
BUDGETS = {
    "/": 10,
    "/topics/subject/": 8,
    "/questions/what-is-it/": 8,
    "/medicines/remedy/": 8,
    "/topics/": 8,
    "/questions/?tag=calf&letter=P&page=99999": 8,
    "/medicines/?tag=nonsense&letter=nonsense": 8,
    "/tags/": 8,
    "/tags/calf/": 8,
    "/tags/calf/?kind=question&and=pain&page=99999": 8,
    "/body/": 8,
    "/medicines/compare/": 8,
    "/medicines/compare/?m=remedy&m=page-1&m=page-2&m=page-3": 8,
    "/medicines/compare/?m=remedy&tag=calf&m=nonsense": 8,
    "/a-to-z/": 8,
    "/a-to-z/?kind=question&letter=P&page=2": 8,
    "/about/": 1,
    "/accessibility/": 1,
    "/topics/subject/index.md": 8,
    "/questions/what-is-it/index.md": 8,
    "/medicines/remedy/index.md": 8,
    "/llms.txt": 8,
    "/feeds/": 8,
    "/feeds/all.atom": 8,
    "/feeds/topics.atom": 8,
    "/tags/calf/feed.atom": 8,
    "/topics/subject/handout/": 8,
    "/questions/what-is-it/handout/": 8,
    "/medicines/remedy/handout/": 8,
    "/medicines/remedy/handout.pdf": 8,
    "/handouts/?p=topics/subject&p=questions/what-is-it&p=medicines/remedy": 20,
    "/handouts/choose/?q=page&p=topics/subject": 8,
    "/v/": 8,
    "/feedback/": 2,
    "/feedback/thanks/?page=9": 2,
    "/sitemap.xml": 8,
    "/robots.txt": 0,
    "/topics/subject/picture.png": 2,
    "/style/current.css": 1,
    "/logo.0123456789abcdef.png": 1,
}


def make_many(count: int) -> None:
    """Published pages in equal parts of each kind, all with tags and other words."""
    subject = TopicPage.objects.get(slug="subject")
    remedy = MedicationPage.objects.get(slug="remedy")
    tags = [make_tag(name) for name in ("Calf", "Pain")]
    for model in MODELS:
        for page in many_of(model, count // 3):
            keys = {"page_id": page.pk}
            if model is FAQPage:
                QuestionTopic.objects.create(topic=subject, **keys)
                QuestionMedicine.objects.create(medicine=remedy, **keys)
            if model is MedicationPage:
                Brand.objects.create(name=f"Brand {page.pk}", **keys)
            Alias.objects.create(text=f"Also {page.pk}", **keys)
            TaggedPage.objects.bulk_create(
                TaggedPage(tag=tag, content_object_id=page.pk) for tag in tags
            )
    count_rows_anew()


def many_of(model: type[ClinicalPage], count: int) -> list[Page]:
    """Rows of this kind, written past Wagtail because of their number."""
    parent = section(model.page_kind)
    kind = parent.kind
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, parent.numchild + place),
            depth=parent.depth + 1,
            title=f"Page {kind} {place}",
            slug=f"page-{place}",
            url_path=f"{parent.url_path}page-{place}/",
            content_type=ContentType.objects.get_for_model(model),
            locale_id=parent.locale_id,
            translation_key=uuid4(),
        )
        for place in range(1, count + 1)
    )
    for page in pages:
        ClinicalPage(page_ptr_id=page.pk, kind=kind).save_base(raw=True)
        model(clinicalpage_ptr_id=page.pk, kind=kind).save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    return pages


@pytest.fixture
def portal() -> None:
    """One page of each kind, approved, with everything that a page can have."""
    cast = SimpleNamespace()
    set_the_scene(cast)
    topic = make_topic("Subject")
    question = make_question("What is it?", topic)
    medicine = make_medicine("Remedy")
    for page in (topic, question, medicine):
        page.tags.add(make_tag("Calf"))
        page.other_words.add(Alias(text="Another word"))
    question.medicine_rows.add(QuestionMedicine(medicine=medicine))
    topic.related_rows.add(RelatedTopic(topic=make_topic("Neighbor", live=True)))
    medicine.brands.add(Brand(name="Brand"))
    other = make_medicine(
        "Cure",
        live=True,
        interactions_medicines="<p>Not with remedy.</p>",
    )
    medicine.interactions_medicines = "<p>Not with cure.</p>"
    for page in (medicine, other):
        kind = make_tag("Relievers", TagGroup.MEDICINE_CLASS)
        page.tags.add(kind)
        page.save()
    for page in (topic, question, medicine):
        publish(page, cast.ana, cast.ben, cast.chloe)
    DemonstrationItem.objects.note(topic)


@pytest.mark.django_db
@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize("count", [9, 999])
def test_no_page_costs_more_than_its_budget(client: Client, count: int) -> None:
    make_many(count)
    spent = {}
    for address in BUDGETS:
        cache.clear()
        with CaptureQueriesContext(connection) as statements:
            client.get(address).getvalue()
        spent[address] = len(statements)
    assert {a: n for a, n in spent.items() if n > BUDGETS[a]} == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("portal")
def test_the_pages_that_are_counted_show_all_that_they_can(client: Client) -> None:
    make_many(9)
    for address, words in {
        "/topics/subject/": ("Another word", "Calf", "Reviewed by", "Neighbor", "Page"),
        "/questions/what-is-it/": ("Calf", "Reviewed by", "Subject", "Remedy"),
        "/medicines/remedy/": (
            *("Another word", "Brand", "Calf", "Reviewed by", "Page"),
            *("Medicines named here", "Named in the interactions of"),
            *("Other medicines of this kind", "Cure"),
        ),
        "/topics/subject/handout/": ("Another word", "Reviewed by", "What is it?"),
        "/medicines/remedy/handout/": ("Another word", "Brand", "Reviewed by"),
    }.items():
        said = client.get(address).content.decode()
        assert [word for word in (*words, "Demonstration") if word not in said] == []
