"""What the machines that watch over the portal are told."""

import time
from collections.abc import Iterator
from threading import Event

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from education import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanging() -> Iterator[health.Check]:
    """A check that does not come back until the test is over."""
    let_go = Event()
    yield lambda: let_go.wait(30)
    let_go.set()


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


class TestReady:
    def test_names_what_works(self, client: Client) -> None:
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.content == b"database: ok\ncache: ok\nmigrations: ok\n"

    def test_a_failure_is_told_but_not_explained(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> bool:
            raise OSError("the password is swordfish")

        monkeypatch.setattr(health, "cache_remembers", broken)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.content == b"database: ok\ncache: failed\nmigrations: ok\n"

    def test_a_database_that_hangs_is_given_up_within_three_seconds(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, hanging: health.Check
    ) -> None:
        monkeypatch.setattr(health, "database_answers", hanging)
        started = time.monotonic()
        response = client.get("/readyz")
        assert time.monotonic() - started < 3
        assert b"database: failed" in response.content

    def test_a_missing_migration_is_noticed(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
        response = client.get("/readyz")
        assert response.status_code == 503
        assert b"migrations: failed" in response.content
