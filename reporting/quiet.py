"""Quiet sentences of the dashboard: who waits to be told, money against its budget, and gaps. A few queries each.

Each is empty where there is nothing to say, so that nobody reads that nothing is the matter.
"""

from datetime import date

from programme.models import Programme
from thrive import threads
from workstreams import voice_log
from workstreams.models import FundingLine, Voice
from workstreams.money import roll_up, year_to_lead_with


def voices_sentence(programme: Programme, day: date) -> str:
    """What was heard and not answered, with its age; empty where everybody has been told."""
    tally = voice_log.tally(Voice.objects.filter(programme=programme), day)
    return tally.sentence if tally.unanswered else ""


def money_sentence(programme: Programme, day: date) -> str:
    """The present financial year: forecast against budget. Empty where no budget has been recorded."""
    lines = FundingLine.objects.filter(workstream__programme=programme).standing()
    leading = year_to_lead_with(roll_up((row.line for row in lines), day), day)
    if leading is None or leading.whole.amounts.budget is None:
        return ""
    return f"Money in {leading.words}: {leading.sentence[:1].lower()}{leading.sentence[1:]}"


def gaps_sentence(programme: Programme, day: date) -> str:
    """Gaps of the THRIVE map, and what was accepted without living work. Empty where nothing was recorded."""
    return threads.sentence_of(programme, day)
