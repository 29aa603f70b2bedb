"""What the machines that watch over the portal are told."""

import time
from collections.abc import Iterator
from threading import Event

import pytest
from django.contrib.auth.models import Group
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, TransactionTestCase
from django.utils import timezone

from education.health import CHEAP, probes
from education.installation import REVIEWERS, install
from education.models import JobRun
from tests.factories import make_person


@pytest.fixture
def hanging() -> Iterator[probes.Check]:
    """A check that does not come back until the test is over."""
    let_go = Event()
    yield lambda: let_go.wait(30)
    let_go.set()


@pytest.mark.django_db
class TestAlive:
    def test_says_ok_without_asking_the_database(
        self, client: Client, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            response = client.get("/healthz")
        assert (response.status_code, response.content) == (200, b"ok\n")

    def test_is_never_kept_by_a_cache(self, client: Client) -> None:
        assert "no-store" in client.get("/healthz").headers["Cache-Control"]

    @pytest.mark.parametrize("path", ["/healthz", "/readyz"])
    def test_answers_questions_only(self, client: Client, path: str) -> None:
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


@pytest.mark.django_db
class TestReady:
    def test_names_what_works(self, client: Client) -> None:
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.content.startswith(b"database: ok\ncache: ok\nmigrations: ok\n")

    def test_a_failure_is_told_but_not_explained(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> bool:
            raise OSError("the password is swordfish")

        monkeypatch.setattr(probes, "cache_remembers", broken)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.content == b"database: ok\ncache: failed\nmigrations: ok\n"

    def test_a_database_that_hangs_is_given_up_within_three_seconds(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, hanging: probes.Check
    ) -> None:
        monkeypatch.setattr(probes, "database_answers", hanging)
        started = time.monotonic()
        response = client.get("/readyz")
        assert time.monotonic() - started < 3
        assert b"database: failed" in response.content

    def test_promises_that_take_too_long_are_degraded_in_time(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, hanging: probes.Check
    ) -> None:
        monkeypatch.setitem(CHEAP, "schedule", lambda now: hanging())
        started = time.monotonic()
        response = client.get("/readyz")
        assert time.monotonic() - started < 3
        assert response.status_code == 200
        assert "schedule: degraded" in response.text

    def test_a_missing_migration_is_noticed(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
        response = client.get("/readyz")
        assert response.status_code == 503
        assert b"migrations: failed" in response.content


class PromisesTests(TransactionTestCase):
    """Committed, because the probe looks through a connection of its own."""

    serialized_rollback = True

    def setUp(self) -> None:
        install()
        people = [make_person(name, REVIEWERS) for name in ("ben", "chloe")]
        assert len(people) == 2
        for job in ("run_schedule", "send_review_reminders"):
            now = timezone.now()
            JobRun.objects.create(name=job, started_at=now, finished_at=now)

    def lines(self) -> list[str]:
        response = self.client.get("/readyz")
        assert response.status_code == 200
        return response.text.splitlines()

    def test_each_is_named_when_it_is_kept(self) -> None:
        assert self.lines()[3:] == [f"{name}: ok" for name in CHEAP]

    def test_a_broken_one_is_told_but_not_explained(self) -> None:
        JobRun.objects.filter(name="run_schedule").delete()
        Group.objects.create(name="Moderators")
        degraded = [line for line in self.lines() if not line.endswith(": ok")]
        assert degraded == ["publishing rights: degraded", "schedule: degraded"]
