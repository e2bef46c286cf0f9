"""What the ground keeps of its changes, in words. A field without words here is never told."""

from django.db.models import Q

from programme.models import (
    Invitation,
    Leave,
    MailChoices,
    Membership,
    Organisation,
    Person,
    Place,
    Programme,
    ProgrammePartner,
    ProgrammePlace,
    ReportingPeriod,
    User,
)
from programme.trail import Kept, Strand

PROGRAMME, MONTHS, PEOPLE = "programme", "months", "people"

PAGE = Kept(
    Programme,
    "programme's page",
    PROGRAMME,
    "name",
    {
        "name": "name",
        "mandate": "mandate",
        "scope": "scope",
        "governance": "governance",
        "opens_before_month_end": "working days before the end of a month on which its updates open",
        "due_working_day": "working day on which updates are due",
        "closes_after_due": "working days after which a month closes",
    },
)
PARTNER = Kept(ProgrammePartner, "partner", PROGRAMME, "organisation")
PLACE = Kept(ProgrammePlace, "place", PROGRAMME, "place")
MONTH = Kept(
    ReportingPeriod,
    "month",
    MONTHS,
    "month",
    {
        "opens_on": "opens on",
        "due_on": "due on",
        "closes_on": "closes on",
        "closed_at": "closed on",
        "frozen_at": "frozen on",
    },
    leave_out=Q(pgh_label="insert"),  # made ahead by a rule, or with an import that is told by itself
)
ROLE = Kept(Membership, "role", PEOPLE, "user", {"role": "role", "since": "from", "until": "until"})
PERSON = Kept(
    Person,
    "person",
    PEOPLE,
    "name",
    {
        "name": "name",
        "aliases": "also written",
        "organisation": "organisation",
        "merged_into": "merged into",
    },
)
ACCOUNT = Kept(
    User,
    "account",
    PEOPLE,
    "email",
    {"email": "email address", "person": "person", "is_active": "may sign in"},
)
INVITATION = Kept(
    Invitation,
    "invitation",
    PEOPLE,
    "person",
    {"role": "role", "revoked_at": "withdrawn on", "accepted_at": "taken up on"},
)
# A person's own affair: when they are away, and which e-mails they want.
OWN_AFFAIR = (Leave, MailChoices)
# Shared by all programmes and told on no programme's page: nobody owns their history there.
SHARED = (Organisation, Place)


def of_programme(programme: Programme) -> list[Strand]:
    """The programme's own page, its partners, places and reporting months."""
    return [
        PAGE.where(pgh_obj=programme.pk),
        PARTNER.where(programme=programme.pk),
        PLACE.where(programme=programme.pk),
        MONTH.where(programme=programme.pk),
    ]


def of_people(programme: Programme, people: object) -> list[Strand]:
    """Roles of the programme, and the records and accounts of `people` (keys). For those who keep them."""
    return [
        ROLE.where(programme=programme.pk),
        PERSON.where(pgh_obj__in=people),
        ACCOUNT.where(person__in=people),
        INVITATION.where(programme=programme.pk),
    ]
