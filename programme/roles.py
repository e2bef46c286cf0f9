"""Roles and rights: one table written for people to read. The page 'Who can do what' prints it.

A permission is something a person may do in one programme. Rights on a single workstream come from dated
assignments (lead, deputy, sponsor) and live in workstreams/access.py.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """What may be done; the value is the sentence shown to users."""

    READ_PROGRAMME = "read the programme's page, and published reports that are made for people outside the trust"
    READ_REPORTS = "read every edition of a published board report, those that stay inside the trust among them"
    READ_WORKSTREAMS = "read workstreams, sent updates and milestones"
    READ_DASHBOARD = "read the dashboard"
    READ_UPDATE_STATES = "see whose update is in, late or silent"
    EDIT_PROGRAMME = "change the programme's mandate, scope, partners and places"
    MANAGE_PROGRAMME = "set the programme up: its name, its monthly rhythm, organisations and places"
    MANAGE_PEOPLE = "add and invite people, give and end roles, and change who leads a workstream"
    MANAGE_ACCOUNTS = "change e-mail addresses, close and reopen accounts, and give and end the role of administrator"
    CREATE_PROGRAMMES = "create another programme"
    VIEW_AS = "see the pages as another role would, changing nothing"
    EDIT_WORKSTREAMS = "add and change any workstream, its milestones, registers and money, and the programme's groups"
    IMPORT = "import a programme page"
    WRITE_ON_BEHALF = "enter an update that a lead has told them, under the lead's name and saying so"
    CORRECT_FILING = "move an update filed under the wrong month, and merge duplicates of people and workstreams"
    ANSWER_ASKS = "answer what workstreams ask for: yes, no or more needed"
    ASSURE_RATINGS = "give a second opinion on the rating of an update that somebody else wrote"
    EDIT_THRESHOLDS = "change the rules of the derived rating, and the programme's words for each rating"
    SET_PERIODS = "change the days on which a month opens, is due and closes"
    RUN_MONTH = "chase, return and acknowledge updates, and close and freeze a month"
    AGREE_BASELINES = "agree to a milestone's new baseline that somebody else asked for, or refuse it"
    KEEP_GATES = "add and change stage gates: their order, dates, criteria and panels"
    DECIDE_GATES = "record what was decided at a stage gate, and its conditions"
    DECIDE_CLOSING = "agree that a workstream closes, from its closing pack, or say not yet"
    KEEP_VOICES = (
        "keep the record of what was heard, pages in plain language and participation groups, for any workstream"
    )
    PUBLISH_PAGES = "publish the pages that staff read, and switch their public links on and off"
    READ_MAP = "read the THRIVE map: services, which needs they meet where, and what is missing"
    KEEP_MAP = "keep the THRIVE map: services, what each does for which need, and confirmed gaps"
    DECIDE_GAPS = "accept the gaps of the THRIVE map and what is recommended to fill them, or say why not"
    RUN_MATURITY = "run maturity reviews with the partners, and read them before they are released"
    BUILD_REPORTS = "create board reports and read drafts"
    READ_DRAFT_REPORTS = "read board reports before they are published"
    APPROVE_REPORTS = "approve a board report that somebody else created"
    PUBLISH_REPORTS = "publish an approved board report"


class Role(models.TextChoices):
    """Programme-wide roles."""

    ADMINISTRATOR = "administrator", "Administrator"
    OFFICE = "office", "Programme office"
    SLT = "slt", "Senior leadership team member"
    APPROVER = "approver", "Report approver"
    ASSURER = "assurer", "Assurance reviewer"
    COMMISSIONER = "commissioner", "Commissioner"
    READER = "reader", "Reader"
    MAPPER = "mapper", "THRIVE mapper"
    FACILITATOR = "facilitator", "Maturity facilitator"
    PARTICIPATION = "participation", "Participation lead"


P = Permission
_READING = frozenset({P.READ_PROGRAMME, P.READ_REPORTS, P.READ_WORKSTREAMS, P.READ_MAP})
_WATCHING = _READING | {P.READ_DASHBOARD}
_OFFICE = _WATCHING | {
    P.READ_UPDATE_STATES,
    P.EDIT_PROGRAMME,
    P.MANAGE_PROGRAMME,
    P.MANAGE_PEOPLE,
    P.VIEW_AS,
    P.EDIT_WORKSTREAMS,
    P.IMPORT,
    P.WRITE_ON_BEHALF,
    P.CORRECT_FILING,
    P.EDIT_THRESHOLDS,
    P.SET_PERIODS,
    P.RUN_MONTH,
    P.KEEP_GATES,
    P.DECIDE_GATES,
    P.KEEP_VOICES,
    P.PUBLISH_PAGES,
    P.KEEP_MAP,
    P.DECIDE_GAPS,
    P.RUN_MATURITY,
    P.BUILD_REPORTS,
    P.READ_DRAFT_REPORTS,
    P.PUBLISH_REPORTS,
}
_OFFICE_ALONE = {
    P.PUBLISH_REPORTS,
    P.BUILD_REPORTS,
    P.WRITE_ON_BEHALF,
    P.CORRECT_FILING,
    P.RUN_MONTH,
    P.DECIDE_GATES,
    P.KEEP_VOICES,
    P.PUBLISH_PAGES,
    P.KEEP_MAP,
    P.DECIDE_GAPS,
    P.RUN_MATURITY,
}


@dataclass(frozen=True)
class RoleDescription:
    """A role in words, with its rights."""

    role: Role
    description: str
    permissions: frozenset[Permission]

    @property
    def name(self) -> str:
        """The role's name on screen."""
        return str(self.role.label)

    @property
    def can(self) -> list[str]:
        """The rights as sentences, in the order of the table."""
        return [permission.value for permission in Permission if permission in self.permissions]


ROLES: dict[Role, RoleDescription] = {
    d.role: d
    for d in (
        RoleDescription(
            Role.ADMINISTRATOR,
            "Sets programmes up: people, accounts and roles, plans and imports. Does not create, approve or publish"
            " reports.",
            (_OFFICE - _OFFICE_ALONE) | {P.MANAGE_ACCOUNTS, P.CREATE_PROGRAMMES},
        ),
        RoleDescription(
            Role.OFFICE,
            "Runs the month: chases updates, keeps the programme page, builds and publishes the board report.",
            frozenset(_OFFICE),
        ),
        RoleDescription(
            Role.SLT,
            "Reads the dashboard to see whether the programme is on track, and answers what is asked of them. "
            "Agrees to new baselines and that workstreams close, or says not yet. Decides at stage gates, and "
            "which gaps are to be filled.",
            frozenset(
                _WATCHING
                | {P.READ_UPDATE_STATES, P.READ_DRAFT_REPORTS, P.ANSWER_ASKS, P.AGREE_BASELINES}
                | {P.DECIDE_CLOSING, P.DECIDE_GATES, P.DECIDE_GAPS}
            ),
        ),
        RoleDescription(
            Role.APPROVER,
            "Reads a draft board report and approves it, and agrees to new baselines. Never what they asked for.",
            frozenset(_WATCHING | {P.READ_UPDATE_STATES, P.READ_DRAFT_REPORTS, P.APPROVE_REPORTS, P.AGREE_BASELINES}),
        ),
        RoleDescription(
            Role.ASSURER,
            "Gives a second opinion on ratings, from evidence. Reads everything that has been sent.",
            frozenset(_WATCHING | {P.READ_UPDATE_STATES, P.READ_DRAFT_REPORTS, P.ASSURE_RATINGS}),
        ),
        RoleDescription(
            Role.COMMISSIONER,
            "Reads the programme's page, and published reports that are made for commissioners and young people.",
            frozenset({P.READ_PROGRAMME}),
        ),
        RoleDescription(
            Role.READER, "Any member of staff: reads what has been sent and published.", frozenset(_READING)
        ),
        RoleDescription(
            Role.MAPPER,
            "Keeps the map of services against the THRIVE needs-based groupings.",
            frozenset(_READING | {P.KEEP_MAP}),
        ),
        RoleDescription(
            Role.FACILITATOR,
            "Runs maturity reviews with the partners in a system or place.",
            frozenset(_READING | {P.RUN_MATURITY}),
        ),
        RoleDescription(
            Role.PARTICIPATION,
            "Keeps the record of what young people and families said and what was done about it.",
            frozenset(_READING | {P.KEEP_VOICES}),
        ),
    )
}

# What anyone with an assignment on a workstream may do across its programme.
ASSIGNED_PERMISSIONS = frozenset(_WATCHING)


@dataclass(frozen=True)
class AssignmentDescription:
    """A role on one workstream, in words, for the page 'Who can do what'."""

    name: str
    description: str
    can: list[str]


ASSIGNMENTS = (
    AssignmentDescription(
        "Workstream lead",
        "Answers for one workstream and posts its monthly update.",
        [
            "write, send and recall the workstream's monthly update",
            "rate the workstream, with a reason",
            "add milestones and change their dates, with a reason; ask for a new baseline",
            "say what a milestone waits for, also in other workstreams",
            "keep the workstream's risks, issues, decisions, actions, links and questions",
            "keep the workstream's groups and their meetings",
            "ask for help or a decision, pass it on to a group, and say more where more is needed",
            "answer questions about a rating",
            "record what young people and families said, and what became of it",
            "offer evidence for the criteria of a stage gate, and close the conditions they own",
            "keep the workstream's money: budget, forecast and spending",
            "prepare the workstream's closing pack, and say later whether what was achieved has held",
            "write the workstream's page in plain language, and propose its page for staff to the office",
            "read the dashboard and all workstreams",
        ],
    ),
    AssignmentDescription(
        "Deputy lead", "Stands in for the lead.", ["do everything the lead can do on that workstream"]
    ),
    AssignmentDescription(
        "Sponsor",
        "Senior person who backs the workstream.",
        [
            "read what the workstream has sent, and its plan",
            "answer what the workstream asks for",
            "offer evidence for the criteria of a stage gate",
            "read the dashboard and all workstreams",
        ],
    ),
)
