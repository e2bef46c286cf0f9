"""The e-mails the service sends, in words, for the page where people choose among them. Pure.

No e-mail holds anything of an update or a rating: a programme, a month and a link to sign in to.
"""

from enum import StrEnum


class MailKind(StrEnum):
    """What a line of an e-mail is about."""

    SOON = "soon"
    DUE = "due"
    STANDING_IN = "standing_in"
    SPONSOR = "sponsor"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CHASED = "chased"
    REPORT_WAITS = "report_waits"
    REPORT_PUBLISHED = "report_published"
    REPORT_FAILED = "report_failed"

    @property
    def heading(self) -> str:
        """What the e-mail is, in a few words."""
        return _WORDS[self][0]

    @property
    def example(self) -> str:
        """A line as it stands in the e-mail."""
        return _WORDS[self][1]

    @property
    def can_be_turned_off(self) -> bool:
        """Everything but what the office sends by hand, since somebody is waiting for that answer."""
        return self is not MailKind.CHASED


_WORDS = {
    MailKind.SOON: (
        "An update is due in a few working days",
        "Harbour programme: the October 2026 update is due on 6 November 2026.",
    ),
    MailKind.DUE: (
        "An update is due today",
        "Harbour programme: the October 2026 update is due today.",
    ),
    MailKind.STANDING_IN: (
        "An update you can write as lead or deputy is late",
        "Harbour programme: the October 2026 update was due on 6 November 2026 and is not in.",
    ),
    MailKind.SPONSOR: (
        "An update of a workstream you sponsor is still missing",
        "Harbour programme: the October 2026 update of a workstream you sponsor is not in.",
    ),
    MailKind.RETURNED: (
        "The programme office has returned an update to you",
        "Harbour programme: the October 2026 update has come back to you. The reason is beside the form.",
    ),
    MailKind.ACKNOWLEDGED: (
        "The programme office has read your update",
        "Harbour programme: the October 2026 update has been read by the programme office.",
    ),
    MailKind.ANSWERED: (
        "Something you asked for has been answered",
        "Harbour programme: there is an answer to something you asked for.",
    ),
    MailKind.CHASED: (
        "The programme office asks you for an update",
        "Harbour programme: the programme office is waiting for the October 2026 update.",
    ),
    MailKind.REPORT_WAITS: (
        "A board report waits for your approval",
        "Harbour programme: October 2026, full pack, version 1, waits for your approval.",
    ),
    MailKind.REPORT_PUBLISHED: (
        "A board report was published or withdrawn",
        "Harbour programme: October 2026, full pack, version 1, has been published.",
    ),
    MailKind.REPORT_FAILED: (
        "A board report could not be built",
        "Harbour programme: October 2026, full pack, version 1, could not be built. Its page says why.",
    ),
}
