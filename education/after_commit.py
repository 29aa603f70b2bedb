"""Work that must see the saved page runs once the transaction is committed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult, TaskResultStatus

logger = logging.getLogger(__name__)

#: What Wagtail asks for at every save of a page, and of each of its rows.
INDEXING = frozenset(
    {
        "wagtail.tasks.update_reference_index_task",
        "modelsearch.tasks.insert_or_update_object_task",
    }
)

_is_left_out: ContextVar[bool] = ContextVar("_is_left_out", default=False)


@contextmanager
def without_indexing() -> Iterator[None]:
    """Within it, nothing that is saved is indexed: whoever calls it does so at once."""
    before = _is_left_out.set(True)
    try:
        yield
    finally:
        _is_left_out.reset(before)


class AfterCommitBackend(ImmediateBackend):
    """Runs tasks in this process, after commit; outside a transaction, at once.

    Wagtail's own indexing tasks would else run before a page's tags and rows are
    written, and find the old ones. A failure is logged: the backend keeps it to itself.
    """

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        if _is_left_out.get() and task_result.task.module_path in INDEXING:
            return
        transaction.on_commit(partial(self._execute_and_report, task_result))

    def _execute_and_report(self, task_result: TaskResult[Any]) -> None:
        super()._execute_task(task_result)
        if task_result.status == TaskResultStatus.FAILED:
            logger.error(
                "The task %s failed: %s",
                task_result.task.module_path,
                task_result.errors[-1].traceback if task_result.errors else "",
            )
