"""What each page makes a phone load, with an empty cache."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from hashlib import sha256

from playwright.sync_api import Page, Request, sync_playwright

from tests import chromium
from tests.audit.tables import print_table
from tests.public_addresses import ADDRESSES

KB = 1000
MOST_KB, MOST_REQUESTS = 100, 12
#: Of all style sheets and of all scripts together, compressed.
MOST_CSS_KB, MOST_JS_KB = 20, 15


@dataclass
class Load:
    """What one page asked for."""

    requests: list[Request] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """As it went over the wire, headers included."""
        sizes = [request.sizes() for request in self.requests]
        return sum(
            one["responseHeadersSize"] + one["responseBodySize"] for one in sizes
        )

    def of_kind(self, kind: str) -> dict[str, int]:
        """The compressed size of each style sheet or script, by a hash of its text.

        The one stylesheet has two addresses: pages that ask no database take another.
        """
        texts = (
            request.response().body()
            for request in self.requests
            if request.resource_type == kind
        )
        return {sha256(text).hexdigest(): len(gzip.compress(text)) for text in texts}


def look_at(address: str, browser: str) -> list[str]:
    """Print what each page weighs, and say which weigh too much."""
    wrong, rows = [], []
    styles: dict[str, int] = {}
    scripts: dict[str, int] = {}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser, args=chromium.launch_arguments()
        )
        for row in ADDRESSES:
            page = started.new_context().new_page()
            load = loaded(page, address + row.path)
            kb, count = load.bytes / KB, len(load.requests)
            styles |= load.of_kind("stylesheet")
            scripts |= load.of_kind("script")
            page.context.close()
            rows.append([row.name, f"{kb:.1f}", count])
            if kb > MOST_KB or count > MOST_REQUESTS:
                wrong.append(
                    f"{row.name}: {kb:.1f} kB in {count} requests, of "
                    f"{MOST_KB} kB in {MOST_REQUESTS}"
                )
        started.close()
    print_table(["weight", "kB", "requests"], rows)
    totals = (
        ("style sheets", styles, MOST_CSS_KB),
        ("scripts", scripts, MOST_JS_KB),
    )
    lines = []
    for name, parts, most in totals:
        kb = sum(parts.values()) / KB
        lines.append([name, len(parts), f"{kb:.1f}", most])
        if kb > most:
            wrong.append(f"all {name} together: {kb:.1f} kB of {most} kB compressed")
    print_table(["in all, compressed", "files", "kB", "at most"], lines)
    return wrong


def loaded(page: Page, url: str) -> Load:
    load = Load()
    page.on("requestfinished", lambda request: load.requests.append(request))
    page.goto(url, wait_until="networkidle")
    return load
