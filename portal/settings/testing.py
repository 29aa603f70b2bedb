"""What the tests run with: SQLite, or the database that `TEST_DATABASE_URL` names."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env
from portal.settings.databases import database_from_url

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Each run has a database of its own, so that two runs on one computer do not meet.
kept_until_exit = TemporaryDirectory(prefix="portal-tests-", ignore_cleanup_errors=True)
RUN_DIR = Path(kept_until_exit.name)
test_database_url = env.str("TEST_DATABASE_URL", default="")
DATABASES = {
    "default": database_from_url(
        test_database_url or f"sqlite:///{RUN_DIR / 'unused.sqlite3'}", env
    )
}
if test_database_url:
    # A statement that never ends is a failure with a name, not a run without an end.
    DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=60000"
# A file, not memory: threads of one test must be able to wait for each other's locks.
DATABASES["default"]["TEST"] = {
    "NAME": f"portal_test_{os.getpid()}"
    if test_database_url
    else str(RUN_DIR / "test.sqlite3")
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = RUN_DIR / "media"
STATIC_ROOT = RUN_DIR / "static"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# The first step of an import of redirects leaves no file behind.
WAGTAIL_REDIRECTS_FILE_STORAGE = "cache"
