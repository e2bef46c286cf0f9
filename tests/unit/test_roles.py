"""Roles and rights, held to what the descriptions say in words."""

from programme.permissions import Rights
from programme.roles import ASSIGNED_PERMISSIONS, ASSIGNMENTS, ROLES, Permission, Role

P = Permission
READING = {P.READ_PROGRAMME, P.READ_REPORTS, P.READ_WORKSTREAMS, P.READ_MAP}
OVERSIGHT = READING | {P.READ_DASHBOARD, P.READ_UPDATE_STATES, P.READ_DRAFT_REPORTS}
SETTING_UP = {P.EDIT_PROGRAMME, P.EDIT_WORKSTREAMS, P.MANAGE_PROGRAMME, P.MANAGE_PEOPLE, P.VIEW_AS}
KEEPING = OVERSIGHT | SETTING_UP | {P.IMPORT, P.EDIT_THRESHOLDS, P.SET_PERIODS, P.KEEP_GATES}

# By hand, from the descriptions; the code's own table is what is being checked.
WANTED = {
    Role.ADMINISTRATOR: KEEPING | {P.MANAGE_ACCOUNTS, P.CREATE_PROGRAMMES},
    Role.OFFICE: KEEPING
    | {
        P.BUILD_REPORTS,
        P.PUBLISH_REPORTS,
        P.WRITE_ON_BEHALF,
        P.CORRECT_FILING,
        P.RUN_MONTH,
        P.DECIDE_GATES,
        P.KEEP_VOICES,
        P.PUBLISH_PAGES,
        P.KEEP_MAP,
        P.DECIDE_GAPS,
        P.RUN_MATURITY,
    },
    Role.SLT: OVERSIGHT | {P.ANSWER_ASKS, P.AGREE_BASELINES, P.DECIDE_CLOSING, P.DECIDE_GATES, P.DECIDE_GAPS},
    Role.APPROVER: OVERSIGHT | {P.APPROVE_REPORTS, P.AGREE_BASELINES},
    Role.ASSURER: OVERSIGHT | {P.ASSURE_RATINGS},
    Role.COMMISSIONER: {P.READ_PROGRAMME},
    Role.READER: READING,
    Role.MAPPER: READING | {P.KEEP_MAP},
    Role.FACILITATOR: READING | {P.RUN_MATURITY},
    Role.PARTICIPATION: READING | {P.KEEP_VOICES},
}


def test_every_role_holds_what_its_description_says():
    assert {role: set(description.permissions) for role, description in ROLES.items()} == WANTED


def test_every_role_is_described_once_under_its_own_name():
    assert list(ROLES) == list(Role)
    assert [d.name for d in ROLES.values()] == [role.label for role in Role]
    assert len({d.description for d in ROLES.values()}) == len(Role)


def test_nobody_both_builds_and_approves_or_approves_and_publishes():
    for description in ROLES.values():
        assert not {P.BUILD_REPORTS, P.APPROVE_REPORTS} <= description.permissions
        assert not {P.APPROVE_REPORTS, P.PUBLISH_REPORTS} <= description.permissions


def test_every_right_is_held_by_somebody_and_said_in_words_of_its_own():
    assert set().union(*(d.permissions for d in ROLES.values())) == set(Permission)
    assert len({permission.value for permission in Permission}) == len(Permission)


def test_rights_are_printed_in_the_order_of_the_table():
    said = [permission.value for permission in Permission]
    for description in ROLES.values():
        assert description.can == [words for words in said if words in description.can]
        assert len(description.can) == len(description.permissions)


def test_a_part_in_a_workstream_lets_its_holder_read_the_programme_and_change_nothing():
    assert set(ASSIGNED_PERMISSIONS) == READING | {P.READ_DASHBOARD}
    assert [d.name for d in ASSIGNMENTS] == ["Workstream lead", "Deputy lead", "Sponsor"]


def test_several_roles_add_up_and_the_first_gives_the_name():
    both = Rights((Role.APPROVER, Role.READER), is_assigned=True)
    assert set(both.permissions) == WANTED[Role.APPROVER] | WANTED[Role.READER] | set(ASSIGNED_PERMISSIONS)
    assert both.words == "Report approver"


def test_without_any_role_nothing_is_held():
    assert Rights((), is_assigned=False).permissions == frozenset()
    assert Rights((), is_assigned=True).words == "Workstream team"
