"""The guide in Slack: dimensions and prompts at length, the so-what, the model itself and the handbook."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    paragraphs,
    section,
)
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import escape, join_names
from model.framework.framework import Framework
from model.framework.parts import Benefit, Dimension, Provenance

_TITLE = "More about this"


def dimension_guide(framework: Framework, dimension_id: str) -> View:
    """All that the guide says of a dimension."""
    dimension = framework.dimension(dimension_id)
    blocks: list[Block] = [
        header(dimension.name),
        section(escape(dimension.summary)),
        *_listed("It covers", dimension.covers),
        *_listed("It does not cover", dimension.does_not_cover),
        *_why(framework, dimension),
        *_five(framework, dimension.descriptors),
        *_listed("Points to consider", dimension.points_to_consider),
        *_listed("Good evidence", dimension.evidence_examples),
        *_listed("Common traps", dimension.traps),
        context(_provenance(dimension)),
    ]
    return modal(ViewId.GUIDE, _TITLE, blocks)


def prompt_guide(framework: Framework, prompt_id: str) -> View:
    """Why a prompt is asked, what good evidence is, and what its dimension warns of."""
    prompt = framework.prompt(prompt_id)
    dimension = framework.dimension_of(prompt_id)
    blocks: list[Block] = [
        section(f"*{escape(prompt.question)}*"),
        section(f"*Why we ask*\n{escape(prompt.why)}"),
        *_five(framework, prompt.descriptors),
        *_listed("Good evidence for this question", prompt.evidence_examples),
        *_listed(f"Points to consider in {dimension.name}", dimension.points_to_consider),
        *_listed("Common traps", dimension.traps),
    ]
    return modal(ViewId.GUIDE, _TITLE, blocks)


def benefit_guide(framework: Framework, benefit_id: str) -> View:
    """One benefit at length, with its example and the dimensions that drive it."""
    benefit = framework.benefit(benefit_id)
    parts = [section(part) for part in _benefit_parts(framework, benefit)]
    return modal(ViewId.GUIDE, _TITLE, [header(benefit.name), *parts])


def handbook_guide(framework: Framework) -> View:
    """How to assess, chapter by chapter."""
    blocks: list[Block] = []
    for chapter in framework.handbook:
        blocks += [header(chapter.title), section("\n\n".join(escape(text) for text in chapter.text))]
    if not blocks:
        blocks = [section("This framework has no handbook.")]
    return modal(ViewId.GUIDE, "How to assess", blocks)


def so_what(framework: Framework, command: str) -> Message:
    """Why a council should care, under the benefits."""
    lines = [f"*{escape(benefit.name)}*: {escape(benefit.summary)}" for benefit in framework.benefits]
    note = (
        f"For one dimension, type {command} why and its name, such as {command} why {_an_example(framework)}."
    )
    rows = [
        section(line, accessory=_more(benefit))
        for line, benefit in zip(lines, framework.benefits, strict=True)
    ]
    summary = escape(framework.summary)
    blocks: list[Block] = [header("Why it matters"), section(summary), *rows, context(note)]
    return Message("\n".join([f"Why it matters. {summary}", *lines, note]), tuple(blocks))


def why_dimension(framework: Framework, dimension_id: str) -> Message:
    """Why one dimension matters, with an everyday example for each benefit."""
    dimension = framework.dimension(dimension_id)
    reference = Reference(dimension=dimension_id)
    parts = [escape(dimension.why_it_matters), *_examples(framework, dimension)]
    blocks: list[Block] = [
        header(f"Why it matters: {dimension.name}"),
        *(section(part) for part in parts),
        actions(button(_TITLE, ActionId.MORE_ABOUT_DIMENSION, reference)),
    ]
    return Message("\n".join([f"Why {escape(dimension.name)} matters.", *parts]), tuple(blocks))


def why_benefit(framework: Framework, benefit_id: str) -> Message:
    """One benefit at length, for whoever asked for it by name."""
    benefit = framework.benefit(benefit_id)
    parts = _benefit_parts(framework, benefit)
    text = "\n".join([escape(benefit.name), *parts])
    return Message(text, (header(benefit.name), *(section(part) for part in parts)))


def unknown_subject(framework: Framework, words: str, nearest: str | None) -> str:
    """When "why" is asked of something the framework does not have. `words` are as typed."""
    hint = f" Did you mean *{escape(nearest)}*?" if nearest else ""
    names = ", ".join(escape(dimension.name) for dimension in framework.dimensions)
    return (
        f"There is no dimension or benefit called “{escape(words[:60])}”.{hint} The dimensions are: {names}."
    )


def about_model(framework: Framework) -> Message:
    """What this is, its version, where the words come from, and how levels are worked out."""
    levels = [
        f"*{escape(level_name(framework, level.number))}*: {escape(level.summary)}"
        for level in framework.levels
    ]
    groups = [_group_line(framework, group.id) for group in framework.groups]
    title = f"{escape(framework.title)}, version {escape(framework.version)}"
    where = f"*Where it comes from*\n{escape(framework.provenance_note)}"
    method = f"*How levels are worked out*\n{escape(framework.method.note)}"
    paragraphs = [escape(framework.summary), "\n".join(levels), "\n".join(groups), where, method]
    blocks: list[Block] = [header(framework.title), *(section(text) for text in paragraphs)]
    if framework.handbook:
        blocks.append(actions(button("How to assess", ActionId.HANDBOOK, Reference())))
    blocks.append(context(f"Version {escape(framework.version)}"))
    return Message("\n".join([title, *paragraphs]), tuple(blocks))


def _group_line(framework: Framework, group_id: str) -> str:
    group = framework.group(group_id)
    members = [dimension for dimension in framework.dimensions if dimension.group == group_id]
    published = all(dimension.provenance is Provenance.PUBLISHED for dimension in members)
    names = ", ".join(escape(dimension.name) for dimension in members)
    return (
        f"*{escape(group.name)}* ({'names published' if published else 'names are ours, a draft'}): {names}"
    )


def _benefit_parts(framework: Framework, benefit: Benefit) -> list[str]:
    parts = [escape(benefit.summary)]
    if benefit.paragraph is not None:
        parts.append(escape(benefit.paragraph))
    if benefit.example is not None:
        parts.append(f"*For example*\n{escape(benefit.example)}")
    if benefit.drivers:
        names = join_names([escape(framework.dimension(each).name) for each in benefit.drivers])
        parts.append(f"*What drives it most*: {names}.")
    return parts


def _why(framework: Framework, dimension: Dimension) -> list[Block]:
    why = f"*Why it matters*\n{escape(dimension.why_it_matters)}"
    examples = _examples(framework, dimension)
    return [section(why), *paragraphs(examples)]


def _examples(framework: Framework, dimension: Dimension) -> list[str]:
    return [
        f"• *{escape(benefit.name)}*: {escape(example)}"
        for benefit in framework.benefits
        if (example := dimension.example_of(benefit.id)) is not None
    ]


def _five(framework: Framework, descriptors: Sequence[str]) -> list[Block]:
    if not descriptors:
        return []
    lines = [
        f"*{escape(level_name(framework, number))}*: {escape(text)}"
        for number, text in enumerate(descriptors, 1)
    ]
    return [divider(), section("\n".join(lines)), divider()]


def _listed(title: str, items: Sequence[str]) -> list[Block]:
    if not items:
        return []
    return [section("\n".join([f"*{escape(title)}*", *(f"• {escape(item)}" for item in items)]))]


def _provenance(dimension: Dimension) -> str:
    name = "published by the model" if dimension.provenance is Provenance.PUBLISHED else "ours, a draft"
    wording = "published" if dimension.wording is Provenance.PUBLISHED else "our own"
    return f"The name of this dimension is {name}; the wording is {wording}."


def _more(benefit: Benefit) -> Block:
    return button(
        "More",
        ActionId.MORE_ABOUT_BENEFIT,
        Reference(benefit=benefit.id),
        accessibility_label=f"More: {benefit.name}",
    )


def _an_example(framework: Framework) -> str:
    """The shortest dimension name, for an example that is quick to type."""
    return escape(min((dimension.name for dimension in framework.dimensions), key=len).lower())
