"""The team of the demo: who they are, and how they vote when nothing special happens."""

from __future__ import annotations

from bot.demo.play import Play
from bot.sandbox.client.client import Message, PersonHandle
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from model.framework.framework import Prompt

ASSESSORS = ("Omar", "Grace", "Tom", "Ana", "Jo")
# The level of each dimension in the play.
LEVELS = {"leadership": 3, "strategy": 2, "culture": 3, "capacity": 2, "decision-making": 4, "data": 2}
OTHERWISE = 3
_EVIDENCE = {
    "leadership": "Board minutes of 14 September: the chief executive asked what changed for residents.",
    "data": "The register of data sets has 31 entries; 12 have an owner. See <the shared drive> & the wiki.",
    "online-experience": "Of 1,840 bin reports last month, 71 % came through the website.",
}
_LINK = "https://intranet.saltmarsh.example/data/register"


def base(dimension_id: str) -> int:
    """The level that most of the team see in a dimension."""
    return LEVELS.get(dimension_id, OTHERWISE)


def views_on(dimension_id: str, place: int) -> dict[str, int]:
    """How each votes on the question at this place of a dimension: on every second one Tom sees less."""
    level = base(dimension_id)
    levels = dict.fromkeys(ASSESSORS, level)
    if place % 2:
        levels["Tom"] = level - 1
    return levels


async def prompts_of(play: Play, dimension_id: str) -> tuple[Prompt, ...]:
    """The questions of a dimension."""
    return (await play.begun()).framework.dimension(dimension_id).prompts


async def answer_rest(play: Play, dimension_id: str, leader: PersonHandle) -> None:
    """The team votes on whatever is still asked; where they differ, whoever leads agrees the median."""
    answered = {each.prompt_id for each in (await play.stage.assessment()).prompts if each.answered}
    for place, prompt in enumerate(await prompts_of(play, dimension_id)):
        if prompt.id in answered:
            continue
        levels = views_on(dimension_id, place)
        await play.ballots(prompt, levels)
        if len(set(levels.values())) > 1:
            await play.agree(leader, prompt, briefly=True)
        else:
            await play.card(prompt, "votes were the same")


async def add_evidence(play: Play, person: PersonHandle, dimension_id: str, card: Message) -> None:
    """Somebody adds evidence for the first prompt of a dimension."""
    assessment = await play.stage.assessment()
    await play.press(person, card, ActionId.ADD_EVIDENCE, "[Add evidence]")
    values = {InputId.EVIDENCE_TEXT.value: _EVIDENCE[dimension_id], InputId.EVIDENCE_LINK.value: _LINK}
    await play.form(person, ViewId.EVIDENCE, values, "writes what shows it, adds a link, and presses [Add]")
    await play.told(person, "Your evidence is recorded")
    await play.says(f"evidence:{assessment.id}", _EVIDENCE[dimension_id][:30])
