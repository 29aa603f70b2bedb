"""A portal to break: a database and gunicorn of its own, on this computer only."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30


@contextmanager
def database(server: str) -> Iterator[str]:
    """Make a database on this server, give its URL, and drop it in the end."""
    name = f"portal_faults_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def surroundings(database_url: str, folder: str) -> dict[str, str]:
    """The environment of every process of this portal."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "DATABASE_URL": database_url,
        "VAR_DIR": folder,
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
        "WEB_CONCURRENCY": "2",
        "WEB_THREADS": "4",
    }


class Server:
    """Gunicorn with workers that may be killed; its master starts others."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        # Loaded once, before it forks: the next workers are there at once.
        self.master = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--preload"),
                *("--bind", f"127.0.0.1:{self.port}"),
            ],
            cwd=ROOT,
            stderr=log.open("w"),
        )

    def complaints(self) -> list[str]:
        """What the portal logged, but for the deaths that we caused."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if "was sent SIGKILL" not in line]

    def workers(self) -> list[int]:
        """The processes that the master started, by their ids."""
        children = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        if children.exists():
            return [int(pid) for pid in children.read_text().split()]
        found = subprocess.run(
            ["pgrep", "-P", str(self.master.pid)], capture_output=True, text=True
        )
        return [int(pid) for pid in found.stdout.split()]

    def kill_workers(self) -> None:
        for pid in self.workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            time.sleep(0.02)
        raise TimeoutError("The portal does not answer.")

    def stop(self) -> None:
        self.master.terminate()
        try:
            self.master.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.master.kill()


class Browser:
    """One person's browser: cookies, and the token that forms carry."""

    def __init__(self, server: Server, username: str, password: str) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.ask("GET", "/cms/login/")
        status, _ = self.send(
            "/cms/login/", {"username": username, "password": password}
        )
        assert status == 302, f"{username} cannot sign in: {status}"

    def send(self, path: str, data: dict[str, object]) -> tuple[int, str]:
        """Send a form; status and page. 0 where the answer never came."""
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        try:
            return self.ask("POST", path, urlencode(data | token))
        except (OSError, http.client.HTTPException):
            return 0, ""

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.server.port, timeout=PATIENCE
        )
        headers = {
            "Cookie": "; ".join(f"{name}={it}" for name, it in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "text/html",
        }
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(line).items():
                    self.cookies[name] = morsel.value
            return response.status, response.read().decode()
        finally:
            connection.close()
