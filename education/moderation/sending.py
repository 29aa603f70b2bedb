"""One plain letter to each of several people, whatever the mail server does."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from smtplib import SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

#: Longer subjects are cut: mail programs show less.
LONGEST_SUBJECT = 150


def send(name: str, subject: str, people: Iterable[User], about: dict[str, Any]) -> int:
    """Write the letter `name` to each of these people; how many were sent.

    A letter that cannot be sent is logged. With no connection the rest is not tried:
    somebody is waiting for the answer to what they did.
    """
    people = list(people)
    if not people:
        return 0
    sent = 0
    connection = get_connection()
    try:
        connection.open()
        for person in people:
            sent += _send_one(_letter(name, subject, person, about, connection), name)
    except (OSError, SMTPServerDisconnected):
        logger.exception(
            'No connection to the mail server: "%s" reached %s of %s people.',
            name,
            sent,
            len(people),
        )
    finally:
        _close(connection)
    return sent


def on_one_line(words: str) -> str:
    """Words for a header: a line break in a page's title cannot begin another one."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _letter(
    name: str, subject: str, person: User, about: dict[str, Any], connection: Any
) -> EmailMessage:
    body = render_to_string(f"education/emails/{name}.txt", {"person": person} | about)
    return EmailMessage(
        subject=on_one_line(f"{settings.SITE_NAME}: {subject}")[:LONGEST_SUBJECT],
        body=body.strip() + "\n",
        to=[person.email],
        connection=connection,
        # No automatic reply is to come back to it.
        headers={"Auto-Submitted": "auto-generated"},
    )


def _send_one(letter: EmailMessage, name: str) -> int:
    try:
        return letter.send()
    except (SMTPServerDisconnected, ConnectionError, TimeoutError):
        raise
    except Exception:  # whatever one address does, the others are to hear of it
        logger.exception('The letter "%s" could not be sent to one address.', name)
        return 0


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:
        logger.exception("The connection to the mail server could not be closed.")
