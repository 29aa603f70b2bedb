"""The portal on a database of the bench's own; mails and files go nowhere."""

import os

from portal.settings.databases import database_from_url
from portal.settings.testing import *  # noqa: F403
from portal.settings.testing import env

DATABASES = {"default": database_from_url(os.environ["DATABASE_URL"], env)}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
