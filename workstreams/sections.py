"""The sections of a monthly update, in the order of a highlight report. Pure."""

from enum import StrEnum


class Section(StrEnum):
    """A part of the update; each holds bullets."""

    PROGRESS = "progress"
    RISKS = "risks"
    NEXT_STEPS = "next_steps"

    @property
    def heading(self) -> str:
        """The words over the section, on screen and in print."""
        return _WORDS[self][0]

    @property
    def question(self) -> str:
        """What the lead is asked."""
        return _WORDS[self][1]

    @property
    def hint(self) -> str:
        """One line of help under the question."""
        return _WORDS[self][2]

    @property
    def nothing(self) -> str:
        """The sentence printed where a sent update says nothing here."""
        return _WORDS[self][3]


_WORDS: dict[Section, tuple[str, str, str, str]] = {
    Section.PROGRESS: (
        "Progress",
        "What has moved on since last month?",
        "One point on each line. You can paste a list; bullets and numbers are taken off.",
        "Nothing was reported under progress.",
    ),
    Section.RISKS: (
        "Risks and help needed",
        "What could stop you, and what help do you need?",
        "Leave empty if there is nothing to say.",
        "No risks or requests for help were reported.",
    ),
    Section.NEXT_STEPS: (
        "Next steps",
        "What will you do before the next update?",
        "These come back to you next month, so that you can say what became of them.",
        "No next steps were given.",
    ),
}
