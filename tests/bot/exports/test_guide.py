"""The guide as a page: whole, safe, and usable by everyone."""

import re
from functools import cached_property
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content_files.framework_folder import load_framework
from bot.exports.guide import OWN_LICENCE, guide_page
from model.framework.framework import Framework
from tests.model.frameworks import ONE, dimension_data, framework_data, framework_with

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """A strict reading: every tag that is opened is closed, in the right order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @cached_property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


BUNDLED = load_framework()
HTML = guide_page(BUNDLED)
PAGE = Page(HTML)


def test_every_text_of_the_framework_is_there() -> None:
    for dimension in BUNDLED.dimensions:
        told = [dimension.summary, dimension.why_it_matters, *dimension.covers, *dimension.does_not_cover]
        told += [each.example for each in dimension.benefit_examples]
        told += [*dimension.descriptors, *dimension.points_to_consider]
        told += [*dimension.evidence_examples, *dimension.traps]
        for prompt in dimension.prompts:
            told += [prompt.question, prompt.why, *prompt.descriptors, *prompt.evidence_examples]
        assert [text for text in told if text not in PAGE.text] == []
    for benefit in BUNDLED.benefits:
        assert benefit.summary in PAGE.text and str(benefit.paragraph) in PAGE.text
        assert str(benefit.example) in PAGE.text
    for chapter in BUNDLED.handbook:
        assert all(paragraph in PAGE.text for paragraph in chapter.text)
    for text in (BUNDLED.provenance_note, BUNDLED.method.note, "a half goes up: 2.5 is level 3", "CC BY 4.0"):
        assert text in PAGE.text


def test_each_dimension_says_what_of_it_is_published() -> None:
    assert PAGE.text.count("Name: published with the model. Wording: a draft of ours.") == 5
    assert PAGE.text.count("Name: a draft of ours. Wording: a draft of ours.") == 5


def test_headings_are_in_order_and_none_is_skipped() -> None:
    levels = [level for level, _ in PAGE.headings]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))
    assert all(text.strip() for _, text in PAGE.headings)


def test_it_says_its_language_and_has_one_main_part_and_a_way_to_it() -> None:
    assert PAGE.all("html") == [{"lang": "en-GB"}]
    assert len(PAGE.all("main")) == len(PAGE.all("nav")) == len(PAGE.all("title")) == 1
    first_link = PAGE.all("a")[0]
    assert first_link["href"] == f"#{PAGE.all('main')[0]['id']}"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in PAGE.all("meta")


def test_every_link_and_label_leads_somewhere_in_the_page() -> None:
    ids = [attributes["id"] for _, attributes in PAGE.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in PAGE.all("a"):
        assert link["href"].startswith("#") and link["href"][1:] in ids
    labels = [attributes["aria-labelledby"] for _, attributes in PAGE.tags if "aria-labelledby" in attributes]
    assert labels and set(labels) <= set(ids)
    contents = {link["href"] for link in PAGE.all("a")}
    assert {f"#dimension-{each.id}" for each in BUNDLED.dimensions} <= contents


def test_tables_have_captions_and_headed_rows_and_columns() -> None:
    tables = len(PAGE.all("table"))
    assert tables == len(PAGE.all("caption")) == 1 + 10 + 50 + 1
    assert {each.get("scope") for each in PAGE.all("th")} == {"row", "col"}


def test_nothing_runs_and_nothing_is_fetched() -> None:
    assert not {tag for tag, _ in PAGE.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    for _, attributes in PAGE.tags:
        assert not {
            name for name in attributes if name.startswith("on") or name in ("src", "srcset", "style")
        }
    assert not re.search(r"https?:|url\(|@import|//[a-z]", HTML)


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="ab<>&\"'{}%#/ =;", min_size=1, max_size=40).filter(str.strip))
def test_no_text_can_become_markup(text: str) -> None:
    data = framework_data([dimension_data("roads", [ONE])])
    data["title"] = data["summary"] = data["provenance_note"] = text
    data["benefits"][0]["name"] = text
    data["dimensions"][0] |= {"name": text, "covers": [text], "traps": [text]}
    data["dimensions"][0]["prompts"][0] |= {"question": text, "descriptors": [text] * 5}
    plain = framework_data([dimension_data("roads", [ONE])])
    plain["dimensions"][0] |= {"covers": ["x"], "traps": ["x"]}
    page, model = (
        Page(guide_page(Framework.model_validate(data))),
        Page(guide_page(Framework.model_validate(plain))),
    )
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in model.tags]
    assert " ".join(text.split()) in page.text


def test_a_plain_framework_has_no_empty_parts() -> None:
    page = Page(guide_page(framework_with([dimension_data("roads", [ONE])]), OWN_LICENCE))
    headings = [text.strip() for _, text in page.headings]
    assert "How to assess" not in headings and "Traps in judging it" not in headings
    assert "Second" not in headings, "a group without dimensions"
    assert "ask it before you use them elsewhere" in page.text
    assert "<ul>\n</ul>" not in guide_page(framework_with([dimension_data("roads", [ONE])]))


def test_the_same_framework_gives_the_same_page() -> None:
    assert guide_page(load_framework()) == HTML


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition of "relative luminance")."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "white"),
        ("quiet", "white"),
        ("accent", "white"),
        ("accent-dark", "white"),
        ("white", "accent-dark"),
        ("ink", "tint"),
        ("accent-dark", "tint"),
        ("ink", "warm"),
    ],
)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    style = files("bot.exports").joinpath("guide.css").read_text("utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", style)) | {"white": "#ffffff"}
    lighter, darker = sorted((brightness(colours[text]), brightness(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7, "AAA"
