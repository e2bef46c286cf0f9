"""A programme's rules for the derived rating, and its own words for what each rating means."""

from dataclasses import fields
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from programme.models import Programme
from programme.status import DECLARABLE, Rag
from workstreams.rag import Thresholds

MOST = 365


def _number(default: int, least: int = 0, most: int = MOST) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(
        default=default, validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


@pghistory.track()
class RatingThresholds(models.Model):
    """One programme's own numbers and words. A programme without a row goes by the defaults."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="rating_thresholds")
    red_overdue_days = _number(30)
    red_critical_overdue_days = _number(0)
    red_critical_slip_days = _number(90)
    red_ask_working_days = _number(10, most=60)
    amber_overdue_days = _number(0)
    amber_slip_days = _number(30)
    amber_moves = _number(2, least=1, most=20)
    amber_risk_score = _number(15, least=1, most=25)
    # What each rating means here; empty words mean those of programme/status.py.
    red_meaning = models.CharField(max_length=60, blank=True)
    red_definition = models.TextField(blank=True)
    amber_meaning = models.CharField(max_length=60, blank=True)
    amber_definition = models.TextField(blank=True)
    green_meaning = models.CharField(max_length=60, blank=True)
    green_definition = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    NUMBERS: ClassVar = tuple(field.name for field in fields(Thresholds))
    WORDS: ClassVar = tuple(f"{rag.value}_{part}" for rag in reversed(DECLARABLE) for part in ("meaning", "definition"))

    def __str__(self) -> str:
        return f"Rating rules of {self.programme}"

    @property
    def numbers(self) -> Thresholds:
        """The numbers, for the rule."""
        return Thresholds(**{name: getattr(self, name) for name in self.NUMBERS})

    def meaning_of(self, rag: Rag) -> str:
        """What a rating says here, in two or three words."""
        return getattr(self, f"{rag.value}_meaning", "") or rag.meaning

    def definition_of(self, rag: Rag) -> str:
        """The sentence printed beside the choice."""
        return getattr(self, f"{rag.value}_definition", "") or rag.definition


def thresholds_of(programme: Programme) -> RatingThresholds:
    """The programme's rules: its own, or the defaults, which are then not stored yet (version 0)."""
    own = RatingThresholds.objects.filter(programme=programme).first()
    return own or RatingThresholds(programme=programme, version=0)
