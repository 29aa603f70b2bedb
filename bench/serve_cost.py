"""Measures what a page costs: statements, CPU, time and bytes. `make bench` runs it.

Starts the portal under gunicorn (2 processes, 4 threads each) on this computer alone,
with the demonstration content in a database of its own, or with a `DATABASE_URL`.
CPU is given as a multiple of what a view costs that only says hello, so that numbers
from two computers can be compared.
"""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import psutil

ROOT = Path(__file__).resolve().parent.parent
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
WARM_UP = 20


@dataclass(frozen=True)
class Cost:
    """What one address cost, on average or at a percentile."""

    statements: str
    cpu: float  # seconds a request, of all processes of the server
    p50: float
    p95: float
    size: int


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def cpu_seconds(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        times = [member.cpu_times() for member in family]
        return sum(spent.user + spent.system for spent in times)


def main() -> None:
    """Measure every kind of page and print one line for each."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = prepared(Path(folder))
        with serving(environment) as server:
            pages = {"hello": "/bench/hello/"} | chosen_pages(server)
            costs = {name: measured(server, path) for name, path in pages.items()}
    print_table(pages, costs)


def prepared(folder: Path) -> dict[str, str]:
    """Make a database with the demonstration content; return the environment."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    steps = [["collectstatic", "--noinput"]]
    if not environment.get("DATABASE_URL"):
        steps += [["migrate"], ["install_portal"], ["load_demo"]]
    for step in steps:
        print(f"{step[0]} ...", file=sys.stderr, flush=True)
        command = [sys.executable, "manage.py", *step, "--verbosity", "0"]
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    return environment


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Server]:
    """Run gunicorn until the measuring is over, and end what was started."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--log-level=warning"]
    sizes = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2", "WEB_THREADS": "4"}
    started = subprocess.Popen(command, cwd=ROOT, env=environment | sizes)
    server = Server(port, psutil.Process(started.pid))
    try:
        wait_for(server)
        yield server
    finally:
        started.terminate()
        started.wait(timeout=30)


def wait_for(server: Server) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            fetch(server.connect(), "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The portal did not start within 30 seconds.")


def chosen_pages(server: Server) -> dict[str, str]:
    """Pick one page of each kind from the sitemap and from the list of tags."""
    _, sitemap = fetch(server.connect(), "/sitemap.xml")
    _, tags = fetch(server.connect(), "/tags/")
    listed = [urlsplit(url).path for url in re.findall(r"<loc>([^<]+)", sitemap)]
    links = re.findall(r'href="([^"?#]+)', tags)
    wanted = {
        "topic": (listed, r"/topics/[^/]+/$"),
        "question": (listed, r"/questions/[^/]+/$"),
        "medicine": (listed, r"/medicines/[^/]+/$"),
        "tag": (links, r"/tags/[^/]+/$"),
    }
    found = {name: first(paths, shape) for name, (paths, shape) in wanted.items()}
    some = {name: path for name, path in found.items() if path}
    return {"home": "/", **some, "section": "/topics/", "search": "/search/?q=cramps"}


def first(paths: list[str], shape: str) -> str | None:
    return next((path for path in paths if re.match(shape, path)), None)


def fetch(connection: HTTPConnection, path: str) -> tuple[HTTPResponse, str]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response, response.read().decode()


def measured(server: Server, path: str) -> Cost:
    """Ask for one address again and again, as one reader at a time would."""
    print(f"{path} ...", file=sys.stderr, flush=True)
    connection = server.connect()
    for _ in range(WARM_UP):
        response, text = fetch(connection, path)
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}.")
    times: list[float] = []
    cpu, until = server.cpu_seconds(), time.monotonic() + SECONDS
    while time.monotonic() < until or len(times) < 100:
        started = time.perf_counter()
        fetch(connection, path)
        times.append(time.perf_counter() - started)
    spent = server.cpu_seconds() - cpu
    return Cost(
        statements=response.headers["X-Statements"],
        cpu=spent / len(times),
        p50=statistics.median(times),
        p95=statistics.quantiles(times, n=20)[-1],
        size=len(text.encode()),
    )


def print_table(pages: dict[str, str], costs: dict[str, Cost]) -> None:
    hello = costs["hello"].cpu
    print(
        f"One hello costs {hello * 1000:.2f} ms of CPU. One reader at a time.\n\n"
        f"{'':10}{'statements':>11}{'CPU x hello':>13}"
        f"{'p50 ms':>9}{'p95 ms':>9}{'bytes':>9}  address"
    )
    for name, cost in costs.items():
        print(
            f"{name:10}{cost.statements:>11}{cost.cpu / hello:>13.1f}"
            f"{cost.p50 * 1000:>9.1f}{cost.p95 * 1000:>9.1f}{cost.size:>9}"
            f"  {pages[name]}"
        )


if __name__ == "__main__":
    main()
