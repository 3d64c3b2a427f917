"""The picture of the house: every floor with its rooms, and which floor uses which, read off the imports.

`poe house` writes it to `bot/house.svg`, and a test compares the two, so that the picture stays true. Single
files of a room are left out on purpose: a new one changes nothing here.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from textwrap import wrap

import grimp

FILE = Path(__file__).parent.parent / "bot" / "house.svg"

# From the street to the cellar: a floor uses those below it.
_FLOORS = (
    "bot.console",
    "bot.demo",
    "bot.sandbox",
    "bot.starting",
    "bot.listeners",
    "bot.rounds",
    "bot.running",
    "bot.delivery",
    "bot.exports",
    "bot.views",
    "bot.services",
    "storage",
    "model",
)
_WIDTH, _LEFT, _PLAN = 1040, 24, 760
_LINE, _CHIP, _GAP, _PAD = 18, 26, 6, 12
_LETTER = 8.2  # Width of a letter of 13 pixels, generously.
_LANE = 22


@dataclass(frozen=True)
class Floor:
    """A package: what it is, its rooms and single files in order, and the floors that it uses."""

    name: str
    about: str
    rooms: tuple[str, ...]
    uses: tuple[str, ...]


def floors() -> list[Floor]:
    """Every floor, from the top, as the code is now."""
    graph = grimp.build_graph("model", "storage", "bot")
    found = []
    for name in _FLOORS:
        inside = graph.find_descendants(name) | {name}
        used = {
            each for module in inside for each in graph.find_modules_directly_imported_by(module)
        } - inside
        uses = tuple(
            other
            for other in _FLOORS
            if other != name and any(each == other or each.startswith(f"{other}.") for each in used)
        )
        rooms = sorted(each.rsplit(".", 1)[1] for each in graph.find_children(name))
        if not any(graph.find_children(f"{name}.{each}") for each in rooms):
            rooms = []  # One room with files in it, which come and go.
        about = (importlib.import_module(name).__doc__ or "").split("\n")[0]
        found.append(Floor(name, about, tuple(rooms), uses))
    return found


def drawn() -> str:
    """The picture as SVG."""
    house = floors()
    parts: list[str] = []
    middles: dict[str, int] = {}
    top = 20
    for floor in house:
        body, height = _floor(floor, top)
        parts.append(body)
        middles[floor.name] = top + height // 2
        top += height + 14
    parts.append(_arrows(house, middles))
    title = (
        "Milepost's packages from the street to the cellar, with their rooms; arrows show which uses which"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" '
            f'font-family="sans-serif" font-size="13">',
            f"<title>{title}</title>",
            f"<desc>{escape(_in_words(house))}</desc>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def _in_words(house: list[Floor]) -> str:
    return " ".join(f"{each.name} uses {', '.join(each.uses) or 'nothing of ours'}." for each in house)


def _floor(floor: Floor, top: int) -> tuple[str, int]:
    """The box of a floor, and its height."""
    parts = []
    y = top + _PAD + 14
    parts.append(f'<text x="{_LEFT + _PAD}" y="{y}" font-weight="bold" font-size="15">{floor.name}</text>')
    for line in wrap(floor.about.rstrip("."), 96):
        y += _LINE
        parts.append(f'<text x="{_LEFT + _PAD}" y="{y}" fill="#444444">{escape(line)}</text>')
    if not floor.rooms:
        y -= _CHIP
    y += 10
    x = _LEFT + _PAD
    for room in floor.rooms:
        width = round(len(room) * _LETTER) + 14
        if x + width > _LEFT + _PLAN - _PAD:
            x, y = _LEFT + _PAD, y + _CHIP + _GAP
        parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{_CHIP}" rx="5" fill="#e8eef7"/>')
        parts.append(f'<text x="{x + 7}" y="{y + 17}">{room}</text>')
        x += width + _GAP
    height = y + _CHIP + _PAD - top
    box = (
        f'<rect x="{_LEFT}" y="{top}" width="{_PLAN}" height="{height}" rx="8" fill="#f7f9fc" '
        f'stroke="#1d4f91" stroke-width="1.5"/>'
    )
    return "\n".join([box, *parts]), height


def _arrows(house: list[Floor], middles: dict[str, int]) -> str:
    """A lane for each floor that is used, with a branch from each floor that uses it."""
    used = [name for name in _FLOORS if any(name in each.uses for each in house)]
    parts = []
    for lane, name in enumerate(used):
        x = _LEFT + _PLAN + 24 + lane * _LANE
        users = [each.name for each in house if name in each.uses]
        ends = [middles[each] + 4 * lane - 16 for each in users]
        target = middles[name] + 4 * lane - 16
        edge = _LEFT + _PLAN
        parts.append(
            f'<g stroke="#1d4f91" fill="none" opacity="0.75">'
            f'<path d="M{x} {min([*ends, target])}V{max([*ends, target])}"/>'
            + "".join(f'<path d="M{edge} {end}H{x}"/><circle cx="{edge}" cy="{end}" r="2"/>' for end in ends)
            + f'<path stroke-width="2" d="M{x} {target}H{edge + 3}"/>'
            f'<path fill="#1d4f91" d="M{edge} {target}l7 -4v8z"/></g>'
        )
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(drawn(), "utf-8")
