"""What happened in the demo in figures, every one counted from what is in the sandbox."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from bot.demo.stage import DemoStage, StepMissing, key_of, read
from bot.sandbox.client.client import Message, Seen
from bot.views.wording.text import count
from model.assessment.assessment import Assessment
from model.assessment.history import Happened

_LEVEL = re.compile(r": (\d) [^,:]+, confirmed by")
_RECEIPT = re.compile(r"^Recorded: \*")
_CAST = frozenset({Happened.VOTED, Happened.VOTED_AFTER_REVEAL, Happened.ABSTAINED})
_ITEMS = re.compile(r"\d+ of (\d+) items? done")
_OVERALL = re.compile(r"Overall: (\d) ")


@dataclass(frozen=True)
class Summary:
    """The figures; `digests` counts those that were replaced as well."""

    levels: dict[str, int]
    overall: int
    prompts: int
    votes: int
    evidence: int
    proposals: int
    plan_items: int
    reminders: int
    digests: int
    files: int
    api_calls: dict[str, int]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        return {**vars(self), "seconds": round(self.seconds, 1)}

    def in_words(self) -> str:
        """For people."""
        calls = sum(self.api_calls.values())
        levels = ", ".join(f"{name} {level}" for name, level in self.levels.items())
        return (
            f"Overall level {self.overall}. {levels}.\n"
            f"{count(self.prompts, 'prompt')}, {count(self.votes, 'vote')}, "
            f"{count(self.evidence, 'piece')} of evidence, {count(self.files, 'picture')}, "
            f"{count(self.proposals, 'proposal')}, a plan of {count(self.plan_items, 'item')}, "
            f"{count(self.reminders, 'reminder')} and {count(self.digests, 'digest')} in eight weeks; "
            f"{count(calls, 'call')} to Slack in {self.seconds:.1f} seconds. "
            "Every step happened."
        )


async def summarise(stage: DemoStage, *, seconds: float) -> Summary:
    """Count, and insist that what people see agrees with what is stored.

    Raises:
        StepMissing: it does not.
    """
    seen = await stage.settled()
    assessment = await stage.assessment()
    messages = seen.messages(stage.channel)
    kinds = Counter(key_of(message).partition(":")[0] for message in messages)
    levels, overall = _levels(messages, assessment.scope), _overall(messages)
    _agree(assessment, levels, overall)
    await _all_receipts(stage, seen, assessment.id)
    votes = sum(len(prompt.votes) + len(prompt.earlier_votes) for prompt in assessment.prompts)
    return Summary(
        levels=levels,
        overall=overall,
        prompts=kinds["prompt"],
        votes=votes,
        evidence=kinds["evidence"],
        proposals=kinds["proposal"],
        plan_items=await _plan_items(stage, messages, assessment.id),
        reminders=await _direct(stage, "reminder:"),
        digests=sum(key_of(each).startswith("digest:") for each in await stage.slack.messages(stage.channel)),
        files=sum(len(message.files) for message in messages),
        api_calls=await stage.slack.api_calls(),
        seconds=seconds,
    )


async def _plan_items(stage: DemoStage, messages: list[Message], assessment_id: str) -> int:
    """The items that the plan in the channel counts, which must be those that are stored."""
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        plan = await work.plans.get(assessment_id)
    stored = 0 if plan is None else len(plan.items)
    shown = [found for each in messages if (found := _ITEMS.search(read(each))) is not None]
    if stored and (not shown or int(shown[-1][1]) != stored):
        raise StepMissing(f"the plan in the channel does not count the {stored} items that are stored")
    return stored


async def _direct(stage: DemoStage, key_start: str) -> int:
    """How many messages of a kind people had directly."""
    seen = await stage.slack.seen()
    channels = [await stage.direct_with(stage.slack.person(each.id)) for each in stage.world.people]
    return sum(key_of(each).startswith(key_start) for channel in channels for each in seen.messages(channel))


def _levels(messages: list[Message], scope: tuple[str, ...]) -> dict[str, int]:
    """Dimension id to confirmed level, as the level cards say."""
    levels: dict[str, int] = {}
    for message in messages:
        kind, _, rest = key_of(message).partition(":")
        found = _LEVEL.search(read(message)) if kind == "level" else None
        if found is not None:
            levels[rest.partition(":")[2]] = int(found[1])
    return {name: levels[name] for name in scope if name in levels}


def _overall(messages: list[Message]) -> int:
    """The overall level, as the results say."""
    for message in messages:
        found = _OVERALL.search(read(message)) if key_of(message).startswith("results:") else None
        if found is not None:
            return int(found[1])
    raise StepMissing("the results do not name an overall level")


async def _all_receipts(stage: DemoStage, seen: Seen, assessment_id: str) -> None:
    """Every vote that was cast, changed ones and "not for me" among them, had its private receipt."""
    receipts = sum(_RECEIPT.search(read(message)) is not None for message in seen.ephemerals())
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        history = await work.assessments.history(assessment_id)
    cast = sum(entry.what in _CAST for entry in history)
    if receipts != cast:
        raise StepMissing(f"{receipts} receipts were given for {cast} votes that were cast")


def _agree(assessment: Assessment, levels: dict[str, int], overall: int) -> None:
    """What people see is what is stored."""
    stored = {name: level for name, level in assessment.levels().items() if isinstance(level, int)}
    if sorted(stored.items()) != sorted(levels.items()):
        raise StepMissing(f"the cards say {levels} and the database {stored}")
    result = assessment.overall()
    if result is None or result.score.level != overall:
        raise StepMissing(f"the results say overall {overall}, and the database something else")
