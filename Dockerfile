FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    VAR_DIR=/srv/portal/var \
    BIND=0.0.0.0:8000

RUN useradd --system --uid 10001 --create-home --home-dir /srv/portal portal
WORKDIR /srv/portal

COPY requirements.txt requirements-pdf.txt ./
RUN pip install -r requirements.txt

# Handouts as PDF files. With `--build-arg PDF=off` readers get the print view instead.
ARG PDF=on
RUN if [ "$PDF" = on ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends libpango-1.0-0 \
            libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
        && rm -rf /var/lib/apt/lists/* \
        && pip install -r requirements-pdf.txt; \
    fi

COPY LICENSE manage.py gunicorn.conf.py ./
COPY portal portal
COPY education education

# Nothing of this build-only environment stays in the image.
RUN SECRET_KEY=build-only ALLOWED_HOSTS=localhost DATABASE_URL=sqlite:////tmp/none \
    python manage.py collectstatic --noinput \
    && mkdir -p var/media && chown -R portal:portal var/media

USER portal
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-m", "portal.probe"]

CMD ["gunicorn", "portal.wsgi"]
