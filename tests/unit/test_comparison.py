"""Two reports held against each other, in sentences and rows."""

from typing import Any

from programme.status import Rag
from reporting.comparison import compare


def milestone(title: str, when: str, state: str = "planned", label: str = "Planned") -> dict[str, Any]:
    return {"title": title, "when": when, "state": state, "state_label": label}


def stream(name: str, rating: str, *milestones: dict[str, Any], reason: str = "") -> dict[str, Any]:
    slug = name.lower().replace(" ", "-")
    return {"name": name, "slug": slug, "rating": rating, "rating_reason": reason, "milestones": list(milestones)}


def content(*streams: dict[str, Any], silent: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"workstreams": list(streams), "summary": {"not_reported": list(silent)}}


def test_what_changed_is_said_and_what_stayed_is_left_to_the_table():
    before = content(
        stream("Crisis care", "green", milestone("Rota", "May 2027"), milestone("Line", "June 2027")),
        stream("Schools", "amber"),
        stream("Old team", "green"),
    )
    after = content(
        stream(
            "Crisis care", "red", milestone("Rota", "May 2027", "done", "Done"), milestone("Line", "July 2027"),
            milestone("Text", "May 2027"), reason="Two posts are vacant",
        ),
        stream("Schools", "amber"),
        stream("Parents", "green"),
        silent=("Schools",),
    )  # fmt: skip
    told = compare(before, after)
    assert told.sentences == (
        "Crisis care went from Green to Red.",
        "New in the later report: Parents.",
        "No longer in the later report: Old team.",
        "1 milestone completed: Rota.",
        "1 milestone moved: Line.",
        "1 milestone added: Text.",
        "The later report has no update from Schools.",
    )
    assert [(row.name, row.before, row.after) for row in told.ratings] == [
        ("Crisis care", Rag.GREEN, Rag.RED),
        ("Old team", Rag.GREEN, None),
        ("Parents", None, Rag.GREEN),
        ("Schools", Rag.AMBER, Rag.AMBER),
    ]
    assert told.ratings[0].reason == "Two posts are vacant"
    assert [(row.title, row.before, row.after) for row in told.milestones] == [
        ("Rota", "May 2027: Planned", "May 2027: Done"),
        ("Line", "June 2027: Planned", "July 2027: Planned"),
        ("Text", "", "May 2027: Planned"),
    ]


def test_milestones_are_found_where_later_schemas_keep_them():
    before = content(stream("Crisis care", "green", milestone("Line", "June 2027")))
    after = content(stream("Crisis care", "green"))
    moved = {
        "title": "Line",
        "workstream": "crisis-care",
        "when": "July 2027",
        "state": "planned",
        "state_words": "Planned",
    }
    told = compare(before, after | {"milestones": [moved]})
    assert told.sentences == ("1 milestone moved: Line.",)
    assert told.milestones[0].after == "July 2027: Planned"


def test_the_same_report_twice_says_that_nothing_changed():
    one = content(stream("Crisis care", "green", milestone("Rota", "May 2027")))
    told = compare(one, one)
    assert told.sentences == ("Nothing that both reports tell of has changed between them.",)
    assert told.milestones == ()


def test_a_report_that_says_less_is_no_fault():
    assert compare({}, {}).ratings == ()
