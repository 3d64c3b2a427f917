"""SVG to PNG, with the fonts that are shipped, so that a picture looks the same on every machine."""

import asyncio
from pathlib import Path

import resvg_py

FONTS = Path(__file__).with_name("fonts")
_FONT_FILES = [str(FONTS / "DejaVuSans.ttf"), str(FONTS / "DejaVuSans-Bold.ttf")]


def render_png(svg: str, *, zoom: float = 2.0) -> bytes:
    """Return a picture of an SVG document; takes about a tenth of a second, so not for the event loop.

    Args:
        svg: the whole document. Its text must name "DejaVu Sans" or "sans-serif" among its font families:
            what names other fonts alone is left out of the picture.
        zoom: pixels per unit of the document.

    Raises:
        ValueError: the document cannot be read.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=zoom,
        skip_system_fonts=True,
        font_files=_FONT_FILES,
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )


async def render_png_in_thread(svg: str, *, zoom: float = 2.0) -> bytes:
    """Return a picture of an SVG document without holding up the event loop.

    Raises:
        ValueError: the document cannot be read.
    """
    return await asyncio.to_thread(render_png, svg, zoom=zoom)
