"""Answers the machines that watch over the portal: is it alive, and is it ready?"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache as remembered
from functools import partial
from time import monotonic
from uuid import uuid4

from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from education.health.checks import CHEAP
from education.reading import read_only

log = logging.getLogger(__name__)

PATIENCE = 2.5  # seconds; whoever asks gives up after three

Check = Callable[[], bool]


@read_only
@never_cache
@transaction.non_atomic_requests
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; touch nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@read_only
@never_cache
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> HttpResponse:
    """Say line by line what works; 503 where something does not, never why.

    Where the portal answers but a promise of it is broken, the line says "degraded" and
    readers are sent here all the same: `manage.py doctor` says what is wrong.
    """
    began = monotonic()
    results = run_within(
        PATIENCE,
        {
            "database": database_answers,
            "cache": cache_remembers,
            "migrations": migrations_are_applied,
        },
    )
    lines = [
        f"{name}: {'ok' if works else 'failed'}" for name, works in results.items()
    ]
    if all(results.values()):
        lines += promises(PATIENCE - (monotonic() - began))
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        status=200 if all(results.values()) else 503,
    )


def promises(seconds: float) -> list[str]:
    """A line for each cheap check; those that are not done in time are degraded."""
    kept = dict.fromkeys(CHEAP, False)
    run_within(seconds, {"promises": partial(look_at_each, kept)})
    return [f"{name}: {'ok' if ok else 'degraded'}" for name, ok in kept.items()]


def look_at_each(kept: dict[str, bool]) -> bool:
    """Note which checks find nothing, one after another on one connection."""
    now = timezone.now()
    for name, look in CHEAP.items():
        kept[name] = next(look(now), None) is None
    return all(kept.values())


def run_within(seconds: float, checks: dict[str, Check]) -> dict[str, bool]:
    """Run the checks side by side; one that hangs or raises has failed."""
    pool = ThreadPoolExecutor(max_workers=len(checks))
    running = {name: pool.submit(partial(passes, c)) for name, c in checks.items()}
    wait(running.values(), timeout=seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    return {name: run.done() and run.result() for name, run in running.items()}


def passes(check: Check) -> bool:
    """Run one check in a thread of its own, and close the connection it opened."""
    try:
        return check()
    except Exception:
        log.exception("Readiness check failed: %s", check)
        return False
    finally:
        connection.close()


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_remembers() -> bool:
    key = f"ready-{uuid4()}"
    cache.set(key, "yes", timeout=10)
    return cache.get(key) == "yes"


def migrations_are_applied() -> bool:
    applied = MigrationRecorder(connection).applied_migrations()
    return newest_migrations() <= applied.keys()


@remembered
def newest_migrations() -> frozenset[tuple[str, str]]:
    """Return the last migration of each app, as the code on this machine has them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.leaf_nodes())
