"""Carrying content from one portal to another, for tests that look at both ends."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Revision

from education.models import ClinicalPage, ReviewSchedule, SignOff, Tag
from tests.factories import PortalTestCase


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(*command: Any, **options: Any) -> tuple[int, str]:
    """The exit status of a command, and all that it said."""
    said = io.StringIO()
    try:
        call_command(*map(str, command), stdout=said, stderr=said, **options)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    except SystemExit as stop:
        return int(stop.code or 0), said.getvalue()
    return 0, said.getvalue()


def everything_goes() -> None:
    """An empty portal: its pages, versions and tags are gone."""
    ReviewSchedule.objects.all().delete()
    signed = SignOff.objects.all()
    signed._raw_delete(signed.db)
    for page in ClinicalPage.objects.all():
        page.delete()
    Revision.objects.all().delete()
    Tag.every.all().delete()


def without_numbers(value: Any) -> Any:
    """What a version says, without keys, paths and moments of this database."""
    if isinstance(value, dict):
        if value.get("type") == "item":  # or as the bare text, until it is edited
            return value["value"]
        return {
            name: without_numbers(held)
            for name, held in value.items()
            if name not in OF_THIS_DATABASE
        }
    if isinstance(value, list):
        return [without_numbers(held) for held in value]
    if isinstance(value, str) and value.startswith("[{"):
        return without_numbers(json.loads(value))
    return value


OF_THIS_DATABASE = {
    *("id", "pk", "page", "path", "url_path", "content_object", "tag", "topic"),
    *("medicine", "question", "translation_key", "owner", "latest_revision"),
    *("latest_revision_created_at", "has_unpublished_changes", "live_revision"),
    *("first_published_at", "last_published_at", "go_live_at", "numchild", "live"),
    *("draft_title", "depth"),
}


class OutAndIn(PortalTestCase):
    """Each test has a folder of its own, and a name in it for an export."""

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        self.folder = self.scratch / "out"

    def export(self, *options: str, to: str = "out") -> tuple[int, str]:
        return run("export_content", self.scratch / to, *options)

    def load(self, *options: str, by: str | None = "sam") -> tuple[int, str]:
        name = ("--user", by) if by else ()
        return run("load_content", self.folder, *name, *options)

    def write(self, file: str, text: str) -> Path:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def write_topic(self, slug: str = "cramps", more: str = "") -> Path:
        if not (self.folder / "tags.toml").exists():
            self.write("tags.toml", "tags = []")
        return self.write(
            f"topics/{slug}.toml",
            f'kind = "topic"\nslug = "{slug}"\ntitle = "{slug.capitalize()}"\n'
            f'summary = "About it."\n{more}\n'
            + ("" if "tags" in more else "tags = []\n"),
        )
