"""The database that a URL names, with the options that the portal relies on."""

from pathlib import Path
from typing import Any

import environ

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
)


def configured_database(env: environ.Env, default: str) -> dict[str, Any]:
    """Return the settings of `DATABASE_URL`, or of `default` where it is not set."""
    return database_from_url(env.str("DATABASE_URL", default="") or default, env)


def database_from_url(url: str, env: environ.Env) -> dict[str, Any]:
    """Return Django's settings of one database: SQLite or PostgreSQL."""
    database = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        return database | {"OPTIONS": sqlite_options()}
    return database | {
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": database.get("OPTIONS", {}) | postgresql_options(env),
    }


def sqlite_options() -> dict[str, Any]:
    """Let writers queue for the lock instead of failing: several processes share it."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": SQLITE_START,
    }


def postgresql_options(env: environ.Env) -> dict[str, Any]:
    """Keep readers from waiting on a stuck database; commands may take their time."""
    if env.str("PORTAL_ROLE", default="command") != "web":
        return {}
    statement = env.int("DATABASE_STATEMENT_TIMEOUT", default=3000)
    lock = env.int("DATABASE_LOCK_TIMEOUT", default=2000)
    return {
        "connect_timeout": 2,
        "tcp_user_timeout": 5000,
        "options": f"-c statement_timeout={statement} -c lock_timeout={lock}",
    }
