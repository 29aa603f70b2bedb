"""What a portal needs before its first page: groups, the workflow, and the sections.

Every part is made where it is missing, and what would open a way round approval is put
right, so it may run at every start. What a portal changed of its groups stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from education.models import ClinicalApprovalTask, HomePage, SectionPage
from education.vocabulary import Kind

AUTHORS = "Authors"
REVIEWERS = "Reviewers"
CLINICAL_LEADS = "Clinical leads"
VOCABULARY_MANAGERS = "Vocabulary managers"
WORKFLOW = "Clinical approval"


@dataclass(frozen=True)
class Role:
    """A group: what its members may do on pages, and beside them."""

    name: str
    on_pages: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


#: Reading the report of searches, which everybody with a role does.
SEARCHES = frozenset({"view_searchterm"})
#: Reading the report of feedback, which authors, reviewers and leads do.
FEEDBACK = frozenset({"view_feedback"})
#: Bringing documents in and making drafts of them, for those who may add pages.
IMPORTS = frozenset({"add_importedfile"})
#: Keeping what the search knows of words.
SEARCH_WORDS = frozenset(
    f"{action}_{noun}"
    for action in ("add", "change", "delete", "view")
    for noun in ("synonym", "bestbet")
)
#: Reading the rules by which imported words are found unsafe: whoever works on imports.
SAFETY_RULES = frozenset({"view_safetyrule", "view_safetywords"})
#: Keeping these rules. Word lists, to which rules refer, nobody deletes.
SAFETY_KEEPING = SAFETY_RULES | frozenset(
    {
        "add_safetyrule",
        "change_safetyrule",
        "delete_safetyrule",
        "add_safetywords",
        "change_safetywords",
    }
)

ROLES = (
    Role(
        AUTHORS,
        frozenset({"add", "change"}),
        SEARCHES | FEEDBACK | IMPORTS | SAFETY_RULES,
    ),
    Role(
        REVIEWERS,
        frozenset({"change"}),
        SEARCHES | FEEDBACK | SAFETY_RULES | frozenset({"approve_emergencywording"}),
    ),
    Role(
        CLINICAL_LEADS,
        frozenset({"add", "change", "lock", "unlock"}),
        frozenset(
            {
                "withdraw_page",
                "change_reviewsettings",
                "change_siteappearance",
                "change_reviewschedule",
                "add_clinicianprofile",
                "change_clinicianprofile",
                "view_clinicianprofile",
                "add_emergencywording",
                "approve_emergencywording",
                "add_emergencyphrase",
                "change_emergencyphrase",
                "delete_emergencyphrase",
                "view_emergencyphrase",
            }
        )
        | SEARCHES
        | FEEDBACK
        | IMPORTS
        | SEARCH_WORDS
        | SAFETY_KEEPING,
    ),
    Role(
        VOCABULARY_MANAGERS,
        beside=frozenset({"add_tag", "change_tag", "delete_tag", "view_tag"})
        | SEARCHES
        | SEARCH_WORDS
        | SAFETY_KEEPING,
    ),
)

SECTIONS = (
    (
        Kind.TOPIC,
        "topics",
        "Conditions, symptoms and treatments, explained in plain words.",
    ),
    (
        Kind.QUESTION,
        "questions",
        "Short answers to what people ask, each approved by a clinician.",
    ),
    (
        Kind.MEDICINE,
        "medicines",
        "What each medicine is for, how to take it, and what to watch for.",
    ),
)


@transaction.atomic
def install() -> None:
    """Make or mend the groups, the workflow on the root, the home page and sections."""
    root = Page.objects.get(depth=1)
    for role in ROLES:
        _install_role(role, root)
    # Publishing is the workflow's alone, whoever gave the permission meanwhile.
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    _install_workflow(root)
    _install_pages(root)


def _install_role(role: Role, root: Page) -> None:
    group, made = Group.objects.get_or_create(name=role.name)
    # What a role is there for it may do in older installations too.
    beside = Permission.objects.filter(
        content_type__app_label="education", codename__in=role.beside
    )
    group.permissions.add(*beside)
    if made:
        _let_in(group, role, root)


def _let_in(group: Group, role: Role, root: Page) -> None:
    entrance = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    group.permissions.add(*entrance)
    for action in role.on_pages:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{action}_page"
        )
        GroupPagePermission.objects.create(
            group=group, page=root, permission=permission
        )


def _install_workflow(root: Page) -> None:
    groups = Group.objects.filter(name__in=[REVIEWERS, CLINICAL_LEADS])
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    steps = ((WORKFLOW, False), ("Second approval", True))
    for place, (name, second) in enumerate(steps):
        task = ClinicalApprovalTask.objects.filter(
            workflow_tasks__workflow=workflow, second_approval=second
        ).first()
        if task is None:
            task = ClinicalApprovalTask.objects.create(
                name=name, second_approval=second
            )
            task.groups.set(groups)
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task, defaults={"sort_order": place}
        )
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def _install_pages(root: Page) -> None:
    home = HomePage.objects.first() or _make_home(root)
    for kind, slug, introduction in SECTIONS:
        if not SectionPage.objects.child_of(home).filter(kind=kind).exists():
            home = HomePage.objects.get(pk=home.pk)
            home.add_child(
                instance=SectionPage(
                    title=kind.plural, slug=slug, kind=kind, introduction=introduction
                )
            )


def _make_home(root: Page) -> HomePage:
    """The home page in place of Wagtail's welcome page, as the root of the site."""
    stock = Page.objects.child_of(root).filter(content_type__model="page")
    home = HomePage(
        title="Home",
        slug="portal",
        locale=Locale.get_default(),
        introduction="Every page is written in plain words and approved by clinicians "
        "who did not write it.",
    )
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    else:
        site.root_page = home
        site.save()
    for page in stock:
        page.delete()
    return home
