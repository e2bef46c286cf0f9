"""Marks in files, however a PDF packs them, and how a report stands, in words."""

import zlib

import pytest

from reporting.authenticity import MOST_PACKED, Verdict, looks_like_pdf, mark, marks_in, state_sentence

FINGERPRINT = "ab" * 32


def packed(text: bytes, kind: bytes = b"Metadata") -> bytes:
    return b"1 0 obj <</Type /" + kind + b" /Filter /FlateDecode>>\nstream\n" + zlib.compress(text) + b"\nendstream"


@pytest.mark.parametrize("edition", ["", "full", "young_people"])
@pytest.mark.parametrize("kind", [b"Metadata", b"ObjStm"])
def test_a_mark_is_found_in_the_open_and_packed(kind, edition):
    told = f"<pdf:Keywords>{mark(FINGERPRINT, edition)}</pdf:Keywords>".encode()
    assert marks_in(told) == marks_in(packed(told, kind)) == [(FINGERPRINT, edition)]


def test_nonsense_bombs_and_thousands_of_parts_end_quickly_and_find_nothing():
    bomb = packed(b"0" * 500_000_000)
    assert marks_in(bomb) == []
    assert marks_in(packed(b"x").replace(zlib.compress(b"x"), b"nonsense")) == []
    assert marks_in(packed(b"x") * (MOST_PACKED + 5) + packed(mark(FINGERPRINT).encode())) == []


def test_what_only_looks_like_a_mark_is_none():
    assert marks_in(b"snapshot-sha256:" + b"z" * 64) == []


def test_a_pdf_begins_like_one_even_after_a_few_strange_bytes():
    assert looks_like_pdf(b"\xef\xbb\xbf\n%PDF-1.7 ...")
    assert not looks_like_pdf(b"PK\x03\x04")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("published", "Published on 12 October 2026. It is the version that stands."),
        (
            "superseded",
            "Published on 12 October 2026, superseded by version 2 on 1 November 2026. Use the later version.",
        ),
        ("withdrawn", "Withdrawn on 1 November 2026: A wrong figure"),
        ("draft", "A draft that has not been published. Do not pass it on."),
    ],
)
def test_how_a_report_stands(state, words):
    days = {"published": "12 October 2026", "ended": "1 November 2026"}
    assert state_sentence(state, **days, reason="A wrong figure", successor=2) == words


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_says_what_it_means(verdict):
    assert verdict.heading
    assert verdict.words.endswith(".")
