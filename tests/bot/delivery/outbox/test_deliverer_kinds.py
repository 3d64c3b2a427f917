"""Every kind of message has a record and a renderer, and the outbox does with it what its record says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast, get_args, get_type_hints

import pytest

from bot.delivery.outbox.deliverer import Deliverer
from bot.delivery.rendering.rendered import Later, Picture
from bot.delivery.rendering.renderers import RENDERERS, Renderer
from bot.delivery.slack.faults import ChannelClosedToUs, MessageGone, SlackFault
from bot.delivery.slack.own_messages import Posted
from bot.delivery.slack.slack import Slack
from bot.sandbox.conditions.clock import SandboxClock
from bot.services.messages.kinds import KindRecord, MessageKind, Waits
from storage.database import Database
from storage.messages.claims import Claim
from storage.messages.messages import MessageRow, WantedMessage
from tests.storage.material import NOW, WORKSPACE, stored, want


def kinds(which: Callable[[KindRecord], bool]) -> set[MessageKind]:
    """The kinds of which the record says something."""
    return {kind for kind in MessageKind if which(kind.record)}


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


@dataclass
class SlackOf:
    """A Slack that takes everything, or refuses it all with one fault; and draws what is to be said."""

    fault: SlackFault | None = None
    deleted: list[str] = field(default_factory=list)

    async def render(self, claim: Claim, slack: Slack) -> dict[str, Any]:
        """Words, or the fault of the call that would follow."""
        if self.fault is not None:
            raise self.fault
        return {"text": claim.key}

    async def post(self, channel_id: str, payload: object, *, key: str, thread_ts: str | None) -> Posted:
        """The key is its timestamp."""
        return Posted(channel_id, key)

    async def delete(self, channel_id: str, ts: str) -> None:
        """A message is deleted."""
        self.deleted.append("message")

    async def delete_file(self, file_id: str) -> None:
        """A file is deleted."""
        self.deleted.append("file")


async def deliver(database: Database, slack: SlackOf) -> None:
    """Deliver once whatever is due."""
    clock = SandboxClock(NOW, speed=0)
    deliverer = Deliverer(database, clock, cast(Renderer, slack), lambda _: cast(Slack, slack))
    for claim in await database.outbox.claim(owner="x", now=NOW, lease=timedelta(seconds=90), limit=99):
        await deliverer.deliver(claim)


async def one_of_each(database: Database, slack: SlackOf, *, of_assessment: bool = True) -> None:
    """Deliver one message of each kind, each in a channel with an assessment of its own."""
    for kind in MessageKind:
        await stored(database, f"A-{kind}", channel=f"C-{kind}")
        assessment = f"A-{kind}" if of_assessment else None
        await want(database, WantedMessage(f"it-{kind}", kind, f"C-{kind}", assessment, None, None))
    await deliver(database, slack)


async def row_of(database: Database, key: str) -> MessageRow | None:
    async with database.reading(WORKSPACE) as work:
        return await work.messages.get(key)


async def kinds_told_of(database: Database) -> set[MessageKind]:
    """The kinds of which the facilitators of the channel hear that it refuses us."""
    told = set()
    for kind in MessageKind:
        async with database.reading(WORKSPACE) as work:
            rows = await work.messages.of_assessment(f"A-{kind}")
        notices = [each.channel_id for each in rows if each.key != f"it-{kind}"]
        assert notices in ([], ["U1", "U2"])
        told |= {kind} if notices else set()
        refused = await row_of(database, f"it-{kind}")
        assert refused is not None and refused.blocked == "channel_not_found"
    return told


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_has_a_record_and_a_renderer_of_its_name(kind: MessageKind) -> None:
    renderer: Any = RENDERERS[kind]
    assert renderer.__name__ == f"render_{kind}"
    comes_of_it = get_args(get_type_hints(renderer)["return"])
    assert (Picture in comes_of_it) is kind.record.picture
    assert (Later in comes_of_it) is (kind.record.waits is Waits.AS_RENDERED)


def test_only_what_goes_to_a_person_waits_until_they_work_or_is_passed_on() -> None:
    to_person = kinds(lambda each: each.to_person)
    assert kinds(lambda each: each.waits is Waits.UNTIL_THEY_WORK or each.passed_on) <= to_person


async def test_facilitators_hear_of_channels_that_refuse_us_and_not_of_people(database: Database) -> None:
    await one_of_each(database, SlackOf(ChannelClosedToUs("channel_not_found")))
    assert await kinds_told_of(database) == kinds(lambda each: not each.to_person)


async def test_of_what_belongs_to_no_assessment_they_hear_where_it_is_the_channels(
    database: Database,
) -> None:
    await one_of_each(database, SlackOf(ChannelClosedToUs("channel_not_found")), of_assessment=False)
    assert await kinds_told_of(database) == kinds(lambda each: each.of_channel)


async def test_what_slack_has_lost_is_posted_anew_unless_it_is_said_once(database: Database) -> None:
    await one_of_each(database, SlackOf())
    keys = [f"it-{kind}" for kind in MessageKind]
    async with database.unit_of_work(WORKSPACE) as work:
        await work.messages.redraw(keys, NOW, redraw_after=timedelta(0))
        await work.commit()
    await deliver(database, SlackOf(MessageGone("message_not_found")))
    rows = {kind: await row_of(database, f"it-{kind}") for kind in MessageKind}
    anew = {kind for kind, row in rows.items() if row is not None and row.wanted > row.delivered}
    assert anew == kinds(lambda each: not each.said_once)
    assert anew == {kind for kind, row in rows.items() if row is not None and row.ts is None}


async def test_a_board_is_drawn_anew_once_there_is_something_to_link_to(database: Database) -> None:
    await one_of_each(database, SlackOf())
    boards = {kind: await row_of(database, f"board:A-{kind}") for kind in MessageKind}
    drawn = {kind for kind, board in boards.items() if board is not None}
    assert drawn == kinds(lambda each: each.linked_on_board)


async def test_only_a_picture_is_deleted_as_a_file(database: Database) -> None:
    await one_of_each(database, SlackOf())
    for kind in MessageKind:
        async with database.unit_of_work(WORKSPACE) as work:
            await work.messages.remove(f"it-{kind}", NOW)
            await work.commit()
        slack = SlackOf()
        await deliver(database, slack)
        # The board that was wanted on the way is posted.
        assert slack.deleted == ["file" if kind.record.picture else "message"], kind
