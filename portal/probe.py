"""Asks the portal beside it whether it is alive: `python -m portal.probe`.

Containers run it. The portal answers to its own name only, so the probe says it.
"""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen


def main() -> int:
    """Return 0 when the portal answers within three seconds, else 1."""
    port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
    question = Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urlopen(question, timeout=3) as answer:  # noqa: S310 - our own address
            return 0 if answer.status == 200 else 1
    except (URLError, TimeoutError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
