"""The fonts of a report: which bundled files it needs, and how characters are written that none of them has.

Only bundled fonts are used, so that a report looks the same on every machine. They are cut by alphabet, and a report
loads only the alphabets it uses.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path

from reporting.pdf import ROOT, Reason, RenderFailed

FOLDERS = (ROOT / "static/dist/fonts", ROOT / "node_modules/@fontsource/arimo/files")
ALPHABETS = ("latin", "latin-ext", "vietnamese", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "hebrew")
WEIGHTS = (400, 700)
FACES = {f"{alphabet}-{weight}": (alphabet, weight) for alphabet in ALPHABETS for weight in WEIGHTS}

# Marks that turn the reading direction of what follows: a line could read differently from its letters.
STEERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
# What people type often and the bundled fonts lack, in letters that everybody reads.
SPELT = {"≥": ">=", "≤": "<=", "≠": "not equal to", "→": "->", "←": "<-", "⇒": "=>", "✓": "[tick]", "✔": "[tick]"}
INVISIBLE = {"Cc", "Cf", "Mn", "Me", "Zs"}


def font_file(face: str) -> Path | None:
    """Find the file of a face such as "latin-400". The plain .woff unpacks quicker than .woff2."""
    if face not in FACES:
        return None
    candidates = (folder / f"arimo-{face}-normal{suffix}" for folder in FOLDERS for suffix in (".woff", ".woff2"))
    return next((path for path in candidates if path.is_file()), None)


def choose_alphabets(characters: Iterable[str]) -> tuple[list[str], set[str]]:
    """Find the alphabets these characters need. Returns them, and the characters that no bundled font has.

    Raises `RenderFailed` when not even the first alphabet is there.
    """
    chosen: list[str] = []
    missing = set(characters)
    for alphabet in ALPHABETS:
        if chosen and not missing:
            break
        covered = missing & _covered(alphabet)
        if covered or not chosen:
            chosen.append(alphabet)
        missing -= covered
    return chosen, missing | (set(characters) & STEERING)


def _covered(alphabet: str) -> set[str]:
    """List the characters of one alphabet's file."""
    from fontTools.ttLib import TTFont

    path = font_file(f"{alphabet}-{WEIGHTS[0]}")
    if path is None and alphabet == ALPHABETS[0]:
        raise RenderFailed(Reason.FONTS, f"no fonts in {' or '.join(map(str, FOLDERS))}")
    if path is None:
        return set()
    with TTFont(path, lazy=True) as font:
        return set(map(chr, font.getBestCmap()))


def font_faces(alphabets: Collection[str], scheme: str) -> str:
    """Write the style rules for these alphabets.

    Each alphabet is a family of its own: WeasyPrint takes two files of one family for the same font.
    """
    faces = [
        f'@font-face {{ font-family: "Arimo {alphabet}"; font-weight: {weight};'
        f' src: url("{scheme}{alphabet}-{weight}") }}'
        for alphabet in alphabets
        for weight in WEIGHTS
    ]
    families = ", ".join(f'"Arimo {alphabet}"' for alphabet in alphabets)
    return "\n".join([*faces, f"html {{ font-family: {families} }}"])


def printable(html: str, missing: Collection[str]) -> str:
    """Spell out the characters that no bundled font has: a name can be read, an empty box cannot.

    Only characters outside ASCII are replaced, by text without markup, so markup neither breaks nor appears.
    """
    return html.translate(CONTROLS | {ord(character): _spell(character) for character in missing})


def _spell(character: str) -> str:
    """Write one character in ASCII: a usual spelling, its plain form, nothing if it is invisible, else its name."""
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    if character in SPELT:
        spelling = SPELT[character]
    elif plain or unicodedata.category(character) in INVISIBLE:
        spelling = plain
    else:
        spelling = f"[{unicodedata.name(character, f'character {ord(character):X}').lower()}]"
    return re.sub(r"[<>&\"']", lambda mark: f"&#{ord(mark[0])};", spelling)
