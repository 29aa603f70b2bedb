"""The portal as configured: what it refuses, what it says, what it keeps quiet."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from portal.logs import DiscreetFormatter
from portal.middleware.characters import RefuseControlCharacters
from portal.middleware.transactions import AtomicWrites
from portal.settings.databases import database_from_url

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "b7Q2x9Lr4Kd8Vw3Zt6Ny1Hc5Jm0Pg-only-for-this-test-Xs2Df7",
    "ALLOWED_HOSTS": "education.example.org",
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:9/portal",
}


def manage(
    *arguments: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator would, with only this environment."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=bare | environment,
        capture_output=True,
        text=True,
    )


class TestProduction:
    def test_passes_every_deployment_check(self) -> None:
        done = manage(
            "check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION
        )
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
    def test_names_the_one_that_is_missing(self, name: str) -> None:
        done = manage("check", environment=PRODUCTION | {name: ""})
        assert done.returncode != 0
        sentence = done.stderr.strip().splitlines()[-1]
        assert "cannot start in production without" in sentence
        named = [each for each in PRODUCTION if f"{each} (such as" in sentence]
        assert named == [name]

    def test_names_all_that_are_missing_at_once(self) -> None:
        only = {"DJANGO_SETTINGS_MODULE": "portal.settings.production"}
        sentence = manage("check", environment=only).stderr.strip().splitlines()[-1]
        assert all(name in sentence for name in PRODUCTION.keys() - only.keys())

    def test_believes_a_proxy_only_when_told_to(self) -> None:
        ask = (
            "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
        )
        alone = manage("shell", "--verbosity", "0", "-c", ask, environment=PRODUCTION)
        behind = PRODUCTION | {"BEHIND_HTTPS_PROXY": "on"}
        told = manage("shell", "--verbosity", "0", "-c", ask, environment=behind)
        assert alone.stdout.strip() == "None"
        assert "HTTP_X_FORWARDED_PROTO" in told.stdout


class TestDatabase:
    def test_sqlite_lets_writers_queue(self) -> None:
        options = database_from_url("sqlite:///var/any.sqlite3", environ.Env())
        assert options["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in options["OPTIONS"]["init_command"]

    def test_requests_do_not_wait_for_ever(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORTAL_ROLE", "web")
        database = database_from_url("postgres://u:p@h/n", environ.Env())
        assert "statement_timeout=3000" in database["OPTIONS"]["options"]
        assert "lock_timeout=2000" in database["OPTIONS"]["options"]
        assert database["CONN_HEALTH_CHECKS"]

    def test_commands_take_the_time_they_need(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("PORTAL_ROLE", raising=False)
        database = database_from_url("postgres://u:p@h/n", environ.Env())
        assert "options" not in database["OPTIONS"]

    def test_options_in_the_address_are_kept(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PORTAL_ROLE", "web")
        url = "postgres://u:p@h/n?sslmode=require"
        assert database_from_url(url, environ.Env())["OPTIONS"]["sslmode"] == "require"


@pytest.mark.django_db
class TestTransactions:
    def asked(self, method: str) -> bool:
        """Say whether a view asked with `method` runs in a transaction of its own."""
        before = len(connection.savepoint_ids)
        seen: list[int] = []

        def view(request: HttpRequest) -> HttpResponse:
            seen.append(len(connection.savepoint_ids))
            return HttpResponse()

        request = RequestFactory().generic(method, "/")
        answer = AtomicWrites(view).process_view(request, view, (), {})
        return answer is not None and seen == [before + 1]

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_writing_is_all_or_nothing(self, method: str) -> None:
        assert self.asked(method)

    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    def test_reading_opens_none(self, method: str) -> None:
        assert not self.asked(method)

    def test_a_view_that_breaks_leaves_nothing_behind(self) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            User.objects.create(username="half-done")
            raise RuntimeError

        request = RequestFactory().post("/")
        with pytest.raises(RuntimeError):
            AtomicWrites(view).process_view(request, view, (), {})
        assert not User.objects.filter(username="half-done").exists()


@pytest.mark.django_db
class TestPolicies:
    PUBLIC = ["/", "/no-such-page/", "/x%00"]

    @pytest.mark.parametrize("path", PUBLIC)
    def test_the_public_gets_the_strict_policy(self, client: Client, path: str) -> None:
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "blob:" not in policy

    def test_the_editor_may_write_inline_but_calls_no_other_host(
        self, client: Client
    ) -> None:
        policy = client.get("/cms/login/").headers["Content-Security-Policy"]
        assert "script-src 'self' 'unsafe-inline'" in policy
        assert "connect-src 'self'" in policy
        assert "http" not in policy

    @pytest.mark.parametrize("path", [*PUBLIC, "/cms/login/"])
    def test_every_answer_keeps_to_itself(self, client: Client, path: str) -> None:
        headers = client.get(path).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in headers["Permissions-Policy"]

    @pytest.mark.parametrize("path", PUBLIC)
    def test_a_visitor_gets_no_cookie(self, client: Client, path: str) -> None:
        assert not client.get(path).cookies

    def test_nobody_keeps_a_copy_of_the_cms(self, admin_client: Client) -> None:
        response = admin_client.get("/cms/")
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]

    def test_the_dashboard_names_no_other_host(self, admin_client: Client) -> None:
        page = admin_client.get("/cms/").text
        assert "gravatar" not in page
        assert "w-upgrade" not in page

    def test_a_session_is_out_of_reach_of_scripts_and_other_sites(
        self, client: Client
    ) -> None:
        User.objects.create_superuser("lead", password="a password of some length")
        signed_in = client.post(
            "/cms/login/",
            {"username": "lead", "password": "a password of some length"},
        )
        cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.django_db
class TestControlCharacters:
    @pytest.mark.parametrize(
        "address",
        [
            "/x%00y/",
            "/tags/a%0Ab/",
            "/search/?q=a%00",
            "/search/?q=a%1B%5B",
            "/search/?a%7F=b",
            "/cms/login/?next=%00",
            "/cms/pages/%00/",
            "/healthz?%00",
        ],
    )
    def test_are_refused_in_every_address(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 400
        assert "We could not read that" in response.text

    @pytest.mark.parametrize("cookie", ['"\\000"', "a%00", "a\x01"])
    def test_are_refused_in_cookies(self, client: Client, cookie: str) -> None:
        response = client.get("/", headers={"cookie": f"sessionid={cookie}"})
        assert response.status_code == 400

    def test_pasted_line_ends_and_tabs_are_let_through(self) -> None:
        request = RequestFactory().get("/search/?q=leg%0D%0Acramp%09night+%C3%A9%FF")
        passed = RefuseControlCharacters(lambda request: HttpResponse("in"))(request)
        assert passed.status_code == 200

    def test_the_refusal_needs_no_database(
        self, client: Client, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            client.get("/search/?q=%00")

    @pytest.mark.parametrize(
        "typed", ["a\x00b", '{"text": "a\\u0000b"}', '"\\\\\\u0000"']
    )
    def test_a_nul_in_the_editors_form_is_refused(
        self, admin_client: Client, typed: str
    ) -> None:
        response = admin_client.post("/cms/users/new/", {"username": typed})
        assert response.status_code == 400

    def test_an_escaped_backslash_before_u0000_is_only_text(
        self, admin_client: Client
    ) -> None:
        typed = '{"text": "a\\\\u0000b"}'
        response = admin_client.post("/cms/users/new/", {"username": typed})
        assert response.status_code != 400


class TestLogs:
    def line(self, message: str, *values: object) -> str:
        record = logging.LogRecord("portal", 30, "f", 1, message, values, None)
        return DiscreetFormatter("%(message)s").format(record)

    def test_leave_out_what_somebody_searched_for(self) -> None:
        said = self.line("Not Found: %s", "/search/?q=blood+in+urine")
        assert said == "Not Found: /search/?..."

    def test_leave_out_which_search_led_to_a_page(self) -> None:
        said = self.line("Not Found: %s", f"/search/to/{'0a' * 12}/7/")
        assert said == "Not Found: /search/to/.../7/"

    def test_leave_out_who_it_was(self) -> None:
        said = self.line("Invalid request from ip=203.0.113.7: too long")
        assert "203.0.113.7" not in said

    def test_keep_an_ordinary_question_mark(self) -> None:
        assert self.line("Is it ready? Yes") == "Is it ready? Yes"
