"""The forms of signing in and of passwords: allauth's rules, NHS words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError

EMAIL_REQUIRED = "Enter your email address"
EMAIL_INVALID = "Enter an email address in the correct format, like name@example.com"
NEW_PASSWORD_HINT = "At least 12 characters. Three random words work well. Do not use one you use elsewhere."  # noqa: S105
# One answer for a wrong address and a wrong password, so that nobody learns who has an account.
WRONG_DETAILS = "The email address or password is not right. Check both and try again"
TOO_MANY_TRIES = "You have tried too many times. Wait 5 minutes, then try again"


def _email() -> forms.EmailField:
    attrs = {"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}
    return forms.EmailField(
        label="Email address",
        widget=forms.EmailInput(attrs=attrs),
        error_messages={"required": EMAIL_REQUIRED, "invalid": EMAIL_INVALID},
    )


def _say(field: forms.Field, label: str, required: str, *, hint: str = "") -> None:
    """Give one of allauth's password fields our words; what it checks stays allauth's."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email()
        _say(self.fields["password"], "Password", "Enter your password")
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any] | None:
        """Check as allauth does, with one neutral sentence for every kind of wrong detail."""
        try:
            cleaned: dict[str, Any] | None = super().clean()
        except ValidationError as error:
            limited = error.code == "too_many_login_attempts"
            raise ValidationError(TOO_MANY_TRIES if limited else WRONG_DETAILS, code=error.code) from error
        return cleaned


class PasswordResetForm(allauth.ResetPasswordForm):
    """Where to send the link. The answer is the same whether or not the address has an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email()
        self.fields["email"].label = "Your work email address"


class _NewPassword(forms.Form):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], "New password", "Enter a new password", hint=NEW_PASSWORD_HINT)
        _say(self.fields["password2"], "New password again", "Enter the new password again")

    def clean(self) -> dict[str, Any]:
        """Compare the two as allauth does; the sentence is ours."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.has_error("password2") and not self.has_error("password2", "required"):
            self.errors["password2"] = forms.utils.ErrorList(["The 2 passwords must be the same"])
        return cleaned


class NewPasswordForm(_NewPassword, allauth.ResetPasswordKeyForm):
    """A new password after following the link in the e-mail."""


class SetPasswordForm(_NewPassword, allauth.SetPasswordForm):
    """A first password, for an account that has none yet."""


class ChangePasswordForm(_NewPassword, allauth.ChangePasswordForm):
    """A new password, by someone who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], "Current password", "Enter your current password")

    def clean_oldpassword(self) -> str:
        """Say which password was wrong."""
        try:
            old: str = super().clean_oldpassword()
        except ValidationError as error:
            raise ValidationError("The current password is not right", code=error.code) from error
        return old


class TakeUpInvitationForm(forms.Form):
    """A password for a new account, typed twice."""

    password1 = allauth.SetPasswordField(label="Password")
    password2 = allauth.PasswordField(label="Password again", autocomplete="new-password")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = user  # type: ignore[attr-defined]
        _say(self.fields["password1"], "Choose a password", "Enter a password", hint=NEW_PASSWORD_HINT)
        _say(self.fields["password2"], "Password again", "Enter the password again")

    def clean(self) -> dict[str, Any]:
        """The two must be the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        one, other = cleaned.get("password1"), cleaned.get("password2")
        if one and other and one != other:
            self.add_error("password2", "The 2 passwords must be the same")
        return cleaned
