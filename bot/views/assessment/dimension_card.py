"""The card of one dimension: what it is, why it matters, how far it is. Its thread holds the prompts."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, header, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import DIMENSION_STATES, answer_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, full_stop
from model.assessment.assessment import Assessment, DimensionState


def dimension_card(assessment: Assessment, dimension_id: str, *, names: Names) -> Message:
    """The card as it should look now."""
    progress = assessment.dimension(dimension_id)
    dimension = assessment.framework.dimension(dimension_id)
    total = len(progress.prompts)
    if progress.state is DimensionState.OPEN:
        state = f"{progress.answered_count} of {count(total, 'question')} answered."
    else:
        level = escape(answer_name(assessment.framework, assessment.dimension_level(dimension_id)))
        state = f"Level: {level}, {DIMENSION_STATES[progress.state]}."
    if not assessment.active and progress.state is not DimensionState.CONFIRMED:
        state += f" The assessment is {assessment.state.value}."
    hint = "The questions are in this thread. Talk there too: it stays beside the answers."
    benefits = ", ".join(
        escape(assessment.framework.benefit(benefit).name.lower()) for benefit in dimension.benefits
    )
    why = f"*Why it matters*: {escape(dimension.why_it_matters)}"
    led = "" if progress.lead is None else f" Led by {names.of(progress.lead)}."
    state += led
    reference = Reference(assessment=assessment.id, dimension=dimension_id)
    more = button("More about this", ActionId.MORE_ABOUT_DIMENSION, reference)
    lead = button("Lead…", ActionId.GIVE_LEAD, reference)
    name = dimension.name
    if assessment.second_team is not None:
        name = f"{name} – {assessment.second_team.team}"
    blocks: list[Block] = [
        header(name),
        section(escape(dimension.summary)),
        section(why),
        section(f"*{state}*"),
        actions(more, lead),
        context(f"Serves {benefits}. {hint}" if benefits else hint),
    ]
    text = "\n".join([f"{full_stop(escape(name))} {escape(dimension.summary)}", why, state, hint])
    return Message(text, tuple(blocks))
