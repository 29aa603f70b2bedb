"""What runs by itself, and when it last did: the heartbeat that operators watch."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class JobRunQuerySet(models.QuerySet):
    def begin(self, name: str, now: datetime) -> JobRun:
        """Note that this job begins. A run that never finished is written over."""
        run, _ = self.update_or_create(
            name=name,
            defaults={
                "started_at": now,
                "finished_at": None,
                "done": 0,
                "failed": 0,
            },
        )
        return run


class JobRun(models.Model):
    """The last run of one job that a scheduler starts, such as `run_schedule`."""

    name = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    objects = JobRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.name}, started {self.started_at}"

    def finish(self, now: datetime, done: int, failed: int) -> None:
        """Note what the run came to."""
        self.finished_at, self.done, self.failed = now, done, failed
        self.save(update_fields=["finished_at", "done", "failed"])
