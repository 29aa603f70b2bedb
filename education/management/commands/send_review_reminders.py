"""Tells reviewers by e-mail what is due; to be started once a day."""

import logging
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from education.models import JobRun
from education.reviews.reminders import Reminder, reminders_for_each, send_digest

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Sends each reviewer one e-mail with the pages whose review has come to be due "
        "soon, due or overdue. Start it once a day. Nobody is told twice of the same "
        "thing, and what a missed day left out comes with the next."
    )

    stealth_options = ("now",)

    def handle(self, *args: Any, now: datetime | None = None, **options: Any) -> None:
        now = now or timezone.now()
        run = JobRun.objects.begin("send_review_reminders", now)
        to_tell = reminders_for_each(timezone.localdate(now))
        nobody_knows = to_tell.pop(None, [])
        sent, failed = self._send_all(to_tell, now)
        run.finish(timezone.now(), sent, failed + bool(nobody_knows))
        self.stdout.write(f"E-mails sent: {sent}")
        troubles = []
        if failed:
            troubles.append(
                f"E-mails that could not be sent: {failed}. The next run tries again."
            )
        if nobody_knows:
            troubles.append(
                f"Reviews that nobody could be told of: {len(nobody_knows)}. No "
                "clinical lead has an active account with an e-mail address."
            )
        if troubles:
            raise CommandError(" ".join(troubles))

    def _send_all(
        self, to_tell: dict[User, list[Reminder]], now: datetime
    ) -> tuple[int, int]:
        sent = failed = 0
        for person, reminders in to_tell.items():
            try:
                told = send_digest(person, reminders, now)
            except Exception:
                failed += 1
                logger.exception("Reminders could not be sent to user %s", person.pk)
                continue
            sent += bool(told)
        return sent, failed
