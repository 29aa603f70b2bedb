"""Makes drafts of the pages of a folder: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from education.models import ClinicalPage, SectionPage, Tag
from education.models.new_drafts import indexed_at_the_end, write_rows
from education.page_files.building import build_page, fill_in, relate
from education.page_files.links import with_numbers, with_rich_texts
from education.page_files.shape import Content, PageDocument
from education.transfer.checking import check_fields, check_texts, sentences
from education.transfer.known import KnownPages
from education.transfer.tags import known_tags, make_tags
from education.vocabulary import Kind

#: Versions that are made at once.
AT_ONCE = 200

#: Where a new page stands; `add_child` has just seen to these.
GIVEN = frozenset(
    {
        *("path", "depth", "numchild", "url_path", "slug", "locale", "owner"),
        *("content_type", "translation_key", "page_ptr", "clinicalpage_ptr"),
    }
)


class LoadRefused(ValueError):
    """Nothing was stored. `problems` has a sentence for each thing to put right."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(self.problems))


@dataclass
class LoadReport:
    """What became of the pages. `refused` are the rows of pages that were left out."""

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def load(content: Content, language: str, person: User | None) -> LoadReport:
    """Make a draft of every page that is not there yet, as this person's words.

    Raises LoadRefused when a page breaks a rule that drafts have to keep.
    """
    report = LoadReport()
    sections = _sections(language, person)
    problems = make_tags(content.tags, person, report)
    known = KnownPages(language)
    made: list[ClinicalPage] = []
    with indexed_at_the_end(made):
        fresh = []
        for document in content.pages:
            if known.has(document.kind, document.slug):
                report.kept.append(document.file)
                continue
            page = build_page(document)
            page.owner = person
            problems += _problems_of_adding(page, document, sections[document.kind])
            if page.pk:
                fresh.append((page, document))
                known.add(page, document)
        if problems:
            raise LoadRefused(problems)
        report.refused += _fill(fresh, known)
        made += [page for page, _ in fresh]
        _keep_versions(made, person)
    report.made = [document.file for _, document in fresh]
    return report


def _fill(
    fresh: list[tuple[ClinicalPage, PageDocument]], known: KnownPages
) -> list[str]:
    """Now that all pages have numbers, say it all; what had to be left out."""
    slugs, tags = known_tags(), {tag.slug: tag for tag in Tag.objects.all()}
    lost: list[str] = []
    problems: list[str] = []
    for page, document in fresh:
        left_out: list[str] = []
        there = _with_what_is_there(document, slugs, known, left_out)
        lost += [f"{document.file}: {sentence}" for sentence in left_out]
        problems += _problems_of_filling(page, there, known, tags)
    if problems:
        raise LoadRefused(problems)
    return lost


def _sections(language: str, person: User | None) -> dict[Kind, SectionPage]:
    found = {
        Kind(section.kind): section
        for section in SectionPage.objects.filter(locale__language_code=language)
    }
    missing = [kind.plural for kind in Kind if kind not in found]
    if missing:
        raise LoadRefused(
            [f'In the language "{language}" there is no section {missing[0]}.']
        )
    for section in found.values() if person else ():
        if not section.permissions_for_user(person).can_add_subpage():
            raise LoadRefused([f"{person} may not write pages in {section.title}."])
    return found


def _problems_of_adding(
    page: ClinicalPage, document: PageDocument, section: SectionPage
) -> list[str]:
    page.locale_id = section.locale_id
    try:
        check_fields(page, document)
        section.add_child(instance=page)
    except ValidationError as error:
        return [f"{document.file}: {each}" for each in sentences(error)]
    return []


def _problems_of_filling(
    page: ClinicalPage,
    document: PageDocument,
    known: KnownPages,
    tags: Mapping[str, Tag],
) -> list[str]:
    fill_in(page, document)
    relate(page, document, known.find, tags)
    try:
        page.full_clean(exclude=GIVEN, validate_unique=False)
        check_texts(page)
    except ValidationError as error:
        return [f"{document.file}: {each}" for each in sentences(error)]
    # The questions that follow are compared with this one.
    page.save(clean=False, update_fields=[*_written(page)])
    return []


def _written(page: ClinicalPage) -> Iterator[str]:
    """The fields that files fill; the address and the place were saved before."""
    for each in page._meta.concrete_fields:
        if not each.is_relation and not each.primary_key and each.name not in GIVEN:
            yield each.name


def _keep_versions(pages: list[ClinicalPage], person: User | None) -> None:
    """Write the rows of these pages, and a version of each by this person."""
    for start in range(0, len(pages), AT_ONCE):
        some = pages[start : start + AT_ONCE]
        write_rows(some)
        for page in some:
            page.save_revision(user=person, clean=False)


def _with_what_is_there(
    document: PageDocument, tags: dict[str, str], known: KnownPages, lost: list[str]
) -> PageDocument:
    """The document without what this portal does not have, which `lost` names."""

    def gone(name: str) -> None:
        lost.append(f'A link leads to "{name}", which is not here. Its words are kept.')

    numbered = with_rich_texts(
        document, lambda source: with_numbers(source, known.numbers, gone)
    )
    links = {}
    for key, slugs in document.links.items():
        kind = known.kind_of(document.kind, key)
        links[key] = tuple(slug for slug in slugs if known.has(kind, slug))
        lost += [
            f'The page "{slug}" among its {key} is not here.'
            for slug in slugs
            if not known.has(kind, slug)
        ]
    lost += [f'There is no tag "{slug}".' for slug in document.tags if slug not in tags]
    carried = tuple(tags[slug] for slug in document.tags if slug in tags)
    return replace(numbered, links=links, tags=carried)
