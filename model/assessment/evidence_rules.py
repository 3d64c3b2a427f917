"""The rules of evidence: offering it, moving it to another prompt, withdrawing it.

Evidence is welcome while paused too: nobody's words are turned away without need. What is withdrawn is kept,
apart from what counts and shown nowhere; it goes when the assessment is deleted.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from model.assessment.assessment import Assessment
from model.assessment.evidence import EVIDENCE_LIMIT, FILE_NAMES_LIMIT, LINK_LIMIT, Evidence, Moved, Withdrawn
from model.assessment.guards import too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import AddEvidence, MoveEvidence, Outcome, Taken, WithdrawEvidence
from model.errors import UnknownEvidence
from model.refusals import Reason, Refusal


def find_evidence(assessment: Assessment, evidence_id: str) -> tuple[str, Evidence] | None:
    """A piece of evidence and the id of its prompt, withdrawn ones too; None when there is no such piece."""
    for prompt in assessment.prompts:
        for evidence in (*prompt.evidence, *prompt.withdrawn):
            if evidence.id == evidence_id:
                return prompt.prompt_id, evidence
    return None


def get_evidence(assessment: Assessment, evidence_id: str) -> tuple[str, Evidence]:
    """A piece of evidence and the id of its prompt, withdrawn ones too.

    Raises:
        UnknownEvidence: there is no such piece.
    """
    found = find_evidence(assessment, evidence_id)
    if found is None:
        raise UnknownEvidence(evidence_id)
    return found


def who_may_change(assessment: Assessment, prompt_id: str, evidence: Evidence) -> tuple[str, ...]:
    """Ids of those who may move or withdraw it: its author, who offered it, and who leads the dimension.

    Also who carried it over from last time.
    """
    leaders = assessment.leaders(assessment.dimension_of(prompt_id).dimension_id)
    carried_by = () if evidence.carried is None else (evidence.carried.by,)
    return tuple(dict.fromkeys((evidence.author, evidence.offered_by, *carried_by, *leaders)))


def add_evidence(assessment: Assessment, step: AddEvidence, by: str, at: datetime) -> Outcome:
    """Keep it with its prompt, once."""
    prompt = assessment.prompt(step.prompt_id)
    text, link = step.text.strip(), step.link.strip()
    refusal = (
        _not_opened(assessment, step.prompt_id)
        or _nothing_or_too_much(text, link, step.source.file_name)
        or _already_there(assessment, step.evidence_id)
    )
    if refusal is not None:
        return refusal
    author = step.author or by
    evidence = Evidence(
        step.evidence_id,
        author,
        text,
        link,
        step.said_at or at,
        step.strength,
        None if author == by else by,
        step.source,
    )
    changed = replace(prompt, evidence=(*prompt.evidence, evidence))
    entry = _entry(assessment, Happened.EVIDENCE_ADDED, step.prompt_id, evidence, by, at)
    return Taken(assessment.with_prompt(changed), (entry,))


def move_evidence(assessment: Assessment, step: MoveEvidence, by: str, at: datetime) -> Outcome:
    """Put it under another prompt, as the last piece there."""
    target = assessment.prompt(step.prompt_id)
    found = _changeable(assessment, step.evidence_id, by)
    if isinstance(found, Refusal):
        return found
    from_prompt, evidence = found
    if evidence.withdrawn is not None:
        return Refusal(Reason.EVIDENCE_WITHDRAWN, by=evidence.withdrawn.by, at=evidence.withdrawn.at)
    refusal = _not_opened(assessment, step.prompt_id)
    if refusal is not None:
        return refusal
    if from_prompt == step.prompt_id:
        moved = evidence.moved
        return Refusal(
            Reason.ALREADY_DONE,
            by=None if moved is None else moved.by,
            at=None if moved is None else moved.at,
        )
    evidence = replace(evidence, moved=Moved(by, at, from_prompt))
    without = _without(assessment, from_prompt, evidence.id)
    changed = replace(target, evidence=(*target.evidence, evidence))
    entry = _entry(assessment, Happened.EVIDENCE_MOVED, step.prompt_id, evidence, by, at)
    return Taken(without.with_prompt(changed), (replace(entry, from_prompt_id=from_prompt),))


def withdraw_evidence(assessment: Assessment, step: WithdrawEvidence, by: str, at: datetime) -> Outcome:
    """Take it away from what counts."""
    found = _changeable(assessment, step.evidence_id, by)
    if isinstance(found, Refusal):
        return found
    prompt_id, evidence = found
    if evidence.withdrawn is not None:
        return Refusal(Reason.ALREADY_DONE, by=evidence.withdrawn.by, at=evidence.withdrawn.at)
    evidence = replace(evidence, withdrawn=Withdrawn(by, at))
    without = _without(assessment, prompt_id, evidence.id)
    prompt = without.prompt(prompt_id)
    entry = _entry(assessment, Happened.EVIDENCE_WITHDRAWN, prompt_id, evidence, by, at)
    changed = replace(prompt, withdrawn=(*prompt.withdrawn, evidence))
    return Taken(without.with_prompt(changed), (entry,))


def _not_opened(assessment: Assessment, prompt_id: str) -> Refusal | None:
    opened = assessment.dimension_of(prompt_id).opened_at is not None
    return None if opened else Refusal(Reason.NOT_OPENED)


def _nothing_or_too_much(text: str, link: str, file_name: str) -> Refusal | None:
    if not (text or link or file_name):
        return Refusal(Reason.EVIDENCE_EMPTY)
    refusal = (
        too_long(text, EVIDENCE_LIMIT) or too_long(link, LINK_LIMIT) or too_long(file_name, FILE_NAMES_LIMIT)
    )
    if refusal is not None:
        return refusal
    return None if not link or _is_web_address(link) else Refusal(Reason.LINK_NOT_WEB)


def _already_there(assessment: Assessment, evidence_id: str) -> Refusal | None:
    existing = find_evidence(assessment, evidence_id)
    return None if existing is None else Refusal(Reason.ALREADY_DONE, by=existing[1].offered_by)


def _changeable(assessment: Assessment, evidence_id: str, by: str) -> tuple[str, Evidence] | Refusal:
    found = find_evidence(assessment, evidence_id)
    if found is None:
        return Refusal(Reason.UNKNOWN_EVIDENCE)
    who_can = who_may_change(assessment, *found)
    return found if by in who_can else Refusal(Reason.EVIDENCE_OF_OTHERS, who_can=who_can)


def _without(assessment: Assessment, prompt_id: str, evidence_id: str) -> Assessment:
    prompt = assessment.prompt(prompt_id)
    others = tuple(each for each in prompt.evidence if each.id != evidence_id)
    return assessment.with_prompt(replace(prompt, evidence=others))


def _entry(
    assessment: Assessment, what: Happened, prompt_id: str, evidence: Evidence, by: str, at: datetime
) -> HistoryEntry:
    return HistoryEntry(
        what,
        by,
        at,
        dimension_id=assessment.dimension_of(prompt_id).dimension_id,
        prompt_id=prompt_id,
        about=None if evidence.author == by else evidence.author,
        evidence_id=evidence.id,
    )


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    unsafe = any(
        character.isspace() or character in "<>|" or not character.isprintable() for character in link
    )
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not unsafe
