"""How gunicorn serves the portal; every choice can be made in the environment."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 8190
# A heartbeat on a slow disk can look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# No access log: what people read here is health data. Errors leave out who and what.
loglevel = os.environ.get("LOG_LEVEL", "INFO")
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "portal.logs.DiscreetFormatter",
            "format": "%(levelname)s gunicorn: %(message)s",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "discreet"},
    },
    "root": {"handlers": ["stderr"], "level": loglevel},
    "loggers": {
        "gunicorn.error": {
            "handlers": ["stderr"],
            "level": loglevel,
            "propagate": False,
        },
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
