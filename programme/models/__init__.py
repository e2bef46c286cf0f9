"""The ground: people, organisations, places, programmes, roles, reporting periods and imports."""

from programme.models.importing import ImportBatch
from programme.models.invitation import Invitation
from programme.models.leave import Leave
from programme.models.mail import Mail, MailAttempt, MailChoices
from programme.models.organisation import Organisation, Place
from programme.models.period import ReportingPeriod
from programme.models.person import Person, User
from programme.models.programme import Membership, Programme, ProgrammePartner, ProgrammePlace
from programme.models.stated_date import StatedDate
from programme.models.viewing import RoleViewing

__all__ = [
    "ImportBatch",
    "Invitation",
    "Leave",
    "Mail",
    "MailAttempt",
    "MailChoices",
    "Membership",
    "Organisation",
    "Person",
    "Place",
    "Programme",
    "ProgrammePartner",
    "ProgrammePlace",
    "ReportingPeriod",
    "RoleViewing",
    "StatedDate",
    "User",
]
