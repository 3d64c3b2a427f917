"""Text in a picture: how wide it is, where it wraps, and how it is written into SVG.

SVG neither measures nor wraps, so both are done here from the proportions of DejaVu Sans, the font that is
shipped with `bot.exports`; widths are rounded up.
"""

import html
import re
import unicodedata

from bot.views.wording.text import ELLIPSIS

_EMS = {
    character: ems
    for ems, characters in (
        (0.3, "'ijl"),
        (0.35, "IJ ,./:;\\|·’‘"),
        (0.45, "()-[]ft"),
        (0.5, '!r"*_`–'),
        (0.6, "?cszFLkvxy“”"),
        (0.65, "$0123456789EPSTYabdeghnopqu{}£"),
        (0.7, "ABCKRVXZ"),
        (0.8, "&DGHNOQU"),
        (0.85, "#+<=>^w~"),
        (1.05, "%@MWmŒœ—…"),
    )
    for character in characters
}
_WIDEST = 1.05
_BOLD = 1.15
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a line of text is, in the unit of the font size."""
    return sum(_ems(character) for character in text) * size * (_BOLD if bold else 1)


def _ems(character: str) -> float:
    """Return the width of a character in ems; a letter with an accent is as wide as without."""
    if character not in _EMS:
        character = unicodedata.normalize("NFD", character)[0]
    return _EMS.get(character, _WIDEST)


def wrap(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """Return text broken into at most `lines` lines of about equal length, each at most `room` wide.

    A word that is wider than the room is broken with a hyphen; what does not fit at all shows as "…".
    """
    done = _broken(text, size, room, bold)
    if len(done) > lines:
        last = done[lines - 1].removesuffix("-")
        while last and width_of(last + ELLIPSIS, size, bold=bold) > room:
            last = last[:-1]
        return [*done[: lines - 1], last.rstrip() + ELLIPSIS]
    # One short word on a line of its own looks lost, so the lines are made as narrow as their number allows.
    for share in range(95, 45, -5):
        narrower = _broken(text, size, room * share / 100, bold)
        if len(narrower) != len(done) or "".join(narrower).count("-") != "".join(done).count("-"):
            break
        done = narrower
    return done


def _broken(text: str, size: float, room: float, bold: bool) -> list[str]:
    """Return all the lines that a text takes; never none."""
    done: list[str] = []
    current = ""
    for piece, glue in _pieces(_writable(text), size, room, bold):
        longer = f"{current}{glue}{piece}" if current else piece
        if not current or width_of(longer, size, bold=bold) <= room:
            current = longer
        else:
            done.append(current)
            current = piece
    return [*done, current]


def _pieces(text: str, size: float, room: float, bold: bool) -> list[tuple[str, str]]:
    """Return what a line may be broken between, each with what joins it to the piece before on one line.

    Words may be broken after their own hyphens; one that is wider than the room gets hyphens where it must.
    """
    pieces: list[tuple[str, str]] = []
    for word in text.split():
        glue = " "
        for part in re.findall(r"[^-]*-+|[^-]+", word):
            rest = part
            while len(rest) > 2 and width_of(rest, size, bold=bold) > room:
                end = len(rest) - 2
                while end > 1 and width_of(f"{rest[:end]}-", size, bold=bold) > room:
                    end -= 1
                pieces.append((f"{rest[:end]}-", glue))
                # Joined on one line the two would read as a hyphenated word, so they never are.
                rest, glue = rest[end:], ""
            pieces.append((rest, glue))
            glue = ""
    return pieces


def text_element(
    x: float, y: float, text: str, size: float, *, anchor: str = "middle", style: str = ""
) -> str:
    """Return an SVG text element whose baseline is at `y`; the text is escaped for XML.

    Args:
        x: where the text starts, has its middle or ends, as `anchor` says.
        y: the baseline.
        text: the words, as typed.
        size: font size.
        anchor: start, middle or end.
        style: further attributes, such as ` font-weight="bold"`; trusted, never people's words.
    """
    words = html.escape(_writable(text))
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"{style}>{words}</text>'


def described(title: str, description: str) -> str:
    """Return the title and description elements that a screen reader reads for a picture."""
    return f"<title>{html.escape(_writable(title))}</title><desc>{html.escape(_writable(description))}</desc>"


def _writable(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub(" ", text)
