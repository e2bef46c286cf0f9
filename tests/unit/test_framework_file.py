"""A version of the maturity framework as a file: out and in again the same, and every fault said at once."""

import json
from dataclasses import replace

import pytest

from thrive.maturity import framework_file
from thrive.maturity.actions.framework import SHIPPED
from thrive.maturity.framework_file import Unreadable, from_json, from_rows, to_json, to_rows

FRAMEWORK = from_json(SHIPPED.read_text(encoding="utf-8"))


def test_the_version_that_is_shipped_is_whole():
    kloes = [kloe for element in FRAMEWORK.elements for kloe in element.kloes]
    assert (len(FRAMEWORK.domains), len(FRAMEWORK.elements), len(kloes)) == (10, 96, 204)
    assert [level.name for level in FRAMEWORK.levels] == ["Emerging", "Developing", "Maturing", "Leading"]
    assert [change.number for change in FRAMEWORK.changes] == [1, 2, 3, 4, None]


def test_json_and_rows_come_back_the_same():
    assert from_json(to_json(FRAMEWORK)) == FRAMEWORK
    rows = to_rows(FRAMEWORK)
    sheets = {
        name: [dict(zip(columns, map(str, row), strict=True)) for row in rows[name]]
        for name, columns in framework_file.SHEETS.items()
    }
    assert from_rows(FRAMEWORK.name, FRAMEWORK.note, sheets) == FRAMEWORK


def broken(**changes):
    told = json.loads(to_json(FRAMEWORK))
    return json.dumps(told | changes)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not json", "The file is not JSON."),
        ("[]", "Something is missing"),
        (broken(name=" "), "The framework has no name."),
        (broken(levels=[{"value": 1, "name": "Only", "guidance": "One"}]), "Levels must be numbered 1, 2, 3"),
        (broken(levels=[{"value": "x", "name": "Only", "guidance": "One"}]), "A number is not a whole number."),
        (
            broken(changes=[{"number": 1, "title": "Wait less", "actions": [], "domains": ["XYZ"]}]),
            "“Wait less” names a domain XYZ that is not there.",
        ),
    ],
)
def test_what_is_wrong_is_said(text, problem):
    with pytest.raises(Unreadable) as refused:
        from_json(text)
    assert problem in str(refused.value)


def test_every_fault_is_said_at_once():
    domain = replace(FRAMEWORK.domains[0], elements=())
    twice = replace(FRAMEWORK, domains=(domain, domain))
    assert list(framework_file.problems_of(twice))[:3] == [
        "The domain STR is there more than once.",
        "The domain number 1 is there more than once.",
        "Domain STR has no elements.",
    ]
