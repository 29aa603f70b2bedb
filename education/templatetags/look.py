"""The look of the site for pages that may not ask the database: the error pages."""

from __future__ import annotations

from django import template

from education.models import SiteAppearance, last_surroundings

register = template.Library()


@register.simple_tag
def last_appearance() -> SiteAppearance:
    """As it was read last; an error page never fails over it."""
    return last_surroundings()
