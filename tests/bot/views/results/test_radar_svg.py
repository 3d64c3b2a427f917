"""The radar chart: readable, complete, the same each time, and true to the levels."""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.results.radar_svg import HEIGHT, WIDTH, Axis, RadarChart, radar_alt_text, radar_svg
from bot.views.results.svg_text import width_of, wrap

LEVELS = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")
DIMENSIONS = ("Leadership", "Strategy", "Culture", "Capacity", "Decision-making") + (
    "User-centred design",
    "Online experience",
    "Data",
    "Technology",
    "Security and risk",
)
SVG = "{http://www.w3.org/2000/svg}"
Box = tuple[float, float, float, float]


def chart(*levels: int | None, title: str = "Levels") -> RadarChart:
    axes = tuple(Axis(name, level) for name, level in zip(DIMENSIONS, levels, strict=False))
    return RadarChart(title, axes, LEVELS)


def parsed(shown: RadarChart) -> ElementTree.Element:
    return ElementTree.fromstring(radar_svg(shown))  # noqa: S314 - our own text


def texts(shown: RadarChart) -> list[str]:
    return [element.text or "" for element in parsed(shown).iter(f"{SVG}text")]


def areas(shown: RadarChart) -> list[list[tuple[float, float]]]:
    """The corners of each filled area."""
    found = [
        shape.get("points", "") for shape in parsed(shown).iter(f"{SVG}polygon") if shape.get("fill-opacity")
    ]
    return [[(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", points)] for points in found]


def boxes(shown: RadarChart) -> list[Box]:
    """The room that each line of text takes, by the same estimate that wraps it."""
    found = []
    for element in parsed(shown).iter(f"{SVG}text"):
        size = float(element.get("font-size", "0"))
        width = width_of(element.text or "", size, bold=element.get("font-weight") == "bold")
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "")]
        found.append((left, y - 0.76 * size, left + width, y + 0.24 * size))
    return found


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


NAMES = st.sampled_from([*DIMENSIONS, "Diogelwch a risg – ŵŷ", "W" * 60, "", "a <b> & c"]) | st.text(
    max_size=60
)
LEVEL = st.none() | st.integers(1, 5)
CHARTS = st.builds(
    RadarChart,
    st.text(max_size=120),
    st.lists(st.builds(Axis, NAMES, LEVEL, LEVEL, LEVEL), min_size=3, max_size=12).map(tuple),
    st.just(LEVELS),
)


class TestPicture:
    def test_is_the_same_each_time(self) -> None:
        assert radar_svg(chart(1, 2, 3, 4, 5)) == radar_svg(chart(1, 2, 3, 4, 5))
        assert radar_svg(chart(1, 2, 3, 4, 5)) != radar_svg(chart(1, 2, 3, 4, 4))

    @settings(deadline=None)
    @given(CHARTS)
    def test_nothing_is_written_outside_or_on_top_of_something_else(self, shown: RadarChart) -> None:
        written = boxes(shown)
        assert all(
            left >= 0 and top >= 0 and right <= WIDTH and bottom <= HEIGHT
            for left, top, right, bottom in written
        )
        assert not [(a, b) for index, a in enumerate(written) for b in written[:index] if overlap(a, b)]

    def test_shows_names_rings_legend_and_level_names(self) -> None:
        written = " ".join(texts(chart(*[3] * 10, title="A council")))
        for expected in (
            "A council",
            "Leadership",
            "Security and",
            "User-centred",
            "Now",
            "1 Passive · 2 Developing",
        ):
            assert expected in written
        assert [text for text in texts(chart(*[None] * 10)) if text.isdigit()] == ["1", "2", "3", "4", "5"]

    def test_the_legend_names_only_what_is_shown(self) -> None:
        assert {"Target", "Last time"}.isdisjoint(texts(chart(1, 2, 3)))
        axes = tuple(Axis(name, None, 4, 2) for name in DIMENSIONS)
        assert {"Target", "Last time"} <= set(texts(RadarChart("A", axes, LEVELS)))
        assert "Now" not in texts(RadarChart("A", axes, LEVELS))

    def test_each_series_has_a_line_of_its_own_kind(self) -> None:
        axes = tuple(Axis(name, 2, 4, 1) for name in DIMENSIONS)
        lines = [
            shape.get("stroke-dasharray", "solid")
            for shape in parsed(RadarChart("A", axes, LEVELS)).iter(f"{SVG}polygon")
            if shape.get("stroke-linejoin")
        ]
        assert sorted(lines) == ["0.1 7", "11 7", "solid"]

    def test_text_from_people_is_escaped(self) -> None:
        shown = RadarChart("R&D <b>\x00", tuple(Axis("<script>", 1) for _ in range(3)), LEVELS)
        assert "<script>" not in radar_svg(shown)
        assert {"R&D <b>", "<script>"} <= set(texts(shown))
        assert parsed(shown).find(f"{SVG}script") is None


class TestLevels:
    @pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
    def test_a_level_is_drawn_on_its_ring(self, level: int) -> None:
        (corners,) = areas(chart(*[level] * 10))
        assert len(corners) == 10
        assert corners[0] == (480.0, 470.0 - 51 * level)

    def test_a_missing_level_is_a_gap_and_not_a_nought(self) -> None:
        (corners,) = areas(chart(3, 3, None, 3))
        assert corners == [(480, 470), (327, 470), (480, 317), (633, 470)]

    def test_neighbours_on_both_sides_of_the_top_are_one_area(self) -> None:
        found = areas(chart(3, None, 3, None, 3))
        assert [len(corners) for corners in found] == [3]

    def test_one_level_alone_is_a_marker_without_an_area(self) -> None:
        shown = chart(None, 2, None)
        assert areas(shown) == []
        radii = [element.get("r") for element in parsed(shown).iter(f"{SVG}circle")]
        assert radii.count("5.5") == 2, "one on the axis, one in the legend"

    def test_no_level_at_all_is_no_area(self) -> None:
        assert areas(chart(*[None] * 10)) == []

    @pytest.mark.parametrize("level", [0, 6, -1])
    @pytest.mark.parametrize("member", ["current", "target", "before"])
    def test_a_level_outside_the_model_is_refused(self, level: int, member: str) -> None:
        levels: dict[str, Any] = {member: level}
        with pytest.raises(ValueError, match="1 to 5"):
            Axis("Data", **levels)

    @pytest.mark.parametrize("count", [2, 13])
    def test_a_number_of_axes_that_cannot_be_drawn_is_refused(self, count: int) -> None:
        with pytest.raises(ValueError, match="3 to 12"):
            RadarChart("A", (Axis("Data", 1),) * count, LEVELS)

    def test_five_level_names_are_needed(self) -> None:
        with pytest.raises(ValueError, match="5 level names"):
            RadarChart("A", (Axis("Data", 1),) * 3, LEVELS[:4])


class TestAltText:
    def test_says_everything_the_picture_shows(self) -> None:
        axes = (Axis("Data", 3, 4, 2), Axis("Culture", None, 2), Axis("Strategy", 1))
        assert radar_alt_text(RadarChart("A council", axes, LEVELS)) == (
            "Radar chart. A council. Levels: 1 Passive, 2 Developing, 3 Impactful, 4 Mainstreamed and"
            " 5 Transformative. Data: 3, target 4, was 2; Culture: no level yet, target 2; Strategy: 1."
        )

    @settings(deadline=None)
    @given(CHARTS)
    def test_fits_and_leaves_no_number_out(self, shown: RadarChart) -> None:
        words = radar_alt_text(shown)
        assert len(words) <= 1_000
        for axis in shown.axes:
            assert axis.current is None or f": {axis.current}" in words
            assert axis.target is None or f"target {axis.target}" in words
            assert axis.before is None or f"was {axis.before}" in words

    def test_shortens_names_before_it_drops_numbers(self) -> None:
        axes = (Axis("W" * 200, None, 5, 5),) * 12
        words = radar_alt_text(RadarChart("T" * 500, axes, ("L" * 60,) * 5))
        assert len(words) <= 1_000
        assert words.count("no level yet, target 5, was 5") == 12

    def test_the_picture_carries_it(self) -> None:
        assert parsed(chart(1, 2, 3)).findtext(f"{SVG}desc") == radar_alt_text(chart(1, 2, 3))


class TestWrap:
    @settings(deadline=None)
    @given(st.text(max_size=80), st.integers(1, 4))
    def test_keeps_to_the_room_and_the_lines(self, text: str, lines: int) -> None:
        found = wrap(text, 10, 120, lines)
        assert 1 <= len(found) <= lines
        assert all(width_of(line, 10) <= 120 for line in found)

    @settings(deadline=None)
    @given(st.lists(st.text("abcdeŵ", min_size=1, max_size=8), max_size=6))
    def test_keeps_all_words_where_there_is_room(self, words: list[str]) -> None:
        assert " ".join(wrap(" ".join(words), 10, 120, 9)).split() == words

    def test_breaks_after_a_hyphen_and_makes_lines_of_like_length(self) -> None:
        assert wrap("User-centred design", 10, 90, 3) == ["User-centred", "design"]
        assert wrap("User-centred design", 10, 60, 3) == ["User-", "centred", "design"]
        assert wrap("one two three four", 10, 100, 2) == ["one two", "three four"]

    def test_a_word_too_wide_gets_hyphens_and_a_text_too_long_an_ellipsis(self) -> None:
        assert wrap("m" * 20, 10, 100, 9)[0].endswith("-")
        assert wrap("word " * 40, 10, 100, 2)[-1].endswith("…")
