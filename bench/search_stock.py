"""Wagtail's own search over the same pages, to hold ours against.

The portal lets Wagtail index titles only, for its editors. To be fair, what the bench
searches with it holds title, summary, other names and the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from modelsearch.conf import get_app_config
from wagtail.models import Page

from bench.search_corpus import CHUNK, SLUG, count_rows_anew
from bench.search_words import written
from education.models import ClinicalPage

TOP = 10
#: Wagtail divides the average length of titles by each one's; near enough.
USUAL_TITLE = 27.5
MARKS = {
    "sqlite": "%s, %s, %s",
    "postgresql": "setweight(to_tsvector(%s), 'A'), to_tsvector('simple', %s), "
    "to_tsvector(%s)",
}


def index_titles(words: int) -> None:
    """What Wagtail's index holds in the portal: it makes part of what saving costs."""
    _fill(words, whole=False)


def index_texts(words: int) -> None:
    """Title, summary, other names and text of every page, as bulk as it gets."""
    _fill(words, whole=True)


def _fill(words: int, *, whole: bool) -> None:
    entry = get_app_config().get_model("IndexEntry")
    entry.objects.all()._raw_delete("default")
    table = connection.ops.quote_name(entry._meta.db_table)
    plain = connection.vendor == "postgresql"
    columns = "content_type_id, object_id, title_norm, title, autocomplete, body"
    marks = f"%s, %s, %s, {MARKS[connection.vendor]}"
    if plain:
        columns, marks = f"{columns}, title_text, body_text", f"{marks}, %s, %s"
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        for rows in _in_chunks(words, whole):
            given = [row if plain else row[:6] for row in rows]
            cursor.executemany(sql, given)
    count_rows_anew()


def _in_chunks(words: int, whole: bool) -> Iterator[list[tuple]]:
    last = 0
    pages = Page.objects.filter(slug__startswith=SLUG).order_by("pk")
    fields = ("pk", "slug", "content_type_id")
    while chunk := list(pages.filter(pk__gt=last).values_list(*fields)[:CHUNK]):
        last = chunk[-1][0]
        rows = []
        for pk, slug, kind in chunk:
            text = written(int(slug.removeprefix(SLUG)), words)
            said = [text.summary, *text.aliases, *text.passages] if whole else []
            body, norm = " ".join(said), USUAL_TITLE / len(text.title)
            title = text.title
            rows.append((kind, str(pk), norm, title, title, body, title, body))
        yield rows


def stock_search(asked: str) -> list[int]:
    """The ten best pages by Wagtail's search as it comes."""
    found = ClinicalPage.objects.live().search(asked)[:TOP]
    return [page.pk for page in found]


def stock_suggest(asked: str) -> list[str]:
    """Ten titles by Wagtail's autocompletion as it comes."""
    found = ClinicalPage.objects.live().autocomplete(asked)[:TOP]
    return [page.title for page in found]
