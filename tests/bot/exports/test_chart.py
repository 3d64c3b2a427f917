"""SVG becomes a PNG of the right size, with the shipped fonts, without holding up the event loop."""

import asyncio
import struct

import pytest

from bot.exports.chart import FONTS, render_png, render_png_in_thread
from bot.views.results.radar_svg import HEIGHT, WIDTH, Axis, RadarChart, radar_svg

LEVELS = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")
WORD = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{}</svg>'
TEXT = '<text x="10" y="30" font-size="20" font-family="{}" font-weight="{}">{}</text>'


def size_of(png: bytes) -> tuple[int, int]:
    """The width and height in pixels, from the header chunk that follows the signature."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png[12:16] == b"IHDR"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_radar_chart_becomes_a_picture() -> None:
    svg = radar_svg(RadarChart("Ŵy & ŷ", tuple(Axis(f"Diogelwch {n}", n) for n in (1, 3, 5)), LEVELS))
    assert size_of(render_png(svg)) == (2 * WIDTH, 2 * HEIGHT)
    assert size_of(render_png(svg, zoom=1)) == (WIDTH, HEIGHT)
    assert render_png(svg, zoom=1) == render_png(svg, zoom=1)


async def test_the_loop_runs_on_while_a_picture_is_made() -> None:
    turns = 0
    picture = asyncio.create_task(render_png_in_thread(WORD.format(""), zoom=20))
    while not picture.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1
    assert size_of(await picture) == (4000, 800)


@pytest.mark.parametrize("family", ["DejaVu Sans", "Arial, sans-serif", "sans-serif"])
@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("text", ["Levels", "ŵŷâ", "£–…"])
def test_every_letter_is_drawn_from_the_shipped_fonts(family: str, weight: str, text: str) -> None:
    drawn = render_png(WORD.format(TEXT.format(family, weight, text)))
    assert drawn != render_png(WORD.format(""))
    assert drawn != render_png(WORD.format(TEXT.format(family, weight, text[:-1])))


def test_the_bold_face_is_another_one() -> None:
    plain, bold = (
        render_png(WORD.format(TEXT.format("DejaVu Sans", weight, "A"))) for weight in ("normal", "bold")
    )
    assert plain != bold


def test_what_is_no_svg_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown token"):
        render_png("no picture")


def test_the_fonts_come_with_their_licence() -> None:
    assert sorted(file.name for file in FONTS.iterdir()) == [
        "DejaVuSans-Bold.ttf",
        "DejaVuSans.ttf",
        "LICENSE",
    ]
    assert "Bitstream Vera" in (FONTS / "LICENSE").read_text(encoding="utf-8")
