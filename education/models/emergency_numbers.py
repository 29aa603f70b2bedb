"""Whom the foot of every page says to call in an emergency."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail import blocks


@dataclass(frozen=True)
class EmergencyNumber:
    """Whom to call: a name such as "Poison help", a number, and for whom it is."""

    label: str
    number: str
    for_whom: str

    @property
    def in_one_piece(self) -> str:
        """The number as it is read, which no line end may break."""
        return self.number.replace(" ", "\u00a0").replace("-", "\u2011")

    @property
    def call(self) -> str:
        """Where a phone goes, such as "tel:18002221222"."""
        return "tel:" + "".join(sign for sign in self.number if sign in "+0123456789*#")


class EmergencyNumberBlock(blocks.StructBlock):
    """A number to call, and for whom it is."""

    label = blocks.CharBlock(max_length=40, help_text="Such as “Poison help”.")
    number = blocks.RegexBlock(
        regex=r"^\+?[0-9*#][0-9 *#-]{1,23}$",
        max_length=24,
        error_messages={"invalid": "Write a phone number with digits and spaces only."},
        help_text="Such as “911” or “1-800-222-1222”.",
    )
    for_whom = blocks.CharBlock(
        max_length=80,
        required=False,
        label="For whom",
        help_text="Such as “if somebody swallowed something harmful”.",
    )

    class Meta:
        icon = "warning"
        label = "Number"


class EmergencyNumbersBlock(blocks.StreamBlock):
    """Whom to call in an emergency; the first one counts most."""

    number = EmergencyNumberBlock()

    class Meta:
        icon = "warning"
        max_num = 3
        required = False
