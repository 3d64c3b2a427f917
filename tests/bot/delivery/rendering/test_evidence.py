"""The note of evidence that was withdrawn before it was posted, and of one whose post may have arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from typing import cast

import pytest

from bot.delivery.rendering.evidence import render_evidence
from bot.delivery.rendering.rendering import Rendering
from bot.delivery.slack.slack import Slack
from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_assessments import out_of_date
from bot.views.wording.people import Names
from model.assessment.steps import AddEvidence, OpenDimension, Step, WithdrawEvidence
from storage.database import Database
from storage.messages.claims import Claim
from tests.bot.delivery.rendering.sources import sources
from tests.bot.desks import desk_of
from tests.storage.material import FIRST_PROMPT, FRAMEWORK, LEASE, NOW, SECOND, WORKSPACE, stepped, stored


class Named:
    """Everybody has a name."""

    async def names(self, slack: Slack, workspace_id: str, people: Collection[str]) -> Names:
        return Names({"U1": "Nia"})


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    await stored(opened)
    yield opened
    await opened.close()


async def take(database: Database, *steps: Step) -> None:
    """Steps in the assessment; the messages that they change are wanted."""
    for step in steps:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.assessments.lock("A1")
            assert before is not None
            taken = stepped(before, step)
            await work.assessments.save(before, taken.assessment, taken.entries)
            await work.messages.want_all(out_of_date(before, taken.assessment), NOW, redraw_after=SECOND)
            await work.commit()


async def claimed_note(database: Database) -> Claim:
    """The claim of the note; what stands before it in the channel is in Slack."""
    while claims := await database.outbox.claim(owner="x", now=NOW, lease=LEASE, limit=9):
        for claim in claims:
            if claim.kind == MessageKind.EVIDENCE:
                return claim
            await database.outbox.delivered(
                claim,
                ts=f"1.{claim.id}",
                channel_id=claim.channel_id,
                generation=claim.generation,
                now=NOW,
                redraw_after=SECOND,
            )
    raise AssertionError("The note was not wanted.")


async def test_a_withdrawn_piece_is_spoken_of_only_where_it_may_stand(database: Database) -> None:
    added = AddEvidence(FIRST_PROMPT, "E1", "Wrong figures", "")
    await take(database, OpenDimension(FRAMEWORK.dimensions[0].id), added, WithdrawEvidence("E1"))
    claim = await claimed_note(database)
    given, slack = sources(desk_of(database), there=Named()), cast(Slack, None)
    assert await render_evidence(Rendering(claim, slack, given)) is None, "it was never posted"
    for known in (replace(claim, post_began_at=NOW), replace(claim, ts="2.1")):
        rendered = await render_evidence(Rendering(known, slack, given))
        assert rendered is not None
        assert "was withdrawn by Nia" in rendered["text"]
        assert "Wrong figures" not in str(rendered)
