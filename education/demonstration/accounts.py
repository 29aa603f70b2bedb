"""The people of the demonstration, named so that nobody takes them for clinicians."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, User

from education.models import DemonstrationItem


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    groups: tuple[str, ...]
    does: str


AUTHOR = Account("demo-author", "Demonstration author", ("Authors",), "writes pages")
FIRST_APPROVER = Account(
    "demo-approver-1",
    "Demonstration approver 1",
    ("Reviewers",),
    "approves what others wrote",
)
SECOND_APPROVER = Account(
    "demo-approver-2",
    "Demonstration approver 2",
    ("Reviewers",),
    "approves too: medicines need two",
)
LEAD = Account(
    "demo-lead",
    "Demonstration lead",
    ("Clinical leads", "Vocabulary managers"),
    "takes pages down and keeps the tags",
)
ACCOUNTS = (AUTHOR, FIRST_APPROVER, SECOND_APPROVER, LEAD)


def make_account(account: Account, password: str | None) -> User:
    """The user of this account. Without a password nobody can sign in as it."""
    user, made = User.objects.get_or_create(
        username=account.username,
        defaults={"first_name": account.name, "last_name": "(not a clinician)"},
    )
    if made:
        user.groups.set(Group.objects.filter(name__in=account.groups))
        user.set_password(password)
        user.save()
        DemonstrationItem.objects.note(user)
    return user
