"""The ground: people, organisations, places, programmes, roles, reporting periods and imports."""

from programme.models.importing import ImportBatch
from programme.models.invitation import Invitation
from programme.models.organisation import Organisation, Place
from programme.models.period import ReportingPeriod
from programme.models.person import Person, User
from programme.models.programme import Membership, Programme
from programme.models.stated_date import StatedDate
from programme.models.viewing import RoleViewing

__all__ = [
    "ImportBatch",
    "Invitation",
    "Membership",
    "Organisation",
    "Person",
    "Place",
    "Programme",
    "ReportingPeriod",
    "RoleViewing",
    "StatedDate",
    "User",
]
