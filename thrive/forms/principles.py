"""Forms of assessments against the principles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from programme.clock import today
from programme.fields import DatePartsField
from programme.models import Place
from thrive import principles
from thrive.actions.principles import Answer
from thrive.forms.mapping import not_ahead
from thrive.models import PrincipleAnswer, PrincipleAssessment, PrincipleItem, PrincipleSet
from thrive.principles import Key
from workstreams.forms.private import PrivateForm

CANNOT = "cannot"
NO_NAMES = "Do not name young people or their families."


class BeginForm(forms.Form):
    """Which place, and whether it is a baseline or follows one."""

    place = forms.ModelChoiceField(
        Place.objects.none(), label="Which place or system?", error_messages={"required": "Select a place"}
    )
    follows = forms.ModelChoiceField(
        PrincipleAssessment.objects.none(),
        label="What is it?",
        required=False,
        empty_label="A baseline: the first look",
        help_text="A follow-up asks what its baseline asked, so that the two can stand side by side.",
    )
    begun_on = DatePartsField(label="When did it begin?", error_messages={"required": "Enter the day it began"})

    def __init__(
        self, *args: Any, places: Sequence[Place], baselines: QuerySet[PrincipleAssessment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = Place.objects.filter(pk__in=[each.pk for each in places])
        place.choices = [("", "Select a place"), *((each.pk, each.name) for each in places)]
        follows: Any = self.fields["follows"]
        follows.queryset = baselines.select_related("place")
        follows.label_from_instance = lambda each: f"A follow-up of the baseline of {each.when}, {each.place}"

    def clean_begun_on(self) -> Any:
        """Not a day ahead."""
        return not_ahead(self.cleaned_data["begun_on"])

    @classmethod
    def start(cls, follows: PrincipleAssessment | None, place: int | None) -> dict[str, Any]:
        """What the form begins with."""
        if follows:
            return {"begun_on": today(), "follows": follows.pk, "place": follows.place_id}
        return {"begun_on": today(), "place": place}


class RaterForm(forms.Form):
    """Who answers, and where they see it from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(
        label="Who answers?",
        help_text="A person by their work, or a group: ‘School nurses’, ‘Service manager’.",
        max_length=100,
        error_messages={"required": "Enter who answers"},
    )
    sees_from = forms.CharField(
        label="Where do they see it from? (optional)",
        help_text="Their organisation or service.",
        max_length=200,
        required=False,
    )


class VersionForm(forms.Form):
    """Nothing but what was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReopenForm(VersionForm):
    """Why an assessment is opened again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter why"},
    )


@dataclass(frozen=True)
class AnswerRow:
    """The three fields of one statement."""

    level: principles.Level
    item: PrincipleItem
    score: BoundField
    reason: BoundField
    evidence: BoundField


class AnswerForm(PrivateForm):
    """One rater's answers on one principle. Whatever is left out stays unanswered."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, items: Sequence[PrincipleItem], asked: PrincipleSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.level: item for item in items}
        choices = [*((str(score), f"{score}. {words}") for score, words in asked.scores), (CANNOT, "Cannot say")]
        for level in principles.levels():
            code, name = level.code, level.name.lower()
            self.fields[f"score-{code}"] = forms.ChoiceField(
                label=f"{level.name}: {self._question(level)}",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason-{code}"] = forms.CharField(
                label=f"Why? ({name})", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"evidence-{code}"] = forms.CharField(
                label=f"What shows it? ({name}, optional)", max_length=500, required=False
            )
        guarded = [f"{kind}-{level.code}" for level in principles.levels() for kind in ("reason", "evidence")]
        self.guarded = tuple(guarded)  # type: ignore[misc]  # which fields there are is known here, not in the class

    def _question(self, level: principles.Level) -> str:
        item = self.items[level.code]
        scope = level.scope[:1].lower() + level.scope[1:]
        return item.text or f"how far is this so of {scope}?"

    @staticmethod
    def initial_of(answers: Iterable[PrincipleAnswer]) -> dict[str, Any]:
        """What was answered before, as the form shows it."""
        found: dict[str, Any] = {"after": 0}
        for each in answers:
            level = each.item.level
            found["after"] = max(found["after"], each.pk)
            found[f"score-{level}"] = str(each.score) if each.score else CANNOT
            found[f"reason-{level}"], found[f"evidence-{level}"] = each.reason, each.evidence
        return found

    def clean(self) -> dict[str, Any]:
        """A score has its reason, and a reason its score."""
        cleaned = super().clean()
        for level in principles.levels():
            score, reason = cleaned.get(f"score-{level.code}"), cleaned.get(f"reason-{level.code}")
            said = reason or cleaned.get(f"evidence-{level.code}")
            if said and not score and not self.has_error(f"score-{level.code}"):
                self.add_error(f"score-{level.code}", f"Select a score for {level.name.lower()}, or ‘Cannot say’")
            if score and score != CANNOT and not reason and not self.has_error(f"reason-{level.code}"):
                self.add_error(f"reason-{level.code}", f"Enter why, for {level.name.lower()}")
        return cleaned

    @property
    def rows(self) -> list[AnswerRow]:
        """The fields, level by level."""
        return [
            AnswerRow(
                level,
                self.items[level.code],
                self[f"score-{level.code}"],
                self[f"reason-{level.code}"],
                self[f"evidence-{level.code}"],
            )
            for level in principles.levels()
        ]

    @property
    def answers(self) -> dict[Key, Answer]:
        """What is answered in full; while somebody still types, the rest waits."""
        found = {}
        for level, item in self.items.items():
            score = self.cleaned_data.get(f"score-{level}")
            names = (f"score-{level}", f"reason-{level}", f"evidence-{level}")
            if score and not any(self.has_error(name) for name in names):
                told = (self.cleaned_data[name] for name in names[1:])
                found[item.key] = Answer(None if score == CANNOT else int(score), *told)
        return found


class ItemsForm(forms.Form):
    """All that is asked, as the next version. An empty box asks by the principle's own meaning."""

    limits: ClassVar = {"text": 500, "scale": 200}

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label="What is different, and why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what is different, and why"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for score in principles.SCORES:
            self.fields[f"scale-{score}"] = forms.CharField(
                label=f"What does {score} mean?",
                max_length=self.limits["scale"],
                error_messages={"required": f"Enter what {score} means"},
            )
        for each in principles.principles():
            for level in principles.levels():
                self.fields[f"text-{each.code}-{level.code}"] = forms.CharField(
                    label=f"{level.name} ({each.name.lower()})",
                    max_length=self.limits["text"],
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    @classmethod
    def start_of(cls, latest: PrincipleSet) -> dict[str, Any]:
        """What the boxes begin with: the version that stands."""
        found: dict[str, Any] = {"number": latest.number}
        found |= {f"scale-{score}": words for score, words in latest.scores}
        return found | {f"text-{item.principle}-{item.level}": item.text for item in latest.items.all()}

    @property
    def scale(self) -> list[str]:
        """A valid form's meanings."""
        return [self.cleaned_data[f"scale-{score}"] for score in principles.SCORES]

    @property
    def texts(self) -> dict[Key, str]:
        """A valid form's statements."""
        return {key: self.cleaned_data[f"text-{key[0]}-{key[1]}"] for key in principles.asked()}

    @property
    def scale_rows(self) -> list[BoundField]:
        """The fields of the scale."""
        return [self[f"scale-{score}"] for score in principles.SCORES]

    @property
    def principle_rows(self) -> list[tuple[principles.Principle, list[BoundField]]]:
        """The fields of each principle."""
        return [
            (each, [self[f"text-{each.code}-{level.code}"] for level in principles.levels()])
            for each in principles.principles()
        ]
