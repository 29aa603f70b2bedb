"""What a deployment uses. It refuses to start half-configured."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

REQUIRED = {
    "SECRET_KEY": "a long random text",
    "ALLOWED_HOSTS": "education.example.org",
    "DATABASE_URL": "postgres://portal:password@db:5432/portal",
}


def refuse_to_start_without(required: dict[str, str]) -> None:
    """Raise `ImproperlyConfigured` naming every variable that is missing."""
    missing = [
        f"{name} (such as {example!r})"
        for name, example in required.items()
        if not env.str(name, default="").strip()
    ]
    if missing:
        raise ImproperlyConfigured(
            f"The portal cannot start in production without {' and '.join(missing)} "
            "in its environment."
        )


refuse_to_start_without(REQUIRED)

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# Letters to clinicians link here.
WAGTAILADMIN_BASE_URL = env.str(
    "WAGTAILADMIN_BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Only behind a proxy that sets this header itself: anybody else could forge it.
if env.bool("BEHIND_HTTPS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # All readers would else have one address, that of the proxy.
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
