"""The radar chart of an assessment: the level of each dimension now, the target and last time, as SVG text.

Each series has a form of its own besides its colour (filled and solid with discs, dashed with squares, dotted
with diamonds), so the chart can be read in black and white, and its colours with any kind of colour vision. A
dimension without a level is a gap, since a level is never 0.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.views.results.radar_chart import TOP_LEVEL, Axis, RadarChart, numbers_of, radar_alt_text
from bot.views.results.svg_text import described, text_element, width_of, wrap

__all__ = ["Axis", "RadarChart", "radar_alt_text", "radar_svg"]

WIDTH, HEIGHT = 960, 950

_CENTRE_X, _CENTRE_Y, _RADIUS = 480.0, 470.0, 255.0
_LABEL_GAP, _LABEL_ROOM = 24.0, 176.0
_LABEL_SIZE, _LABEL_STEP = 17.0, 21.0
_NUMBER_SIZE, _NUMBER_STEP = 14.0, 18.0
_INK, _GREY, _GRID = "#0b0c0c", "#505a5f", "#b1b4b6"
_NOW, _TARGET, _BEFORE = "#005ea5", "#c2410c", "#4d4d4d"


Point = tuple[float, float]


@dataclass(frozen=True)
class _Series:
    """How one set of levels is drawn and what it is called."""

    name: str
    level: Callable[[Axis], int | None]
    line: str
    marker: Callable[[Point], str]
    fill: str = ""

    def shown(self, chart: RadarChart) -> bool:
        return any(self.level(axis) is not None for axis in chart.axes)


def _disc(at: Point) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="5.5" fill="{_NOW}"/>'


def _square(at: Point) -> str:
    place = f'x="{at[0] - 8:.1f}" y="{at[1] - 8:.1f}" width="16" height="16"'
    return f'<rect {place} fill="#ffffff" stroke="{_TARGET}" stroke-width="2.5"/>'


def _diamond(at: Point) -> str:
    x, y = at
    corners = [(x, y - 11), (x + 11, y), (x, y + 11), (x - 11, y)]
    return f'<polygon points="{_points(corners)}" fill="#ffffff" stroke="{_BEFORE}" stroke-width="2"/>'


_NOW_SERIES = _Series(
    "Now",
    lambda axis: axis.current,
    f'stroke="{_NOW}" stroke-width="3.5"',
    _disc,
    f'fill="{_NOW}" fill-opacity="0.22"',
)
_TARGET_SERIES = _Series(
    "Target",
    lambda axis: axis.target,
    f'stroke="{_TARGET}" stroke-width="2.5" stroke-dasharray="11 7"',
    _square,
)
_BEFORE_SERIES = _Series(
    "Last time",
    lambda axis: axis.before,
    f'stroke="{_BEFORE}" stroke-width="3" stroke-linecap="round" stroke-dasharray="0.1 7"',
    _diamond,
)
_LEGEND = (_NOW_SERIES, _TARGET_SERIES, _BEFORE_SERIES)
# The dashed line goes over the solid one, so that both show where they run together; of markers on one spot
# the smallest goes on top, so that the rims of the others stay in sight.
_LINES = (_BEFORE_SERIES, _NOW_SERIES, _TARGET_SERIES)
_MARKERS = (_BEFORE_SERIES, _TARGET_SERIES, _NOW_SERIES)


def radar_svg(chart: RadarChart) -> str:
    """Return the chart as one SVG document of 960 by 950 on white; equal charts give equal text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" fill="{_INK}"'
        ' font-family="DejaVu Sans, Arial, sans-serif">',
        described(chart.title, radar_alt_text(chart)),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_title(chart.title),
        *_grid(chart),
        *(part for series in _LINES for part in _lines(series, chart)),
        *_ring_numbers(len(chart.axes)),
        *(part for series in _MARKERS for part in _markers(series, chart)),
        *(part for index in range(len(chart.axes)) for part in _label(chart, index)),
        *_legend(chart),
        "</svg>",
    ]
    return "\n".join(parts)


def _point(index: int, count: int, level: float) -> Point:
    """Return where a level lies on an axis; the first axis points up, the rest follow clockwise."""
    angle = math.tau * index / count - math.tau / 4
    distance = _RADIUS * level / TOP_LEVEL
    return _CENTRE_X + distance * math.cos(angle), _CENTRE_Y + distance * math.sin(angle)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _title(title: str) -> Iterator[str]:
    lines = wrap(title, 24, WIDTH - 60, 2, bold=True)
    top = 46 if len(lines) > 1 else 58
    for number, line in enumerate(lines):
        yield text_element(WIDTH / 2, top + 31 * number, line, 24, style=' font-weight="bold"')


def _grid(chart: RadarChart) -> Iterator[str]:
    count = len(chart.axes)
    for level in range(1, TOP_LEVEL + 1):
        ring = _points([_point(index, count, level) for index in range(count)])
        weight = 1.6 if level == TOP_LEVEL else 1
        yield f'<polygon points="{ring}" fill="none" stroke="{_GRID}" stroke-width="{weight:g}"/>'
    for index, axis in enumerate(chart.axes):
        x, y = _point(index, count, TOP_LEVEL)
        gap = ' stroke-dasharray="2 6"' if axis.current is None else ""
        yield (
            f'<line x1="{_CENTRE_X:.1f}" y1="{_CENTRE_Y:.1f}" x2="{x:.1f}" y2="{y:.1f}"'
            f' stroke="{_GRID}" stroke-width="1"{gap}/>'
        )


def _ring_numbers(count: int) -> Iterator[str]:
    """Yield the numbers of the rings, between the last axis and the first, where no marker can lie."""
    for level in range(1, TOP_LEVEL + 1):
        (left, top), (right, bottom) = _point(count - 1, count, level), _point(0, count, level)
        x, y = (left + right) / 2, (top + bottom) / 2
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="#ffffff" fill-opacity="0.9"/>'
        yield text_element(x, y + 5, str(level), _NUMBER_SIZE, style=f' fill="{_GREY}"')


def _placed(series: _Series, chart: RadarChart) -> dict[int, Point]:
    """Return where the levels of a series lie, by the index of their axis, in the order of the axes."""
    levels = [series.level(axis) for axis in chart.axes]
    count = len(levels)
    return {index: _point(index, count, level) for index, level in enumerate(levels) if level is not None}


def _lines(series: _Series, chart: RadarChart) -> Iterator[str]:
    """Yield the area and the line of a series; neighbours are joined, a gap is left open."""
    points, count = _placed(series, chart), len(chart.axes)
    for run in _runs(list(points), count):
        if len(run) == 1:
            continue
        corners = [points[index] for index in run]
        closed = len(run) == count
        if series.fill:
            area = corners if closed else [(_CENTRE_X, _CENTRE_Y), *corners]
            yield f'<polygon points="{_points(area)}" {series.fill}/>'
        shape = "polygon" if closed else "polyline"
        yield f'<{shape} points="{_points(corners)}" fill="none" stroke-linejoin="round" {series.line}/>'


def _markers(series: _Series, chart: RadarChart) -> Iterator[str]:
    yield from (series.marker(point) for point in _placed(series, chart).values())


def _runs(present: list[int], count: int) -> list[list[int]]:
    """Return the axes that have a level in runs of neighbours; the last axis is a neighbour of the first."""
    runs: list[list[int]] = []
    for index in present:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == count - 1:
        runs[0] = runs.pop() + runs[0]
    return runs


def _label(chart: RadarChart, index: int) -> Iterator[str]:
    """Yield the name of an axis and its numbers, outside the chart, on the side the axis points to."""
    axis, count = chart.axes[index], len(chart.axes)
    angle = math.tau * index / count - math.tau / 4
    across, down = math.cos(angle), math.sin(angle)
    x = _CENTRE_X + (_RADIUS + _LABEL_GAP) * across
    y = _CENTRE_Y + (_RADIUS + _LABEL_GAP) * down
    anchor = "middle" if abs(across) < 0.15 else "start" if across > 0 else "end"
    names = wrap(axis.label, _LABEL_SIZE, _LABEL_ROOM, 3, bold=True)
    numbers = wrap(numbers_of(axis), _NUMBER_SIZE, _LABEL_ROOM, 2)
    height = len(names) * _LABEL_STEP + len(numbers) * _NUMBER_STEP
    baseline = y - height * (1 - down) / 2 + _LABEL_SIZE - 1
    for name in names:
        yield text_element(x, baseline, name, _LABEL_SIZE, anchor=anchor, style=' font-weight="bold"')
        baseline += _LABEL_STEP
    for line in numbers:
        yield text_element(x, baseline - 1, line, _NUMBER_SIZE, anchor=anchor, style=f' fill="{_GREY}"')
        baseline += _NUMBER_STEP


def _legend(chart: RadarChart) -> Iterator[str]:
    """Yield the key of the series that are shown, and under it the names of the levels."""
    shown = [series for series in _LEGEND if series.shown(chart)]
    widths = [64 + width_of(series.name, 16) + 28 for series in shown]
    x = (WIDTH - sum(widths) + 28) / 2
    y = HEIGHT - 68.0
    for series, width in zip(shown, widths, strict=True):
        yield f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + 52:.1f}" y2="{y:.1f}" {series.line}/>'
        yield series.marker((x + 26, y))
        yield text_element(x + 64, y + 5.5, series.name, 16, anchor="start")
        x += width
    key = " · ".join(f"{number} {name}" for number, name in enumerate(chart.level_names, 1))
    for number, line in enumerate(wrap(key, _NUMBER_SIZE, WIDTH - 60, 2)):
        yield text_element(WIDTH / 2, HEIGHT - 34 + 19 * number, line, _NUMBER_SIZE, style=f' fill="{_GREY}"')
