"""What a radar chart shows: the levels of each dimension, and the same in words for who cannot see it."""

from dataclasses import dataclass

from bot.views.wording.text import cut, full_stop, join_names

ALT_TEXT_LIMIT = 1_000
"""Characters of `alt_txt` (docs.slack.dev/reference/methods/files.getUploadURLExternal)."""

TOP_LEVEL = 5


@dataclass(frozen=True)
class Axis:
    """One dimension.

    Attributes:
        label: its name, as typed.
        current: its level now, 1 to 5; None while it has none.
        target: the level aimed for; None where there is no target.
        before: the level of the assessment before; None where there was none.
        not_applicable: whether the dimension does not apply, so that it has no level for good.
    """

    label: str
    current: int | None = None
    target: int | None = None
    before: int | None = None
    not_applicable: bool = False

    def __post_init__(self) -> None:
        """Refuse a level outside 1 to 5."""
        for level in (self.current, self.target, self.before):
            if level is not None and not 1 <= level <= TOP_LEVEL:
                raise ValueError(f"A level is 1 to {TOP_LEVEL}, not {level}")


@dataclass(frozen=True)
class RadarChart:
    """What the chart shows: 3 to 12 axes, clockwise from the top, and the names of levels 1 to 5."""

    title: str
    axes: tuple[Axis, ...]
    level_names: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a number of axes or of level names that cannot be drawn."""
        if not 3 <= len(self.axes) <= 12:
            raise ValueError(f"A radar chart has 3 to 12 axes, not {len(self.axes)}")
        if len(self.level_names) != TOP_LEVEL:
            raise ValueError(f"There are {TOP_LEVEL} level names, not {len(self.level_names)}")


def numbers_of(axis: Axis) -> str:
    """Return the levels of an axis in words: "3, target 4, was 2"."""
    if axis.not_applicable:
        return "not applicable"
    words = ["no level yet" if axis.current is None else str(axis.current)]
    if axis.target is not None:
        words.append(f"target {axis.target}")
    if axis.before is not None:
        words.append(f"was {axis.before}")
    return ", ".join(words)


def radar_alt_text(chart: RadarChart) -> str:
    """Return what the chart shows in words, all numbers included, in at most 1,000 characters.

    Where that does not fit, first the names of the axes are shortened, then the names of the levels go; no
    number is ever left out.
    """
    levels = [f"{number} {cut(name, 40)}" for number, name in enumerate(chart.level_names, 1)]
    for key in (f"Levels: {join_names(levels)}. ", ""):
        for room in (60, 40, 25) if key else (60, 40, 30, 24, 18, 12):
            axes = [f"{cut(_one_line(axis.label), room)}: {numbers_of(axis)}" for axis in chart.axes]
            words = f"Radar chart. {full_stop(cut(_one_line(chart.title), 200))} {key}{'; '.join(axes)}."
            if len(words) <= ALT_TEXT_LIMIT:
                return words
    raise AssertionError("12 axes with names of 12 characters always fit")


def _one_line(text: str) -> str:
    return " ".join(text.split())
