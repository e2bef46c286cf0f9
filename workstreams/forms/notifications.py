"""Which e-mails somebody gets, and when they are away."""

from typing import Any

from django import forms

from programme.fields import DatePartsField
from programme.mail_kinds import MailKind

CHOOSABLE = [kind for kind in MailKind if kind.can_be_turned_off]


class NotificationsForm(forms.Form):
    """One box for each kind that can be turned off; ticked means wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CHOOSABLE:
            self.fields[kind.value] = forms.BooleanField(label=kind.heading, help_text=kind.example, required=False)

    @property
    def off(self) -> list[MailKind]:
        """The kinds that were not ticked."""
        return [kind for kind in CHOOSABLE if not self.cleaned_data[kind.value]]


class LeaveForm(forms.Form):
    """The first and the last day."""

    since = DatePartsField(
        label="First day away", help_text="For example, 24 12 2026", error_messages={"required": "Enter the first day"}
    )
    until = DatePartsField(
        label="Last day away", help_text="For example, 4 1 2027", error_messages={"required": "Enter the last day"}
    )
