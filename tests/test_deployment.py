"""What the deployment files promise, checked without an engine to run them."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "web", "scheduler")

# Where settings are read, in every way to run but development and the tests.
READERS = [
    "portal/settings/base.py",
    "portal/settings/databases.py",
    "portal/settings/production.py",
    "gunicorn.conf.py",
]
# Set by `portal/wsgi.py`, not by people.
INTERNAL = {"PORTAL_ROLE"}
# Read by Python, pip and Django themselves, and by docker-compose.yml itself.
OTHERS = {"DJANGO_SETTINGS_MODULE", "POSTGRES_PASSWORD"}


def read_by_settings() -> set[str]:
    """Return every variable that the code asks the environment for."""
    asked = r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"'
    texts = [(ROOT / path).read_text() for path in READERS]
    return {name for text in texts for name in re.findall(asked, text)} - INTERNAL


def named_in_example() -> set[str]:
    text = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def set_by_compose() -> set[str]:
    return {name for service in OURS for name in SERVICES[service]["environment"]}


def set_by_dockerfile() -> set[str]:
    block = re.search(r"^ENV (.*(?:\\\n.*)*)", DOCKERFILE, re.MULTILINE)
    assert block
    names = set(re.findall(r"([A-Z_]+)=", block[1]))
    return {name for name in names if not name.startswith(("PYTHON", "PIP_"))}


class TestVariables:
    def test_every_one_that_is_set_is_read(self) -> None:
        named = named_in_example() | set_by_compose() | set_by_dockerfile()
        assert named - OTHERS - read_by_settings() == set()

    def test_every_one_that_is_read_is_explained(self) -> None:
        assert read_by_settings() - named_in_example() == set()

    def test_what_compose_asks_of_the_reader_is_explained(self) -> None:
        asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))
        assert asked <= named_in_example()

    def test_no_secret_is_written_down(self) -> None:
        written = re.findall(r"(?:SECRET_KEY|PASSWORD): *(\S+)", COMPOSE_TEXT)
        assert all(value.startswith("${") for value in written)


class TestCommands:
    @pytest.mark.parametrize(
        "path", ["Dockerfile", "docker-compose.yml", "Makefile", "docs/operating.md"]
    )
    def test_every_one_that_is_named_exists(self, path: str) -> None:
        text = (ROOT / path).read_text()
        named = set(re.findall(r"python manage\.py ([a-z_]+)", text))
        assert named
        assert named <= get_commands().keys()


class TestDockerfile:
    def test_runs_as_nobody_special(self) -> None:
        users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
        assert users
        assert users[-1] not in {"root", "0"}

    def test_copies_only_what_exists_and_is_let_in(self) -> None:
        copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
        sources = {source for line in copied for source in line.split()}
        ignore = (ROOT / ".dockerignore").read_text().splitlines()
        let_in = {line[1:] for line in ignore if line.startswith("!")}
        assert all((ROOT / source).exists() for source in sources)
        assert sources == let_in

    def test_builds_its_static_files(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput"],
            cwd=ROOT,
            env=production(tmp_path),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "static" / "staticfiles.json").exists()


class TestCompose:
    def test_the_web_starts_after_the_migrations(self) -> None:
        for service in ("web", "scheduler"):
            waits_for = SERVICES[service]["depends_on"]["migrate"]["condition"]
            assert waits_for == "service_completed_successfully"

    def test_the_migrations_start_after_the_database(self) -> None:
        waits_for = SERVICES["migrate"]["depends_on"]
        assert waits_for["db"]["condition"] == "service_healthy"

    def test_database_and_cache_are_watched(self) -> None:
        assert all(SERVICES[name]["healthcheck"]["test"] for name in ("db", "redis"))

    def test_what_must_last_lies_in_volumes(self) -> None:
        kept = {v.split(":")[0] for s in ("db", "web") for v in SERVICES[s]["volumes"]}
        assert kept == COMPOSE["volumes"].keys()

    def test_the_schedule_is_kept(self) -> None:
        command = SERVICES["scheduler"]["command"]
        assert command[:3] == ["python", "manage.py", "run_schedule"]
        assert "--every" in command

    def test_the_schedule_is_kept_on_ones_own_computer_too(self) -> None:
        recipe = (ROOT / "Makefile").read_text().split("\nrun:")[1].split("\n\n")[0]
        assert "run_schedule --every" in recipe


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_paths_answer(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def production(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a small deployment that keeps its files in `folder`."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only for this test",
        "ALLOWED_HOSTS": ".example.org,other.example.org",
        "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
        "VAR_DIR": str(folder),
        **more,
    }


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The portal under gunicorn with production settings; gives its environment."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (tmp_path / "static").mkdir()
    environment = production(tmp_path, BIND=f"127.0.0.1:{port}")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield environment
    server.terminate()
    server.communicate(timeout=30)


def probe(environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "portal.probe"]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


class TestProbe:
    def test_finds_a_running_portal_alive(self, deployed: dict[str, str]) -> None:
        until = time.monotonic() + 30
        while (failed := probe(deployed)) and time.monotonic() < until:
            time.sleep(0.2)
        assert not failed

    def test_finds_an_absent_one_dead(self, tmp_path: Path) -> None:
        assert probe(production(tmp_path, BIND="127.0.0.1:9")) == 1
