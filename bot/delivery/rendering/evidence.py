"""What the note of a piece of evidence says."""

from __future__ import annotations

from bot.delivery.rendering.rendered import Payload
from bot.delivery.rendering.rendering import Rendering
from bot.services.messages.of_assessments import read_note_subject
from bot.views.evidence.note import evidence_note, moved_note, withdrawn_note
from model.assessment.evidence import Evidence
from model.assessment.evidence_rules import find_evidence


async def render_evidence(this: Rendering) -> Payload | None:
    """The note in one thread. What was moved away or withdrawn before it was posted leaves nothing to say."""
    assessment = await this.assessment()
    if assessment is None:
        return None
    evidence_id, dimension_id = read_note_subject(this.subject)
    found = find_evidence(assessment, evidence_id)
    if found is None:
        return None
    prompt_id, evidence = found
    moved_away = assessment.dimension_of(prompt_id).dimension_id != dimension_id
    shown = evidence_note
    if moved_away or evidence.withdrawn is not None:
        if not this.posted and this.claim.post_began_at is None:
            return None
        shown = moved_note if moved_away else withdrawn_note
    return shown(assessment, prompt_id, evidence, names=await this.names(_people_on(evidence))).payload()


def _people_on(evidence: Evidence) -> set[str | None]:
    acted = {act.by for act in (evidence.moved, evidence.withdrawn, evidence.carried) if act is not None}
    return {evidence.author, evidence.logged_by, *acted}
