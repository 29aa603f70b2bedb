"""What runs by itself, and when it last did: the heartbeat that operators watch."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    """The last run of one job that a scheduler starts, such as `run_schedule`."""

    name = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.name}, started {self.started_at}"
