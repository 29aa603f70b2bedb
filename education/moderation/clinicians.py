"""Where clinical leads keep how each clinician signs; nobody keeps his or her own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry, PageLogEntry

from education.models import ClinicianProfile

ENTRANCE = "wagtailadmin.access_admin"

#: The log entry that says what was written into a profile.
KEPT = "education.clinician"

NOT_ONES_OWN = (
    "Nobody keeps the own profile: your name, role and registration are what the "
    "public reads under your approvals, so somebody else has to stand for them. Ask "
    "another clinical lead. There is no exception, for administrators neither."
)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.get_username()})" if name else obj.get_username()


class ClinicianForm(WagtailAdminModelForm):
    """A profile of somebody else. Whose it is never changes."""

    user = PersonField(
        queryset=User.objects.none(),
        label="Account",
        help_text="Somebody who may sign in here and has no profile yet. "
        "You are not in the list: another clinical lead keeps your profile.",
        error_messages={
            "invalid_choice": "Choose somebody from the list. Nobody keeps the own "
            "profile: another clinical lead does."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.with_perm(ENTRANCE)
        if self.instance.pk:
            self.fields["user"].disabled = True
            people = User.objects.filter(pk=self.instance.user_id)
        else:
            people = people.filter(clinician_profile__isnull=True)
            people = people.exclude(pk=self.for_user.pk if self.for_user else None)
        self.fields["user"].queryset = people.order_by("first_name", "last_name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person = self.instance.user if self.instance.pk else cleaned.get("user")
        if person and self.for_user and person.pk == self.for_user.pk:
            raise ValidationError(NOT_ONES_OWN)
        return cleaned


class _Kept:
    """Saves a profile with a log entry that says what was written."""

    def save_instance(self) -> Model:
        form = self.form
        before = form.initial
        self.action_class(
            form.instance, user=self.request.user, form=form, log_action=False
        ).execute(skip_permission_checks=True)
        log(
            form.instance,
            KEPT,
            user=self.request.user,
            content_changed=form.has_changed(),
            data={
                "written": {
                    name: [before.get(name) or "", form.cleaned_data[name]]
                    for name in form.changed_data
                    if name != "user"
                }
            },
        )
        return form.instance


def refused(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(
        request,
        "education/admin/clinician_own.html",
        {"sentence": NOT_ONES_OWN},
        status=403,
    )


class AddClinician(_Kept, generic.CreateView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("user") == str(request.user.pk):
            return refused(request)
        return super().post(request, *args, **kwargs)


class _OfSomebodyElse:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_object().user_id == request.user.pk:
            return refused(request)
        return super().dispatch(request, *args, **kwargs)


class ChangeClinician(_OfSomebodyElse, _Kept, generic.EditView):
    pass


class RemoveClinician(_OfSomebodyElse, generic.DeleteView):
    pass


class ClinicianViewSet(ModelViewSet):
    model = ClinicianProfile
    name = "clinicians"
    icon = "user"
    menu_label = "Clinicians"
    add_to_admin_menu = True
    menu_order = 260
    list_display = ("name", "role", "registration", "user")
    search_fields = ("name", "role", "registration")
    ordering = "name"
    copy_view_enabled = False
    add_view_class = AddClinician
    edit_view_class = ChangeClinician
    delete_view_class = RemoveClinician
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("role"), FieldPanel("registration")],
                heading="How this person signs from now on",
                help_text="What was signed already keeps the name, role and "
                "registration of its day.",
            ),
        ],
        base_form_class=ClinicianForm,
    )


class ClinicianFormatter(LogFormatter):
    label = "Keep a clinician's profile"

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        written = log_entry.data.get("written", {})
        said = [
            f'{name}: "{after}"' + (f', was "{before}"' if before else "")
            for name, (before, after) in written.items()
        ]
        return "Wrote " + "; ".join(said) if said else "Saved without a change"
