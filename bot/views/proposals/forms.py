"""The forms of a proposal: making one, editing it, adding it to the plan, dismissing it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, View, context, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import shorten, typed
from model.assessment.assessment import Assessment
from model.framework.framework import Framework
from model.library.library import Amount
from model.plan.plan import PLAN_REASON_LIMIT
from model.proposals.proposal import (
    PROPOSAL_TEXT_LIMIT,
    PROPOSAL_TITLE_LIMIT,
    Proposal,
    ProposedEffort,
    title_from,
)

_AMOUNTS = {Amount.LOW: "Low", Amount.MEDIUM: "Medium", Amount.HIGH: "High"}
_EFFORTS = (
    (InputId.TIME, "People's time", "time"),
    (InputId.MONEY, "Money", "money"),
    (InputId.SKILLS, "Skills to borrow or learn", "skills"),
)
_SHOWN = 1_500


def propose_modal(assessment: Assessment, *, text: str = "") -> View:
    """The form for words of one's own."""
    blocks = [
        section("Your proposal appears in the channel, where colleagues can support it."),
        field(
            InputId.PROPOSAL_TEXT,
            "What should we do, and why?",
            text_input(multiline=True, longest=PROPOSAL_TEXT_LIMIT, initial=text),
            hint="The first line becomes the title, unless you write one below.",
        ),
        _title("", optional=True),
        *_details(assessment, None),
    ]
    reference = Reference(assessment=assessment.id)
    return modal(ViewId.PROPOSE, "Propose", blocks, submit="Propose", close="Cancel", reference=reference)


def propose_message_modal(
    assessment: Assessment, text: str, *, channel_id: str, ts: str, dimension_id: str | None
) -> View:
    """The form for a message that somebody wrote.

    Args:
        assessment: What it is proposed for.
        text: The words of the message.
        channel_id: Where it is.
        ts: Slack's id of it.
        dimension_id: The dimension in whose thread it stands.
    """
    blocks: list[Block] = [
        section("A card with these words appears in the thread of the message, for colleagues to support."),
        *([typed(text, _SHOWN)] if text.strip() else []),
        _title(title_from(text), optional=False),
        *_details(assessment, None, dimension_id),
    ]
    reference = Reference(assessment=assessment.id, channel=channel_id, message=ts)
    return modal(ViewId.PROPOSE, "Propose", blocks, submit="Propose", close="Cancel", reference=reference)


def edit_proposal_modal(assessment: Assessment, proposal: Proposal) -> View:
    """The form for everything about a draft, but for the words that it copies."""
    blocks = [_title(proposal.title, optional=False), *_details(assessment, proposal)]
    return _of(proposal, ViewId.EDIT_PROPOSAL, "Edit proposal", blocks, submit="Save")


def plan_proposal_modal(assessment: Assessment, proposal: Proposal, *, proposes: bool) -> View:
    """The form that adds a draft to the plan, with what it lacks.

    Args:
        assessment: Whose plan it is.
        proposal: The draft.
        proposes: Whether it will wait there until a facilitator accepts it.
    """
    note = "The plan needs the dimension. Levels that you leave out are the step the dimension is on."
    if proposes:
        note += " A facilitator will take it up or not; until then it stands there as proposed."
    blocks = [
        section(note),
        _title(proposal.title, optional=False),
        *_details(assessment, proposal, must=True),
    ]
    return _of(proposal, ViewId.PLAN_PROPOSAL, "Add to plan", blocks, submit="Add")


def dismiss_modal(proposal: Proposal) -> View:
    """The form that asks why."""
    blocks = [
        section(
            f"*{shorten(proposal.title, 600)}*\nIts card stays, with your reason. It can be taken up again."
        ),
        field(InputId.REASON, "Reason", text_input(multiline=True, longest=PLAN_REASON_LIMIT)),
    ]
    return _of(proposal, ViewId.DISMISS_PROPOSAL, "Dismiss proposal", blocks, submit="Dismiss")


def effort_fields(effort: ProposedEffort, *, optional: bool = True) -> list[Block]:
    """What it takes, in three kinds, each low, medium or high."""
    options = [option(name, amount.value) for amount, name in _AMOUNTS.items()]
    return [
        field(input_id, label, chooser(options, getattr(effort, name)), optional=optional)
        for input_id, label, name in _EFFORTS
    ]


def benefit_field(framework: Framework, chosen: Sequence[str]) -> list[Block]:
    """Which benefits it serves; none where the framework has none."""
    options = [option(each.name, each.id) for each in framework.benefits]
    if not options:
        return []
    menu: Block = {"type": "multi_static_select", "options": options}
    standing = [each for each in options if each["value"] in chosen]
    if standing:
        menu["initial_options"] = standing
    return [field(InputId.BENEFITS, "What is it good for?", menu, optional=True)]


def chooser(options: Sequence[Block], value: str | None) -> Block:
    """A menu with a choice made beforehand, if it is one of them."""
    menu: Block = {"type": "static_select", "options": list(options)}
    chosen = next((each for each in options if each["value"] == value), None)
    return menu if chosen is None else {**menu, "initial_option": chosen}


def level_options(framework: Framework) -> list[Block]:
    """The five levels."""
    return [option(level_name(framework, each.number), str(each.number)) for each in framework.levels]


def _title(initial: str, *, optional: bool) -> Block:
    return field(
        InputId.ITEM_TITLE,
        "Title",
        text_input(
            longest=PROPOSAL_TITLE_LIMIT,
            initial=initial,
            placeholder="Say what to do, such as: Put bin days online",
        ),
        optional=optional,
    )


def _details(
    assessment: Assessment, proposal: Proposal | None, dimension_id: str | None = None, *, must: bool = False
) -> list[Block]:
    framework = assessment.framework
    effort = ProposedEffort() if proposal is None else proposal.effort
    chosen = dimension_id if proposal is None else proposal.dimension_id
    start, end = (None, None) if proposal is None else (proposal.from_level, proposal.to_level)
    dimensions = [option(framework.dimension(each).name, each) for each in assessment.scope]
    levels = level_options(framework)
    return [
        field(InputId.DIMENSION, "Dimension", chooser(dimensions, chosen), optional=not must),
        field(InputId.FROM_LEVEL, "From level", chooser(levels[:-1], _level(start)), optional=True),
        field(
            InputId.TO_LEVEL,
            "To level",
            chooser(levels[1:], _level(end)),
            optional=True,
            hint="Where you leave levels out, they are the step that the dimension is on.",
        ),
        *effort_fields(effort),
        *benefit_field(framework, () if proposal is None else proposal.benefits),
        *(
            []
            if must
            else [context("Everything but the title can be filled in later, by you or a facilitator.")]
        ),
    ]


def _level(level: int | None) -> str | None:
    return None if level is None else str(level)


def _of(proposal: Proposal, view_id: ViewId, title: str, blocks: Sequence[Block], *, submit: str) -> View:
    reference = Reference(assessment=proposal.assessment_id, proposal=proposal.id, revision=proposal.revision)
    return modal(view_id, title, blocks, submit=submit, close="Cancel", reference=reference)
