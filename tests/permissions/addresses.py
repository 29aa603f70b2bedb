"""Every address that the portal answers to, with the ids of things that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.permissions.stage import Stage

BULK = "wagtail_bulk_action"


@dataclass(frozen=True)
class Address:
    """One URL pattern, by a name that is its own, and an address that fits it."""

    name: str
    path: str


def addresses(stage: Stage) -> list[Address]:
    """All of them, in the order in which they are tried; bulk actions one by one."""
    found: dict[str, Address] = {}
    for name, route in patterns(get_resolver().url_patterns):
        if name == BULK:
            rows = list(_bulk(stage))
        elif "<slug:app_name>/<slug:model_name>" in route and "settings" in route:
            rows = [Address(f"{name} {route}", _fill(route, name, stage))]
        else:
            rows = [Address(name, _fill(route, name, stage))]
        for row in rows:
            key = row.name if row.name not in found else f"{row.name} {route}"
            found[key] = Address(key, row.path)
    return list(found.values())


def patterns(
    those: list[Any], before: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Name and route of each pattern; what has no name is called by its route."""
    for one in those:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            below = (*names, one.namespace) if one.namespace else names
            yield from patterns(one.url_patterns, route, below)
        elif isinstance(one, URLPattern):
            yield ":".join([*names, one.name]) if one.name else f"/{route}", route


def _bulk(stage: Stage) -> Iterator[Address]:
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in sorted(bulk_action_registry.actions.items()):
        for model, actions in sorted(models.items()):
            for action in sorted(actions):
                pk = stage.of_model[f"{app}.{model}"]
                yield Address(
                    f"{BULK} {app} {model} {action}",
                    f"/cms/bulk/{app}/{model}/{action}/?id={pk}&next=/cms/",
                )


def _fill(route: str, name: str, stage: Stage) -> str:
    if name in stage.paths:
        return stage.paths[name]
    given = stage.things
    for part, things in stage.of_part.items():
        if part in name:
            given = given | things
    given = given | stage.of_name.get(name, {})
    try:
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(given[m[1]]), route)
    except KeyError as part:
        raise KeyError(f"Say in `stage.py` what {part} of {name} is.") from part
    path = path.replace("^", "").replace("$", "")
    if "(" in path or "\\" in path:
        raise KeyError(f"Give an address of {name}, whose route is {route}, by hand.")
    return f"/{path}"
