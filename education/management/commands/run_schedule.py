"""Publishes what is approved and due, and takes expired pages off."""

import logging
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from education.importer.keeping import carry_on_unfinished
from education.models import Feedback, JobRun
from education.one_at_a_time import one_at_a_time
from education.scheduling import JOB, Round, keep_schedule
from education.search.counts_written import forget_old_searches
from education.search.index import catch_up

logger = logging.getLogger(__name__)

#: What was published so long before a run began may have been committed after.
LONGEST_REQUEST = timedelta(minutes=2)


class Command(BaseCommand):
    help = (
        "Publishes approved pages whose time has come, and takes expired ones off. May "
        "run as often as you like, twice at once, and be stopped at any moment. Exit "
        "status 1 when a page failed; the others were done all the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="Go on until told to stop, with so many seconds between two runs.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.told_to_stop = Event()
        with finishing_the_page_in_hand(self.told_to_stop):
            if options["every"] is not None:
                self.run_until_stopped(options["every"])
                return
            came_to = self.run_once()
            self.sort_imports()
        self.report(came_to)
        if came_to and came_to.failed:
            sys.exit(1)

    def run_until_stopped(self, seconds: float) -> None:
        while not self.told_to_stop.is_set():
            close_old_connections()
            try:
                came_to = self.run_once()
            except Exception:
                # The database may be back for the next run.
                logger.exception("This run of the schedule failed")
            else:
                if came_to and (came_to.done or came_to.failed):
                    self.report(came_to)
                self.sort_imports()
            self.told_to_stop.wait(seconds)

    def run_once(self) -> Round | None:
        """One run; None where another process is at it."""
        with one_at_a_time(JOB) as ours:
            if not ours:
                return None
            before = JobRun.objects.filter(name=JOB).first()
            run = JobRun.objects.begin(JOB, timezone.now())
            came_to = keep_schedule(run.started_at, self.told_to_stop.is_set)
            catch_up(before and before.started_at - LONGEST_REQUEST)
            today = timezone.localdate(run.started_at)
            forget_old_searches(today)
            Feedback.objects.forget_words(today)
            run.finish(timezone.now(), came_to.done, came_to.failed)
            return came_to

    def sort_imports(self) -> None:
        """Go on with imported files whose sorting was cut short.

        After the run and apart from it: pages do not wait for a long file, and the
        heartbeat tells of pages alone.
        """
        try:
            carry_on_unfinished(timezone.now(), self.told_to_stop.is_set)
        except Exception:
            logger.exception("Imported files could not be sorted")

    def report(self, came_to: Round | None) -> None:
        if came_to is None:
            self.stdout.write("Another process keeps the schedule at this moment.")
            return
        self.stdout.write(
            f"Pages published: {came_to.published}. Taken off: {came_to.taken_off}. "
            f"Failed: {came_to.failed}."
        )


@contextmanager
def finishing_the_page_in_hand(told_to_stop: Event) -> Iterator[None]:
    """Take a signal to end for a request, not an order."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(one, lambda *_: told_to_stop.set()) for one in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
