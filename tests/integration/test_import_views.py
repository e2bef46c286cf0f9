"""Importing in the browser: every page of it, with what may go wrong on each."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.models import ImportBatch, Person
from programme.roles import Role
from tests.factories import people, work
from workstreams import page_edits
from workstreams.actions import milestones, reviewing
from workstreams.actions import workstreams as actions
from workstreams.models import ImportReview, Milestone, Workstream

pytestmark = pytest.mark.django_db

PAGE = """Workstreams

Garden groups
Lead: Olumide Farrow

The garden groups workstream helps people grow food together.

May update:
- The shed is built.

March 2024 update:
- Two allotments were rented.

Key milestones

April 2024
- Seeds bought.

Winter 2025
- Greenhouse opens.

Reading circles
Lead: Bronwen Castellane

The reading circles workstream brings people together over books.

Key milestones

June 2024
- First circle met.

What is for lunch today
"""


@pytest.fixture
def programme(monkeypatch):
    monkeypatch.setenv("TRACKER_NOW", work.NOW)
    return work.programme("Greener Vale")


@pytest.fixture
def office(programme):
    return people.member(programme, Role.OFFICE, "Ife Marrow")


@pytest.fixture
def client(office):
    client = Client()
    client.force_login(office)
    return client


def url(programme, name, *keys):
    return reverse(name, args=[programme.slug, *keys])


@pytest.fixture
def review(programme, office):
    return reviewing.begin(programme=programme, source="Our page", text=PAGE, by=office)


def told_of(review, name):
    return next(each for each in page_edits.placed(reviewing.understood(review)) if each.workstream.name == name)


def key_of(review, name):
    return told_of(review, name).key


def posted(client, review, **fields: Any):
    data = {"version": review.version, **{k.replace("__", "-"): v for k, v in fields.items()}}
    return client.post(url(review.programme, "import-review", review.pk), data)


def test_a_pasted_page_becomes_a_review_beside_its_lines(client, programme):
    answer = client.post(url(programme, "import"), {"text": PAGE, "source": "Our page"}, follow=True)

    page = answer.content.decode()
    assert "Check what was understood" in page
    assert "2 workstreams were found" in page
    assert 'id="line-4"' in page
    assert "Not used" in page
    assert not Workstream.objects.exists()
    assert ImportReview.objects.get().source == "Our page"


def test_an_uploaded_word_file_goes_by_its_name(client, programme):
    document = docx.Document()
    for line in PAGE.splitlines():
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    file = SimpleUploadedFile("Our page.docx", held.getvalue())

    answer = client.post(url(programme, "import"), {"file": file}, follow=True)

    assert "Our page.docx" in answer.content.decode()
    assert len(reviewing.understood(ImportReview.objects.get()).workstreams) == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Paste a page or choose a file"),
        ({"text": "Milk\nBread\n"}, "No workstream was found in this text"),
        ({"text": "a\n" * 20_001}, "more than 20,000 lines"),
        ({"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.4")}, "plan.pdf cannot be read"),
        ({"file": SimpleUploadedFile("plan.docx", b"PK nothing")}, "plan.docx is not a Word document"),
        ({"file": SimpleUploadedFile("empty.txt", b"")}, "empty.txt is empty"),
    ],
    ids=["nothing", "shopping list", "too long", "other type", "broken", "empty"],
)
def test_what_cannot_be_read_is_refused_and_the_words_are_kept(client, programme, data, sentence):
    for file in data.values():
        if not isinstance(file, str):
            file.seek(0)
    answer = client.post(url(programme, "import"), data)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Error: " in page
    if data.get("text", "").startswith("Milk"):
        assert "Milk\nBread" in page
    assert not ImportReview.objects.exists()


def test_the_same_page_pasted_twice_is_one_review(client, programme, review):
    answer = client.post(url(programme, "import"), {"text": PAGE})

    assert answer["Location"] == url(programme, "import-review", review.pk)


def test_words_of_the_page_cannot_become_markup(client, programme, office):
    text = PAGE.replace("Garden groups", "Garden <script>alert(1)</script> groups")
    found = reviewing.begin(programme=programme, source="<b>x</b>", text=text, by=office)

    page = client.get(url(programme, "import-review", found.pk)).content.decode()

    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_choices_are_kept_and_survive_a_reload(client, programme, review):
    at = key_of(review, "Garden groups")

    posted(client, review, **{f"{at}__name": "Growing together", "u8": "May 2024", "save": "1"})

    page = client.get(url(programme, "import-review", review.pk)).content.decode()
    assert 'value="Growing together"' in page
    assert 'value="May 2024"' in page
    assert not Workstream.objects.exists()


def test_a_month_without_a_year_is_a_problem_and_what_was_typed_stays(client, review):
    at = key_of(review, "Garden groups")

    answer = posted(client, review, **{"u8": "May", f"{at}__name": "Growing", "confirm": "1"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter a month with its year for “May”" in page
    assert 'value="Growing"' in page
    assert not Workstream.objects.exists()


def test_an_older_form_is_answered_with_409_and_loses_nothing(client, programme, review, office):
    reviewing.save_choices(review=review, choices={"w3-name": "Theirs"}, version=review.version, by=office)

    answer = posted(client, review, w3__name="Mine", save="1")

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else saved choices" in page
    assert 'value="Mine"' in page
    assert ImportReview.objects.get().choices["w3-name"] == "Theirs"
    current = ImportReview.objects.get()
    assert posted(client, current, w3__name="Mine", save="1").status_code == 302


def test_a_page_is_imported_as_chosen_and_undone(client, programme, review):
    garden, reading = (key_of(review, name) for name in ("Garden groups", "Reading circles"))
    fields = {
        f"{garden}__name": "Growing together",
        "u8": "May 2024",
        f"{garden}__leads": "Olumide Farrow\nJo Tidewell",
        "m17": "out",
        "m20-reading": "0",
        f"{reading}__do": "out",
        "confirm": "1",
    }

    answer = posted(client, review, **fields)

    batch = ImportBatch.objects.get()
    assert answer["Location"] == url(programme, "import-done", batch.pk)
    growing = programme.workstreams.get()
    assert (growing.name, growing.aliases) == ("Growing together", ["Garden groups"])
    assert {str(u.period) for u in growing.updates.all()} == {"March 2024", "May 2024"}
    assert {a.person.name for a in growing.assignments.all()} == {"Olumide Farrow", "Jo Tidewell"}
    greenhouse = growing.milestones.get()
    assert not greenhouse.dates.get().ambiguous
    assert greenhouse.dates.get().start == date(2025, 12, 1)
    page = client.get(answer["Location"]).content.decode()
    assert "Added 1 workstream, 2 people, 2 leads" in page

    undo = url(programme, "import-undo", batch.pk)
    assert "Do you want to undo" in client.get(undo).content.decode()
    assert client.post(undo).status_code == 302
    assert not Workstream.objects.exists()
    assert ImportReview.objects.get().batch is None


def test_what_it_would_add_is_what_it_adds(client, programme, review):
    before = client.get(url(programme, "import-review", review.pk)).context["summary"]
    assert before.batch is None

    posted(client, review, confirm="1")

    assert ImportBatch.objects.get().counts == before.counts


def test_the_same_page_again_offers_only_what_is_new(client, programme, review):
    at = key_of(review, "Garden groups")
    posted(client, review, **{f"{at}__name": "Growing together", "u8": "May 2024", "confirm": "1"})

    again = client.post(url(programme, "import"), {"text": PAGE}, follow=True)
    assert again.context["summary"].added == "nothing"
    assert "There already" in again.content.decode()

    newer = PAGE.replace("March 2024 update", "April 2024 update:\n- More.\n\nMarch 2024 update")
    longer = client.post(url(programme, "import"), {"text": newer}, follow=True)
    assert longer.context["summary"].counts == {"update": 1, "bullet": 1}
    confirmed = posted(client, again.context["review"], confirm="1")
    assert confirmed["Location"] == url(programme, "import-review", again.context["review"].pk)
    assert ImportBatch.objects.count() == 1


def test_a_section_goes_into_a_workstream_there_is_and_another_is_merged(client, programme, review):
    mine = actions.add(programme=programme, name="Community", by=None)
    garden, reading = (key_of(review, name) for name in ("Garden groups", "Reading circles"))

    posted(client, review, **{f"{garden}__do": f"to:{mine.pk}", f"{reading}__do": f"with:{garden}", "confirm": "1"})

    assert list(programme.workstreams.all()) == [mine]
    assert mine.milestones.count() == 3
    assert mine.assignments.count() == 2


def test_a_workstream_cannot_be_merged_with_one_that_is_left_out(client, review):
    answer = posted(client, review, w3__do="with:w22", w22__do="out", confirm="1")

    assert answer.status_code == 422
    assert "kept and not merged itself" in answer.content.decode()


def test_everything_left_out_imports_nothing_and_says_so(client, review):
    answer = posted(client, review, w3__do="out", w22__do="out", confirm="1")

    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Nothing on this page is new" in page
    assert not ImportBatch.objects.exists()


def test_confirming_twice_imports_once(client, programme, review):
    first = posted(client, review, confirm="1")
    second = posted(client, review, confirm="1")

    assert ImportBatch.objects.count() == 1
    assert client.get(second["Location"], follow=True).redirect_chain in ([], [(first["Location"], 302)])


def test_undo_is_refused_in_words_once_somebody_built_on_it(client, programme, review):
    posted(client, review, confirm="1")
    batch = ImportBatch.objects.get()
    moved = Milestone.objects.filter(batch=batch).first()
    assert moved is not None
    milestones.move(milestone=moved, when=work.said("June 2027"), reason="Late", version=moved.version, by=None)

    answer = client.post(url(programme, "import-undo", batch.pk), follow=True)

    assert "somebody has changed the date of one of its milestones" in answer.content.decode()
    assert ImportReview.objects.get().batch == batch


def test_a_page_is_thrown_away_with_its_text(client, programme, review):
    assert client.post(url(programme, "import-discard", review.pk)).status_code == 302
    assert not ImportReview.objects.exists()


def test_people_that_are_known_are_said_to_be(client, programme, review):
    Person.objects.create(name="Dr B Castellane", aliases=["Bronwen Castellane"])

    rows = client.get(url(programme, "import-review", review.pk)).context["rows"]

    assert {person for row in rows for person in row.people} == {
        ("Olumide Farrow", False),
        ("Bronwen Castellane", True),
    }


def test_imports_are_listed_with_who_when_and_what(client, programme, review):
    posted(client, review, confirm="1")

    page = client.get(url(programme, "import")).content.decode()

    assert "Our page" in page
    assert "by Ife Marrow" in page
    assert "2 workstreams" in page


@pytest.mark.parametrize("role", [Role.SLT, Role.READER, Role.APPROVER])
def test_others_may_not_import(programme, review, role):
    client = Client()
    client.force_login(people.member(programme, role))

    for address in (url(programme, "import"), url(programme, "import-review", review.pk)):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert "Import a page" not in client.get(url(programme, "workstreams")).content.decode()


def test_the_office_finds_the_way_from_the_list(client, programme):
    assert url(programme, "import") in client.get(url(programme, "workstreams")).content.decode()


def test_choices_typed_as_the_session_ended_are_offered(client, programme, review, office):
    address = url(programme, "import-review", review.pk)
    anonymous = Client()
    anonymous.post(address, {"version": review.version, "w3-name": "Typed before"})
    anonymous.post(reverse("account_login"), {"login": office.email, "password": people.PASSWORD})

    page = anonymous.get(address).content.decode()

    assert "before you were signed out" in page
    assert 'value="Typed before"' in page


def test_pages_ask_the_database_a_bounded_number_of_times(client, programme, review):
    start = url(programme, "import")
    posted(client, review, confirm="1")
    finished = url(programme, "import-done", ImportBatch.objects.get().pk)
    for address in (start, finished):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 12, [query["sql"][:100] for query in queries]


def test_an_ambiguous_date_opens_with_the_reading_the_page_decided_for(client, programme, review):
    form = client.get(url(programme, "import-review", review.pk)).context["form"]
    told = told_of(review, "Garden groups")
    greenhouse = told.workstream.milestones[1]

    chosen = form.choices[told.key].readings["m20"]

    assert greenhouse.date.alternatives[chosen].start == greenhouse.date.start
