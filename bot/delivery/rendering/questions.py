"""What the card of a question says."""

from __future__ import annotations

from bot.delivery.rendering.last_time import beside_last_time
from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.views.questions.quick_card import prompt_card
from model.assessment.assessment import Assessment, Mode


async def render_prompt(this: Rendering) -> Payload | None:
    """The card of a question, with what was answered last time."""
    found = await beside_last_time(this)
    if found is None:
        return None
    assessment, last = found
    names = await this.names(_people_on(assessment, this.subject))
    return prompt_card(assessment, this.subject, names=names, last=last).payload()


def _people_on(assessment: Assessment, prompt_id: str) -> set[str | None]:
    """The people whose names the card shows."""
    prompt = assessment.prompt(prompt_id)
    people: set[str | None] = {prompt.decided_by}
    if assessment.mode is Mode.TOGETHER:
        people |= {vote.person for vote in prompt.votes}
        people |= set(assessment.did_not_vote(prompt_id))
    if assessment.mode is Mode.TOGETHER and prompt.undecided:
        leaders = assessment.leaders(assessment.dimension_of(prompt_id).dimension_id)
        people |= {*leaders, *assessment.assessors}
    return people
