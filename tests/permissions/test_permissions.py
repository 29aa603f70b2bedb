"""Everybody asks for everything, and is answered as the table says.

`table.csv` has a row for each address and a column for each person and method:

    ok      let in, nothing was written     done    let in, something was written
    login   sent to sign in                 denied  refused, with a sentence
    none    not there, or not for you       bad     not a good request
    method  not to be asked like that

"ok" to a POST is often a form that came back: the sweep sends no fields. Of what has no
form, such as deleting, it shows that it was carried out ("done") or was not.

After an address was added or a rule changed, write it anew and read what changed:

    WRITE_PERMISSIONS=1 python -m pytest -n 0 tests/permissions && git diff tests/
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, Page

from education.models import SignOff
from tests.permissions.addresses import Address, addresses
from tests.permissions.answers import DONE, ERROR, OK, REFUSALS, kind_of
from tests.permissions.stage import Stage

TABLE = Path(__file__).with_name("table.csv")
METHODS = ("GET", "POST")
PEOPLE = ("anonymous", "author", "reviewer", "lead", "vocabulary", "superuser")
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b.*?\"(\w+)\"", re.IGNORECASE | re.S)
SAVEPOINT = re.compile(r"\s*(ROLLBACK TO )?SAVEPOINT \"?(\w+)", re.IGNORECASE)
#: Who is signed in, what is open in whose editor and what is previewed, and smaller
#: copies of pictures: kept by the way, whatever was asked for.
NOTES = {
    "django_session",
    "auth_user",
    "wagtailadmin_editingsession",
    "wagtailimages_rendition",
    "wagtailusers_userprofile",
    "wagtailcore_pagesubscription",
    "wagtailadmin_formstate",
}
#: Only approval by somebody else changes these, so no single request of the sweep may.
SACRED = {
    "wagtailcore_page",
    "education_signoff",
    "wagtailcore_grouppagepermission",
    "auth_group_permissions",
}

Table = dict[str, dict[str, str]]


def column(method: str, person: str) -> str:
    return f"{method} {person}"


def read_table() -> Table:
    with TABLE.open(newline="") as file:
        return {row.pop("address"): row for row in csv.DictReader(file)}


def write_table(table: Table) -> None:
    columns = [column(method, person) for method in METHODS for person in PEOPLE]
    with TABLE.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["address", *columns], lineterminator="\n")
        writer.writeheader()
        for name, row in table.items():
            writer.writerow({"address": name} | row)


def sacred() -> tuple[object, ...]:
    """What is live, who signed what, and who may do what to pages."""
    live = Page.objects.filter(live=True).order_by("pk")
    return (
        list(live.values_list("pk", "live_revision_id", "title", "slug")),
        list(SignOff.objects.order_by("pk").values_list("pk", "entry_hash")),
        list(
            GroupPagePermission.objects.filter(
                permission__codename="publish_page"
            ).values_list()
        ),
        list(
            Group.permissions.through.objects.filter(
                permission__codename="publish_page"
            ).values_list()
        ),
    )


class SweepTestCase(TestCase):
    stage: Stage
    everywhere: list[Address]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.stage = Stage()
        cls.everywhere = addresses(cls.stage)
        cls.sacred = sacred()

    def setUp(self) -> None:
        self.client.raise_request_exception = False

    def sign_in(self, person: str) -> None:
        user: User | None = self.stage.people()[person]
        if user:
            self.client.force_login(user)
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}

    def ask(self, method: str, address: Address) -> tuple[str, str]:
        """What the answer means, and what went wrong; then all is as it was."""
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                given = self.stage.sent.get(address.name) if method == "POST" else None
                response = getattr(self.client, method.lower())(address.path, given)
                if response.streaming:
                    response.getvalue()
            meant = kind_of(response)
            written = self.written(asked.captured_queries)
            wrong = self.wrong(meant, written)
            transaction.set_rollback(True)
        self.client.cookies.clear()
        return DONE if meant == OK and written else meant, wrong

    def written(self, queries: Iterable[dict[str, str]]) -> set[str]:
        """The tables that were written to, without what was taken back again."""
        since: dict[str, int] = {}
        tables: list[str] = []
        for query in queries:
            if found := SAVEPOINT.match(query["sql"]):
                back, name = found.groups()
                if back:
                    del tables[since.get(name, 0) :]
                since[name] = len(tables)
            elif found := WRITING.match(query["sql"]):
                tables.append(found[2].lower())
        return set(tables) - NOTES

    def wrong(self, meant: str, written: set[str]) -> str:
        if meant in REFUSALS and written:
            return f"it was refused, but wrote to {sorted(written)}"
        if written & SACRED and sacred() != self.sacred:
            return "it changed what is live, signed, or allowed"
        return ""

    def answers(
        self, method: str, person: str
    ) -> tuple[dict[str, str], dict[str, str]]:
        """By address what each answer means, and what went wrong."""
        self.sign_in(person)
        meant, wrong = {}, {}
        for address in self.everywhere:
            meant[address.name], why = self.ask(method, address)
            if why:
                wrong[address.name] = why
        return meant, wrong


class TableTests(SweepTestCase):
    def test_each_address_has_a_row_and_each_row_an_address(self) -> None:
        if os.environ.get("WRITE_PERMISSIONS"):
            self.skipTest("The table is being written.")
        assert list(read_table()) == [address.name for address in self.everywhere]


def sweep(method: str, person: str) -> type[SweepTestCase]:
    """A test class of its own for each column, so that they run side by side."""

    def test(self: SweepTestCase) -> None:
        meant, wrong = self.answers(method, person)
        name = column(method, person)
        if os.environ.get("WRITE_PERMISSIONS"):
            table = read_table() if TABLE.exists() else {}
            write_table(
                {key: table.get(key, {}) | {name: said} for key, said in meant.items()}
            )
        expected = {key: row[name] for key, row in read_table().items()}
        other = {
            key: f"{said}, not {expected.get(key)}"
            for key, said in meant.items()
            if said != expected.get(key)
        }
        assert other == {}
        assert [key for key, said in meant.items() if said == ERROR] == []
        assert wrong == {}

    test.__name__ = f"test_{method}_{person}".lower()
    return type(
        f"{method.title()}{person.title()}Tests",
        (SweepTestCase,),
        {test.__name__: test, "__module__": __name__},
    )


for _method in METHODS:
    for _person in PEOPLE:
        _class = sweep(_method, _person)
        globals()[_class.__name__] = _class
del _class
