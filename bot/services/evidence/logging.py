"""Evidence from messages: where it belongs, how it is known again, and the step that keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from bot.conversation.written_message import Written
from bot.services.messages.kinds import MessageKind
from model.assessment.assessment import Assessment
from model.assessment.evidence import FILE_NAMES_LIMIT, CameFrom, Evidence, Source, Strength, copied
from model.assessment.steps import AddEvidence
from storage.database import Database


@dataclass(frozen=True)
class Ground:
    """What a message stands on: an assessment under way, and the dimension whose thread it is in."""

    assessment: Assessment
    dimension_id: str | None


async def ground_of(
    database: Database, workspace_id: str, channel_id: str, thread_ts: str | None
) -> Ground | None:
    """The assessment that a message in this channel or thread belongs to; None where none is under way."""
    async with database.reading(workspace_id) as work:
        row = None if thread_ts is None else await work.messages.at(channel_id, thread_ts)
        if row is not None and row.assessment_id is not None:
            of_thread = await work.assessments.get(row.assessment_id)
            if of_thread is not None and of_thread.active:
                return Ground(of_thread, row.subject if row.kind == MessageKind.DIMENSION else None)
        active = await work.assessments.active_in(channel_id)
    return None if active is None else Ground(active, None)


def prompt_at(ground: Ground) -> str | None:
    """The one prompt that is being asked where the message is; None where it takes a question to know."""
    if ground.dimension_id is None:
        return None
    prompts = ground.assessment.dimension(ground.dimension_id).prompts
    asked = [prompt.prompt_id for prompt in prompts if prompt.undecided or prompt.being_changed]
    return asked[0] if len(asked) == 1 else None


def logged_from(assessment: Assessment, written: Written) -> tuple[str, Evidence] | None:
    """The evidence that this message is already, with the id of its prompt."""
    for prompt in assessment.prompts:
        for evidence in prompt.evidence:
            if _is_from(evidence, written):
                return prompt.prompt_id, evidence
    return None


def step_for(
    assessment: Assessment, prompt_id: str, written: Written, permalink: str, strength: Strength | None = None
) -> AddEvidence:
    """The step that keeps a copy of a message, which is found at its permalink, as evidence.

    Whoever else takes it for the same message is refused, since the evidence has the same id. What was
    withdrawn stays withdrawn beside it.
    """
    return AddEvidence(
        prompt_id,
        _id_of(assessment, written),
        text=copied(written.text),
        link="",
        strength=strength,
        author=written.author,
        said_at=written.at,
        source=Source(
            CameFrom.MESSAGE if written.text else CameFrom.FILE, permalink, _file_names(written.files)
        ),
    )


def _digest(written: Written) -> str:
    return sha256(f"{written.channel_id}/{written.ts}".encode()).hexdigest()[:24]


def _is_from(evidence: Evidence, written: Written) -> bool:
    return evidence.id.partition("-")[0] == _digest(written)


def _id_of(assessment: Assessment, written: Written) -> str:
    """Another id after each time that the same message was withdrawn."""
    earlier = sum(_is_from(each, written) for prompt in assessment.prompts for each in prompt.withdrawn)
    return f"{_digest(written)}-{earlier + 1}" if earlier else _digest(written)


def _file_names(names: tuple[str, ...]) -> str:
    listed = ", ".join(names)
    return listed if len(listed) <= FILE_NAMES_LIMIT else f"{listed[: FILE_NAMES_LIMIT - 1]}…"
