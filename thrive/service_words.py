"""The words of the directory: how far a service is, ways in, evidence, and when a check is out of date. Pure."""

from datetime import date
from typing import Final

from programme.dates import day_words

STATUSES: Final = (
    ("live", "Live"),
    ("planned", "Planned"),
    ("not_live", "Commissioned, not live"),
    ("closed", "Closed"),
)
WAYS_IN: Final = (
    ("self", "Young people themselves"),
    ("family", "Parents and carers"),
    ("school", "School or college"),
    ("gp", "GP or primary care"),
    ("professional", "Another professional"),
    ("spa", "Single point of access"),
    ("crisis", "Crisis line or emergency department"),
    ("open", "No referral needed"),
)
CONTRIBUTIONS: Final = (("core", "Core"), ("partial", "Partial"))
CONTRIBUTION_HINTS: Final = {
    "core": "It is what this need is met by: most who need it here can have it.",
    "partial": "It helps some of the way: for some, in some areas, or beside its main work.",
}
EVIDENCE: Final = (
    ("specification", "Specification"),
    ("activity", "Activity figures"),
    ("audit", "Audit"),
    ("directory", "Directory entry"),
    ("feedback", "Feedback of users"),
    ("plan", "Plan in place"),
    ("measure", "Outcome measure"),
    ("word", "Told by the service"),
)
STATUS_WORDS: Final = dict(STATUSES)
WAY_WORDS: Final = dict(WAYS_IN)
CONTRIBUTION_WORDS: Final = dict(CONTRIBUTIONS)
EVIDENCE_WORDS: Final = dict(EVIDENCE)
SELF_REFERRAL: Final = frozenset({"self", "family", "open"})

# A directory entry that nobody has confirmed for this long sends families the wrong way.
FRESH_DAYS: Final = 182


def is_stale(assured_on: date | None, today: date) -> bool:
    """Whether a check is missing or older than six months."""
    return assured_on is None or (today - assured_on).days > FRESH_DAYS


def freshness_words(assured_on: date | None, by: str, today: date) -> str:
    """'Checked on 3 May 2026 by Mo Khan', 'Out of date: last checked on …', 'Never checked'."""
    if assured_on is None:
        return "Never checked"
    checked = f"checked on {day_words(assured_on)}" + (f" by {by}" if by else "")
    return f"Out of date: last {checked}" if is_stale(assured_on, today) else f"C{checked[1:]}"
