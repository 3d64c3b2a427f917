"""The whole guide as one page: to read in a browser, to print, to send to somebody without Slack."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from model.framework.framework import Dimension, Framework, Group, Level, Provenance
from model.framework.method_words import method_words

_ORIGIN = {Provenance.PUBLISHED: "published with the model", Provenance.DRAFT: "a draft of ours"}
BUNDLED_LICENCE = (
    "You may share and change these texts for any purpose if you name Milepost as the source. "
    "Licence: Creative Commons Attribution 4.0 International (CC BY 4.0)."
)
OWN_LICENCE = (
    "These texts were chosen by the council that made this page; ask it before you use them elsewhere. What "
    "they take from the guide that comes with Milepost is under Creative Commons Attribution 4.0 "
    "International (CC BY 4.0)."
)


def guide_page(framework: Framework, licence: str = BUNDLED_LICENCE) -> str:
    """Write the guide as one HTML page.

    The page holds its own style and nothing that runs or is fetched. It is meant to meet the Web Content
    Accessibility Guidelines 2.2 at AA: one main heading, no level skipped, tables with headed rows and
    columns, a way past the contents.

    Args:
        framework: What to write. Parts that it does not have are left out.
        licence: How its texts may be used, in a sentence or two.
    """
    return _template().render(
        framework=framework,
        groups=list(_grouped(framework)),
        method=method_words(framework),
        named=list(_named(framework)),
        origin=_ORIGIN,
        licence=licence,
        # Ours, and no text of a framework is in it.
        style=Markup(_text("guide.css")),  # noqa: S704
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_text("guide.html.j2"))


def _text(name: str) -> str:
    return (files("bot.exports") / name).read_text("utf-8")


def _grouped(framework: Framework) -> Iterator[tuple[Group, list[Dimension]]]:
    """Give each group with its dimensions, in the framework's order; a group without any is left out."""
    for group in framework.groups:
        dimensions = [each for each in framework.dimensions if each.group == group.id]
        if dimensions:
            yield group, dimensions


def _named(framework: Framework) -> Iterator[tuple[str, Level | Group | Dimension]]:
    """Give everything that has a name of its own, with what it is."""
    yield from (("level", each) for each in framework.levels)
    yield from (("group", each) for each in framework.groups)
    yield from (("dimension", each) for each in framework.dimensions)
