"""Quick ways to give the search something to find, and to ask it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from wagtail.models import Page

from education.models import (
    Alias,
    Brand,
    ClinicalPage,
    TaggedPage,
    TopicPage,
)
from education.search.index import rebuild, refresh
from education.vocabulary import Kind
from tests.factories import (
    PortalTestCase,
    count_rows_anew,
    make_tag,
    make_topic,
    section,
)

LIST = re.compile(r'<ol class="page-list".*?</ol>', re.DOTALL)
RESULT = re.compile(
    r"<li>\s*(?:<p.*?</p>\s*)?"
    r'<a href="/(?:topics|questions|medicines|search/to)/.+?">(.*?)</a>'
)


def publish_at_once(page: ClinicalPage, *tags: str, **words: list[str]) -> Any:
    """Live and known to the search, with these tags, `also` names and `brands`."""
    type(page).objects.filter(pk=page.pk).update(live=True)
    for name in tags:
        TaggedPage.objects.create(tag=make_tag(name), content_object_id=page.pk)
    for text in words.get("also", []):
        Alias.objects.create(page_id=page.pk, text=text)
    for name in words.get("brands", []):
        Brand.objects.create(page_id=page.pk, name=name)
    refresh([page.pk])
    return page


def topic(title: str, *tags: str, **fields: Any) -> TopicPage:
    names = {"also": fields.pop("also", [])}
    text = fields.pop("text", "A muscle tightens.")
    body = {
        "aspect": "overview",
        "heading": "",
        "body": [{"type": "text", "value": f"<p>{text}</p>"}],
    }
    stream = TopicPage._meta.get_field("sections")
    sections = stream.to_python([{"type": "section", "value": body}])
    fields = {"summary": "In plain words.", "sections": sections} | fields
    return publish_at_once(make_topic(title, **fields), *tags, **names)


def titles_on(page: str) -> list[str]:
    """The titles in the list of results of a page."""
    found = LIST.search(page)
    return RESULT.findall(found[0]) if found else []


class SearchTestCase(PortalTestCase):
    def ask(self, words: str, **more: str) -> HttpResponse:
        return self.client.get("/search/", {"q": words, **more})

    def titles(self, words: str, **more: str) -> list[str]:
        """The titles on the page of results, best first."""
        return titles_on(self.ask(words, **more).content.decode())


def make_many_topics(count: int) -> None:
    """Short topics on cramps, live, written straight into the tables; then indexed."""
    home = section(Kind.TOPIC)
    rows = Page.objects.bulk_create(
        Page(
            path=Page._get_path(home.path, home.depth + 1, home.numchild + number),
            depth=home.depth + 1,
            title=f"Cramp number{number}",
            slug=f"cramp-{number}",
            url_path=f"{home.url_path}cramp-{number}/",
            content_type=ContentType.objects.get_for_model(TopicPage),
            locale=home.locale,
            translation_key=uuid4(),
        )
        for number in range(1, count + 1)
    )
    for row in rows:
        keys = {"page_ptr_id": row.pk, "kind": Kind.TOPIC}
        ClinicalPage(summary="Short.", **keys).save_base(raw=True)
        TopicPage(clinicalpage_ptr_id=row.pk, **keys).save_base(raw=True)
    home.numchild += count
    home.save(update_fields=["numchild"])
    tags = [make_tag(name) for name in ("Calf", "Pain")]
    TaggedPage.objects.bulk_create(
        TaggedPage(tag=tag, content_object_id=row.pk) for row in rows for tag in tags
    )
    rebuild_all()
    count_rows_anew()


def rebuild_all() -> None:
    for _ in rebuild():
        pass
