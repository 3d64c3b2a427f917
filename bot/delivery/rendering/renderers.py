"""Who renders which kind of message."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.rendering.assessment import render_board, render_dimension, render_level
from bot.delivery.rendering.closing_date import render_closing
from bot.delivery.rendering.digest import render_digest
from bot.delivery.rendering.evidence import render_evidence
from bot.delivery.rendering.notices import render_notice
from bot.delivery.rendering.nudges import render_nudge
from bot.delivery.rendering.owners import render_owner_gone, render_owner_note, render_to_decide
from bot.delivery.rendering.plan import render_outcome, render_plan
from bot.delivery.rendering.proposals import render_proposal, render_proposal_notice
from bot.delivery.rendering.questions import render_prompt
from bot.delivery.rendering.records import render_deleted, render_retention
from bot.delivery.rendering.reminders import render_passed_on, render_reminder
from bot.delivery.rendering.rendered import Rendered
from bot.delivery.rendering.rendering import Rendering, Renders, Sources
from bot.delivery.rendering.results import render_chart, render_results
from bot.delivery.rendering.second_team import render_comparison
from bot.delivery.rendering.suggestions import render_suggestion
from bot.delivery.rendering.working_hours import until_they_work
from bot.delivery.slack.slack import Slack
from bot.services.messages.kinds import MessageKind, Waits
from storage.messages.claims import Claim

RENDERERS: Mapping[MessageKind, Renders] = {
    MessageKind.BOARD: render_board,
    MessageKind.DIMENSION: render_dimension,
    MessageKind.PROMPT: render_prompt,
    MessageKind.EVIDENCE: render_evidence,
    MessageKind.LEVEL: render_level,
    MessageKind.RESULTS: render_results,
    MessageKind.CHART: render_chart,
    MessageKind.COMPARISON: render_comparison,
    MessageKind.PLAN: render_plan,
    MessageKind.OUTCOME: render_outcome,
    MessageKind.SUGGESTION: render_suggestion,
    MessageKind.PROPOSAL: render_proposal,
    MessageKind.PROPOSAL_NOTICE: render_proposal_notice,
    MessageKind.OWNER_NOTE: render_owner_note,
    MessageKind.OWNER_GONE: render_owner_gone,
    MessageKind.TO_DECIDE: render_to_decide,
    MessageKind.NUDGE: render_nudge,
    MessageKind.CLOSING: render_closing,
    MessageKind.REMINDER: render_reminder,
    MessageKind.PASSED_ON: render_passed_on,
    MessageKind.DIGEST: render_digest,
    MessageKind.RETENTION: render_retention,
    MessageKind.DELETED: render_deleted,
    MessageKind.NOTICE: render_notice,
}


class Renderer:
    """Renders any message of ours."""

    def __init__(self, sources: Sources, renderers: Mapping[MessageKind, Renders] = RENDERERS) -> None:
        self._sources = sources
        self._renderers = renderers

    async def render(self, claim: Claim, slack: Slack) -> Rendered | None:
        """What the message of this claim should say now; None where there is nothing to say any more."""
        kind = MessageKind(claim.kind)
        this = Rendering(claim, slack, self._sources)
        rendered = await self._renderers[kind](this)
        if rendered is not None and kind.record.waits is Waits.UNTIL_THEY_WORK:
            return await until_they_work(this) or rendered
        return rendered
