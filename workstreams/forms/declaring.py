"""The fields of a declared rating: the choice and its reason, the path to Green, how sure delivery is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from programme.models import Person
from programme.status import DECLARABLE, Confidence, Rag
from workstreams.actions.declaring import NO_PATH, PathToGreen, needs_note
from workstreams.forms.milestone import SaidDateField

LONGEST_REASON = 1_000
LONGEST_OWNER = 200
PATH = ("path-action", "path-owner", "path-by")
WHY_NOT = "why-not"


@dataclass(frozen=True)
class RatingFacts:
    """What the programme and the months before say about the choice.

    `derived` is what the rules make of the facts, with their reasons; a choice that is better needs to say why.
    """

    definitions: Mapping[Rag, str] = field(default_factory=lambda: {rag: rag.definition for rag in DECLARABLE})
    before: Rag | None = None
    derived: Rag | None = None
    derived_reasons: Sequence[str] = ()
    team: Sequence[Person] = ()

    @property
    def is_questioned(self) -> bool:
        """Whether some choice would be better than what the rules say."""
        return self.derived in {Rag.RED, Rag.AMBER}

    def is_better(self, chosen: Rag) -> bool:
        """Whether a choice is better than what the rules say."""
        return self.derived is not None and self.is_questioned and chosen.severity > self.derived.severity


def _why_not(facts: RatingFacts) -> forms.Field:
    worse = facts.derived.word if facts.derived else ""
    better = "Green" if facts.derived is Rag.AMBER else "Green or Amber"
    return forms.CharField(
        label=f"Why is it not {worse}?",
        help_text=f"Needed if you choose {better}. It is shown beside your rating.",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def fields_of(facts: RatingFacts) -> dict[str, forms.Field]:
    """Everything about the rating. Red reveals the path to Green."""
    action, owner, by = PATH
    rating: Any = forms.ChoiceField(
        label="How is the workstream going?",
        choices=[(rag.value, rag.word) for rag in DECLARABLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the workstream is going"},
    )
    rating.choice_hints = {rag.value: facts.definitions[rag] for rag in DECLARABLE}
    rating.reveals = {Rag.RED.value: PATH}
    confidence: Any = forms.ChoiceField(
        label="How sure are you that the whole will be delivered?",
        help_text="This may differ from how the month went.",
        choices=[(each.value, each.words) for each in Confidence],
        required=False,
        widget=forms.RadioSelect,
    )
    confidence.choice_hints = {each.value: each.definition for each in Confidence}
    found: dict[str, forms.Field] = {
        "rating": rating,
        action: forms.CharField(
            label="What will bring it back to Green?",
            required=False,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
        owner: forms.CharField(label="Who will do it?", required=False, max_length=LONGEST_OWNER),
        by: SaidDateField(label="By which day?", help_text="For example: 24 December 2026.", required=False),
        "reason": forms.CharField(
            label="Why did you choose this rating?",
            help_text=(
                "Needed for Amber and Red, and for Green after Red. "
                "Say what happened, what you are doing about it and by when."
            ),
            max_length=LONGEST_REASON,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
    }
    if facts.is_questioned:
        found[WHY_NOT] = _why_not(facts)
    return found | {"confidence": confidence}


def clean(form: forms.Form, facts: RatingFacts) -> PathToGreen:
    """What the chosen rating needs, said at the fields that lack it. The path to Green, where it is Red."""
    cleaned = form.cleaned_data
    chosen = Rag(cleaned["rating"]) if cleaned.get("rating") else None
    if chosen is not Rag.RED:
        for name in PATH:
            form.errors.pop(name, None)
    if chosen is None:
        return NO_PATH
    if needs_note(chosen, facts.before) and not cleaned.get("reason") and "reason" not in form.errors:
        green = "Say what has changed, since the last rating was Red"
        form.add_error("reason", green if chosen is Rag.GREEN else f"Say why the workstream is {chosen.word}")
    if facts.is_better(chosen) and not cleaned.get(WHY_NOT) and facts.derived:
        form.add_error(WHY_NOT, f"Say why the workstream is not {facts.derived.word}")
    return _path(form, facts) if chosen is Rag.RED else NO_PATH


def _path(form: forms.Form, facts: RatingFacts) -> PathToGreen:
    action, owner, by = (form.cleaned_data.get(name) for name in PATH)
    needed = zip(
        PATH, ("Say what will bring it back to Green", "Enter who will do it", "Enter by which day"), strict=True
    )
    for name, sentence in needed:
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, sentence)
    if by and by.end is None:
        form.add_error(PATH[2], "Enter a day, such as 24 December 2026")
    known = next((person for person in facts.team if owner and person.name.casefold() == owner.casefold()), None)
    return PathToGreen(action or "", by.end if by else None, known, "" if known else owner or "")
