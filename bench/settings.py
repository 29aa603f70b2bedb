"""The portal as `make run` serves it, with a counter and a page that says hello."""

from portal.settings.development import *  # noqa: F403
from portal.settings.development import MIDDLEWARE

MIDDLEWARE = ["bench.counting.CountStatements", *MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
