"""What `make run` and `make dev` use: everything on this computer, for nobody else."""

from django.core.management.utils import get_random_secret_key

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STATIC_ROOT, VAR_DIR, env


def kept_secret_key() -> str:
    """Return the secret key of this copy, made the first time and kept in `var/`."""
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
