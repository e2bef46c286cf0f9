"""Spreadsheets out and in: text stays text, limits hold before anything is unpacked, refusals are sentences."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme import tables
from programme.refusals import Refused
from programme.tables import Problem, Sheet, read, written


def book(fill) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made.active)
    made.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_what_is_written_can_be_read_again():
    content = written(
        [Sheet("Milestones", ("ID", "Milestone", "Due"), [(1, "Rota agreed", "Spring 2027"), (2, "", None)])]
    )
    (sheet,) = read(content, "Plan.xlsx")
    assert (sheet.name, sheet.columns, sheet.problems) == ("Milestones", {"ID": "A", "Milestone": "B", "Due": "C"}, [])
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, {"ID": "1", "Milestone": "Rota agreed", "Due": "Spring 2027"}),
        (3, {"ID": "2", "Milestone": "", "Due": ""}),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "'=1"])
def test_text_that_looks_like_a_formula_is_written_as_text(text):
    cell = openpyxl.load_workbook(io.BytesIO(written([Sheet("S", ("A",), [(text,)])]))).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert bool(cell.quotePrefix) is text.startswith(("=", "+", "-", "@", "\t"))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
def test_no_text_whatever_becomes_a_formula_or_stops_the_writing(texts):
    made = openpyxl.load_workbook(io.BytesIO(written([Sheet("S", ("A",), [(text,) for text in texts])])))
    assert {cell.data_type for (cell,) in made.active.iter_rows(min_row=2)} <= {"s", "n", "inlineStr"}
    assert [cell.value for (cell,) in made.active.iter_rows(min_row=2) if cell.data_type == "f"] == []


def test_cells_are_read_as_a_person_would_type_them():
    def fill(sheet):
        sheet.append(["Day", "Moment", "Whole", "Number", "Yes", "Empty", "Spaces"])
        sheet.append([date(2026, 12, 24), datetime(2027, 3, 1, 9, 30), 7.0, 2.5, True, None, "  a  "])  # noqa: DTZ001 - as Excel keeps it

    ((row,),) = (sheet.rows for sheet in read(book(fill), "Plan.xlsx"))
    assert list(row.cells.values()) == ["24 December 2026", "1 March 2027", "7", "2.5", "yes", "", "a"]


def test_formulas_and_errors_are_told_by_sheet_row_and_column():
    def fill(sheet):
        sheet.title = "Plan"
        sheet.append(["ID", "Owner"])
        sheet.append([1, "=A1"])
        sheet.append(["#REF!", "x" * 6000])
        sheet["A3"].data_type = "e"

    (sheet,) = read(book(fill), "Plan.xlsx")
    assert sheet.problems == [
        Problem("Plan", 2, "B (Owner)", "This cell holds a formula. Put its result there as a value"),
        Problem("Plan", 3, "A (ID)", "This cell holds the error #REF!"),
        Problem("Plan", 3, "B (Owner)", "This cell holds more than 5,000 characters"),
    ]
    assert sheet.problems[0].where == "Sheet Plan, row 2, column B (Owner)"


def test_empty_rows_and_columns_without_a_heading_are_left_out():
    def fill(sheet):
        sheet.append(["ID", None, "Owner"])
        sheet.append([None, "stray", None])
        sheet.append([3, "stray", "Ada"])

    (sheet,) = read(book(fill), "Plan.xlsx")
    assert [(row.number, row.cells) for row in sheet.rows] == [(3, {"ID": "3", "Owner": "Ada"})]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"ID,Milestone\n1,Rota", "plan.csv", "is not an Excel file of the type .xlsx"),
        (b"%PDF-1.7", "plan.pdf", "is not an Excel file"),
        (b"not a zip", "plan.xlsx", "is not an Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls", "protected by a password or saved as .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xlsx", "protected by a password or saved as .xls"),
        (zipped(word__document=b"<a/>"), "plan.xlsx", "is not an Excel file"),
        (zipped(**{"xl__workbook.xml": b"<broken"}), "plan.xlsx", "could not be read as a spreadsheet"),
        (zipped(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "plan.xlsx", "declarations that no"),
        (zipped(**{"xl__workbook.xml": "<!DOCTYPE x><x/>".encode("utf-16")}), "plan.xlsx", "declarations that no"),
        (b"x" * (tables.LARGEST_FILE + 1), "plan.xlsx", "is larger than 5 MB"),
        (zipped(**{"xl__workbook.xml": b"0" * (tables.LARGEST_UNPACKED + 1)}), "plan.xlsx", "unpacks to more"),
        (zipped(**{f"a{n}": b"" for n in range(tables.MOST_PARTS + 1)}), "plan.xlsx", "unpacks to more"),
    ],
    ids=["csv", "pdf", "words", "old", "locked", "word", "broken", "bomb", "bomb16", "large", "unpacked", "parts"],
)
def test_other_files_are_refused_in_words(content, name, said):
    with pytest.raises(Refused, match=said) as refused:
        read(content, name)
    assert str(refused.value).startswith(name)


def test_a_zip_cut_off_in_the_middle_is_refused():
    content = written([Sheet("S", ("A",), [("x" * 1000,)])])
    with pytest.raises(Refused):
        read(content[: len(content) // 2], "plan.xlsx")


def test_a_sheet_that_claims_to_reach_to_the_last_cell_costs_no_more():
    def fill(sheet):
        sheet.append(["ID"])
        sheet.cell(row=1_048_576, column=1, value="far away")

    (sheet,) = read(book(fill), "Plan.xlsx")
    assert sheet.rows == []


@pytest.mark.parametrize(
    ("headings", "rows", "said"),
    [
        (["ID"], tables.MOST_ROWS + 1, "more than 2,000 rows"),
        ([f"C{n}" for n in range(tables.MOST_COLUMNS + 1)], 1, "more than 60 columns"),
        (["ID", "ID"], 1, "two columns called “ID”"),
    ],
)
def test_sheets_beyond_the_limits_are_refused(headings, rows, said):
    def fill(sheet):
        sheet.append(headings)
        for _ in range(rows):
            sheet.append(["x"])

    with pytest.raises(Refused, match=said):
        read(book(fill), "Plan.xlsx")
