"""What people may change of their own account: not the name that signs."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)


class EmailForm(NameEmailForm):
    """Wagtail's form without the names: the public reads them under what was approved,
    so an administrator keeps them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["first_name"], self.fields["last_name"]


class EmailPanel(NameEmailSettingsPanel):
    form_class = EmailForm
    title = "Email"


class OwnAccountView(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        return [
            EmailPanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, NameEmailSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
