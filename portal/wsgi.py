"""The door for web servers: `gunicorn portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
# Requests get the database's time limits; commands do not.
os.environ.setdefault("PORTAL_ROLE", "web")

application = get_wsgi_application()
