"""The child that makes one office file: `python -m reporting.documents … EDITION FORMAT < record > file`."""

import json
import sys
from datetime import datetime

from reporting.board import SectionFailedError, compose, facts_of
from reporting.documents.packing import packed
from reporting.editions import Edition, Format
from reporting.pdf import Reason, RenderFailed, Stage
from reporting.pdf.confined import leave, main, refuse_network, say


def _make(text: str, arguments: list[str]) -> bytes:
    """Read the record and write the file."""
    say("stage", Stage.READING)
    edition, kind = Edition(arguments[0]), Format(arguments[1])
    sys.addaudithook(refuse_network)
    content = json.loads(text)
    try:
        board, facts = compose(content, edition), facts_of(content)
        say("stage", Stage.DRAWING)
        if kind is Format.DOCX:
            from reporting.documents.word import word_document

            made = word_document(board)
        elif kind is Format.PPTX:
            from reporting.documents.slides import slides

            made, count = slides(board, facts, edition)
            say("pages", count)
        else:
            from reporting.documents.workbook import workbook

            made = workbook(board, facts, edition)
    except SectionFailedError as error:
        raise RenderFailed(Reason.SECTION, str(error), sentence=str(error), section=error.section) from error
    return packed(made, datetime.fromisoformat(board.as_at), author=board.author, title=board.language_title)


if __name__ == "__main__":
    leave(main(sys.argv[1:], _make))
