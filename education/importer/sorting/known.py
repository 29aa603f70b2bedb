"""The names of medicines that are known before a document is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """Names of medicines, brands and classes: our own list and the portal's."""

    generics: tuple[str, ...] = ()


def known_in(language: str) -> Known:
    """Our own list and what the portal's pages of a language name, drafts included."""
    return Known()
