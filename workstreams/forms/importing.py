"""The forms of bringing a page in: the page itself, and what is changed of one of its parts."""

from typing import Any, Final

from django import forms

from programme.refusals import Refused
from workstreams import documents
from workstreams.forms.milestone import SaidDateField

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 500
PASTED: Final = "Pasted text"


class StartForm(forms.Form):
    """A page: pasted, or as a file."""

    text = forms.CharField(
        label="Paste the page",
        help_text="Select the whole page in your browser or in Word, copy it, and paste it here.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text=f"It can be {documents.TYPES_IN_WORDS}. {documents.LIMITS_IN_WORDS}",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(documents.SUFFIXES)}),
    )
    source = forms.CharField(
        label="Where is the page from?",
        help_text="Such as ‘Intranet, crisis care page’. A file goes by its name if you leave this empty.",
        required=False,
        max_length=150,
    )

    def clean(self) -> dict[str, Any]:
        """The words, from whichever of the two was given, as `words`, and what to call them, as `name`."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if bool(file) == bool(text.strip()):
            self.add_error("text", "Paste a page or choose a file" + (", not both" if file else ""))
            return cleaned
        try:
            cleaned["words"] = _file_words(file) if file else documents.pasted(text)
        except Refused as refused:
            self.add_error("file" if file else "text", str(refused))
        cleaned["name"] = cleaned.get("source") or (file.name if file else PASTED)
        return cleaned


def _file_words(file: Any) -> str:
    if file.size > documents.LARGEST_FILE:  # before it is read into memory
        raise Refused(f"{file.name} is larger than 5 MB. Copy the part that is the programme's page, and paste it.")
    return documents.read(file.read(), file.name)


class BetterDateField(SaidDateField):
    """A date as people say it, or the page's own words as they stand: those clean to None, however they read."""

    def __init__(self, *, as_it_is: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.as_it_is = as_it_is

    def clean(self, value: Any) -> Any:
        """The date's window, or None where nothing changed."""
        return None if str(value or "").strip() == self.as_it_is.strip() != "" else super().clean(value)


class CorrectionForm(forms.Form):
    """Better words, and for what has one another date."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Words",
        max_length=LONGEST_TEXT,
        error_messages={"required": "Enter the words"},
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "true"}),
    )

    def __init__(self, *args: Any, date_words: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if date_words is not None:
            missing = {"required": "Enter the date"}
            self.fields["when"] = BetterDateField(label="Date", as_it_is=date_words, error_messages=missing)


class SplitForm(forms.Form):
    """Where the second workstream begins, and its name."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    line = forms.ChoiceField(
        label="Where does the second workstream begin?",
        help_text="What stands on this line and below it goes to the second workstream.",
        error_messages={"required": "Choose where the second workstream begins"},
    )
    name = forms.CharField(
        label="Name of the second workstream",
        max_length=LONGEST_NAME - 1,
        error_messages={"required": "Enter the name of the second workstream"},
    )

    def __init__(self, *args: Any, lines: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a line"), *((str(line), f"Line {line}: {text[:90]}") for line, text in lines)]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]
