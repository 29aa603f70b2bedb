"""What imported drafts still lack before anybody can hand them over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Revision

from education.import_vocabulary import SourceRights
from education.models import ClinicalPage, Provenance
from education.models.manuscript import copied_in
from education.vocabulary import Kind


@dataclass(frozen=True)
class WorkLeft:
    """What a page's newest version still needs."""

    needs_rewriting: bool = False
    needs_answer: bool = False
