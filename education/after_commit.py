"""Work that must see the saved page runs once the transaction is committed."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult, TaskResultStatus

logger = logging.getLogger(__name__)


class AfterCommitBackend(ImmediateBackend):
    """Runs tasks in this process, after commit; outside a transaction, at once.

    Wagtail's own indexing tasks would else run before a page's tags and rows are
    written, and find the old ones. A failure is logged: the backend keeps it to itself.
    """

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        transaction.on_commit(partial(self._execute_and_report, task_result))

    def _execute_and_report(self, task_result: TaskResult[Any]) -> None:
        super()._execute_task(task_result)
        if task_result.status == TaskResultStatus.FAILED:
            logger.error(
                "The task %s failed: %s",
                task_result.task.module_path,
                task_result.errors[-1].traceback if task_result.errors else "",
            )
