"""Looks at every public page as a strict visitor would; `make audit` runs it.

Starts the portal as production does, with the demonstration content in a folder that
is thrown away; asks html-validate and Lighthouse about it, weighs it, prints what came
out, and ends with 1 when a page falls short. Needs Node.js and Chromium.
"""

from __future__ import annotations

import secrets
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import chromium  # noqa: E402
from tests.audit import html, lighthouse, weight  # noqa: E402
from tests.own_portal import manage, prepared, serving  # noqa: E402

#: As behind a proxy, but without HTTPS, which nobody speaks here.
AS_IN_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "off",
    "EMAIL_URL": "dummymail://",
    "PYTHONPATH": str(ROOT),
}
ADD_EVERY_STATE = "from tests.public_states import add_every_state as go; go()"


def main() -> int:
    """Run all three looks, print a table of each, and return the exit status."""
    # Whoever ends this ends the portal that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    browser = chromium.installed()
    if browser is None:
        raise SystemExit("There is no Chromium here: set CHROMIUM to one.")
    with tempfile.TemporaryDirectory(prefix="portal-audit-") as name:
        folder = Path(name)
        print("Preparing a portal with the demonstration content ...", flush=True)
        environment = prepared(folder, secrets.token_urlsafe(), AS_IN_PRODUCTION)
        manage(environment, "shell", "--verbosity", "0", "-c", ADD_EVERY_STATE)
        with serving(environment) as address:
            short = [
                *html.look_at(address, folder),
                *weight.look_at(address, browser),
                *lighthouse.look_at(address, browser, folder),
            ]
    print("\nFalls short:\n  " + "\n  ".join(short) if short else "\nAll is well.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
