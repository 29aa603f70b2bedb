"""The experiments: each returns what it came to, and a sentence for each failure."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from io import StringIO
from statistics import median
from threading import Thread

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from education.models import FAQPage, SignOff
from education.models.gate import WENT_LIVE
from tests.factories import approve, fresh, make_question, make_topic, submit
from tests.faults.acts import Answer, Cast, decide, save, together, withdraw
from tests.faults.invariants import broken
from tests.faults.portal import ROOT, Server

#: So long after the request the workers die, in seconds; later on a slow computer.
SOONEST, LATEST = 0.005, 0.160

Outcome = tuple[str, list[str]]

#: Keeps the schedule without asking whether another process does.
WITHOUT_THE_LOCK = (
    "import django; django.setup()\n"
    "from django.utils import timezone\n"
    "from education.scheduling import keep_schedule\n"
    "keep_schedule(timezone.now())"
)


class Stage:
    """What the experiments share."""

    ana: User
    ben: User
    chloe: User
    lea: User
    server: Server
    cast: Cast

    def __init__(self) -> None:
        self.made = 0
        self.asks_the_doctor = True
        self.chance = random.Random(20)  # noqa: S311

    def afterwards(self, failures: list[str]) -> list[str]:
        """With what is broken now, and what the doctor says once the schedule ran."""
        failures = [*failures, *broken()]
        if self.asks_the_doctor:
            call_command("run_schedule", stdout=StringIO())
            said = StringIO()
            with suppress(SystemExit):
                call_command("doctor", stdout=said)
            lines = said.getvalue().splitlines()
            failures += [line for line in lines if line.startswith("FAIL")]
        return failures

    def question(self) -> FAQPage:
        self.made += 1
        topic = self.topic = getattr(self, "topic", None) or make_topic()
        return make_question(f"What is cramp number {self.made}?", topic)

    def waiting(self) -> tuple[FAQPage, TaskState]:
        page = self.question()
        return page, submit(page, self.ana)

    def live_with_a_waiting_change(self) -> tuple[FAQPage, TaskState]:
        page, _ = self.waiting()
        approve(page, self.ben)
        page = fresh(page)
        page.short_answer = "It is a muscle that will not let go."
        return page, submit(page, self.ana)


def experiments(
    stage: Stage, options: argparse.Namespace
) -> dict[str, Callable[[], Outcome]]:
    rounds = options.rounds
    return {
        "kill -9 during publication": partial(kill, stage, options.publications),
        "approve + approve": partial(approve_twice, stage, rounds),
        "approve + withdraw": partial(approve_and_withdraw, stage, rounds),
        "approve + send back": partial(approve_and_send_back, stage, rounds),
        "submit + submit": partial(submit_twice, stage, rounds),
        "save over a newer version": partial(save_over, stage, options.saves),
        "schedule, twice at once": partial(schedule_twice, stage, options.due),
        "schedule, killed midway": partial(schedule_killed, stage, options.due),
    }


def command(*arguments: str, **how: object) -> subprocess.Popen:
    how = {"stdout": subprocess.DEVNULL, "env": dict(os.environ)} | how
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, **how)


def kill(stage: Stage, publications: int) -> Outcome:
    """Each publication is done wholly or not at all; no confirmed one is lost."""
    counts: Counter[str] = Counter()
    failures = []
    latest = max(LATEST, 1.3 * time_of_a_publication(stage))
    for _ in range(publications):
        page, state = stage.waiting()
        answers: list[Answer] = []
        act = decide(stage.cast.ben, "approve", state)
        sending = Thread(target=lambda act=act, to=answers: to.append(act()))
        sending.start()
        time.sleep(stage.chance.uniform(SOONEST, latest))
        stage.server.kill_workers()
        sending.join()
        stage.server.wait_until_it_answers()
        settled()
        confirmed = answers[0][0] == 302
        what = state_of_publication(page, state)
        counts["confirmed" if confirmed else f"cut, {what}"] += 1
        if what == "half-done":
            failures.append(f"{page.pk} was half-done")
        if confirmed and what != "done":
            failures.append(f"{page.pk} was confirmed and is lost")
    said = summary(publications, counts)
    return f"{said}; within {latest * 1000:.0f} ms", stage.afterwards(failures)


def time_of_a_publication(stage: Stage) -> float:
    """The median of a few that nobody cuts, in seconds: by workers that just began."""
    times = []
    for _ in range(3):
        _, state = stage.waiting()
        stage.server.kill_workers()
        stage.server.wait_until_it_answers()
        act = decide(stage.cast.ben, "approve", state)
        started = time.monotonic()
        act()
        times.append(time.monotonic() - started)
    return median(times)


def settled() -> None:
    """Wait until no killed worker's transaction is open: the server learns it late."""
    from django.db import connection

    until = time.monotonic() + 20
    ask = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
    )
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(ask)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)


def state_of_publication(page: FAQPage, state: TaskState) -> str:
    page, state = fresh(page), TaskState.objects.get(pk=state.pk)
    workflow = WorkflowState.objects.get(pk=state.workflow_state_id)
    facts = {
        page.live,
        page.live_revision_id == state.revision_id,
        SignOff.objects.filter(revision=state.revision_id).exists(),
        PageLogEntry.objects.filter(page=page.pk, action=WENT_LIVE[0]).exists(),
        state.status == TaskState.STATUS_APPROVED,
        workflow.status == WorkflowState.STATUS_APPROVED,
        hasattr(page, "review_schedule"),
    }
    return (
        {True: "done", False: "undone"}[facts.pop()]
        if len(facts) == 1
        else ("half-done")
    )


def summary(rounds: int, counts: Counter[str]) -> str:
    parts = [f"{name} {count}" for name, count in sorted(counts.items())]
    return f"{rounds} rounds: " + ", ".join(parts)


def judge(page: FAQPage, answers: list[Answer], allowed: list[list[int]]) -> list[str]:
    statuses = sorted(status for status, _ in answers)
    return [] if statuses in allowed else [f"{page.pk} was answered {statuses}"]


def approve_twice(stage: Stage, rounds: int) -> Outcome:
    counts: Counter[str] = Counter()
    failures = []
    for _ in range(rounds):
        page, state = stage.waiting()
        answers = together(
            decide(stage.cast.ben, "approve", state),
            decide(stage.cast.chloe, "approve", state),
        )
        failures += judge(page, answers, [[302, 409]])
        counts["one approval"] += SignOff.objects.filter(page=page.pk).count() == 1
    if counts["one approval"] != rounds:
        failures.append("a page was signed more than once")
    return summary(rounds, counts), stage.afterwards(failures)


def approve_and_withdraw(stage: Stage, rounds: int) -> Outcome:
    counts: Counter[str] = Counter()
    failures = []
    for _ in range(rounds):
        page, state = stage.live_with_a_waiting_change()
        approved, withdrawn = answers = together(
            decide(stage.cast.ben, "approve", state), withdraw(stage.cast.lea, page)
        )
        # The lead wins, before the approval or after it.
        failures += judge(page, answers, [[302, 302], [302, 409]])
        if withdrawn[0] != 302 or fresh(page).live:
            failures.append(f"{page.pk} was withdrawn and is live")
        counts["withdrawn after approval" if approved[0] == 302 else "before"] += 1
    return summary(rounds, counts), stage.afterwards(failures)


def approve_and_send_back(stage: Stage, rounds: int) -> Outcome:
    counts: Counter[str] = Counter()
    failures = []
    for _ in range(rounds):
        page, state = stage.waiting()
        answers = together(
            decide(stage.cast.ben, "approve", state),
            decide(stage.cast.chloe, "reject", state, "Say how long it lasts."),
        )
        failures += judge(page, answers, [[302, 409]])
        decision = SignOff.objects.get(page=page.pk).decision
        counts[decision] += 1
        if fresh(page).live != (decision == "approved"):
            failures.append(f"{page.pk} is not what was decided")
    return summary(rounds, counts), stage.afterwards(failures)


def submit_twice(stage: Stage, rounds: int) -> Outcome:
    counts: Counter[str] = Counter()
    failures = []
    for number in range(rounds):
        page = stage.question()
        page.save_revision(user=stage.ana)
        again = stage.cast.chloe if number % 2 else stage.cast.ana_again
        words = {"action-submit": "1"}
        answers = together(
            save(stage.cast.ana, page, **words), save(again, page, **words)
        )
        failures += judge(page, answers, [[302, 409]])
        counts["one approval asked for"] += fresh(page).workflow_states.count() == 1
    if counts["one approval asked for"] != rounds:
        failures.append("a page waits twice, or not at all")
    return summary(rounds, counts), stage.afterwards(failures)


def save_over(stage: Stage, rounds: int) -> Outcome:
    """Ana opens, Ben saves, Ana saves: refused, with both texts before her."""
    counts: Counter[str] = Counter()
    failures = []
    page = stage.question()
    page.save_revision(user=stage.ana)
    for number in range(rounds):
        hers = save(stage.cast.ana, page, short_answer=f"Ana's answer {number}.")
        dose = f"Take {number} a day, says Ben."
        status, _ = save(stage.cast.ben, page, short_answer=dose)()
        refused, shown = hers()
        kept = fresh(page).get_latest_revision().content["short_answer"] == dose
        both = dose in shown and f"Ana&#x27;s answer {number}." in shown
        if (status, refused, kept, both) != (302, 409, True, True):
            failures.append(f"round {number}: {status}, {refused}, {kept}, {both}")
        counts["refused"] += refused == 409
    return summary(rounds, counts), stage.afterwards(failures)


def scheduled(stage: Stage, due: int) -> list[FAQPage]:
    """So many pages approved for one moment, once that moment has come."""
    began = time.monotonic()
    approve_for(stage, timezone.now() + timedelta(days=1))
    one_takes = time.monotonic() - began
    moment = timezone.now() + timedelta(seconds=1 + 1.5 * one_takes * due)
    pages = [approve_for(stage, moment) for _ in range(due)]
    # Where the computer was slower than that, the last ones went live at once.
    pages = [page for page in pages if not fresh(page).live]
    while timezone.now() <= moment:
        time.sleep(0.05)
    return pages


def approve_for(stage: Stage, moment: datetime) -> FAQPage:
    page = stage.question()
    page.go_live_at = moment
    submit(page, stage.ana)
    approve(page, stage.ben)
    return page


def went_live(pages: list[FAQPage]) -> int:
    return PageLogEntry.objects.filter(
        action=WENT_LIVE[1], page__in=[page.pk for page in pages]
    ).count()


def schedule_twice(stage: Stage, due: int) -> Outcome:
    """Two commands at once, beside a process that asks for no lock."""
    failures = []
    pages = scheduled(stage, due)
    due = len(pages)
    running = [command("run_schedule"), command("run_schedule")]
    running.append(subprocess.Popen([sys.executable, "-c", WITHOUT_THE_LOCK], cwd=ROOT))
    if any(process.wait() for process in running):
        failures.append("a run failed")
    if (count := went_live(pages)) != due:
        failures.append(f"{due} pages were due, {count} publications were logged")
    return f"{due} due, three processes: each once", stage.afterwards(failures)


def schedule_killed(stage: Stage, due: int) -> Outcome:
    failures = []
    pages = scheduled(stage, due)
    due = len(pages)
    first = command("run_schedule")
    while went_live(pages) < due // 4 and first.poll() is None:
        time.sleep(0.005)
    first.kill()
    first.wait()
    settled()
    midway = went_live(pages)
    left = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).count()
    if midway + left != due:
        failures.append(f"{midway} live and {left} due still, of {due}")
    if command("run_schedule").wait():
        failures.append("a run failed")
    if (count := went_live(pages)) != due:
        failures.append(f"{due} pages were due, {count} publications were logged")
    return f"{due} due: {midway} before the kill, the rest after", stage.afterwards(
        failures
    )
