"""Sending one rendered message: post or edit, and look first where an earlier post may have arrived."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.delivery.block_kit import plain_message
from bot.delivery.rendering.rendered import Picture, picture_name
from bot.delivery.slack.faults import CannotDelete, MessageGone, PayloadFault, ThreadGone
from bot.delivery.slack.own_messages import Posted
from bot.delivery.slack.slack import Slack
from bot.exports.chart import render_png_in_thread
from bot.log import logger
from bot.services.messages.kinds import MessageKind
from bot.views.notices import removed
from bot.views.results.radar_svg import radar_alt_text, radar_svg
from storage.messages.claims import Begun, Claim

_log = logger(__name__)


class ClaimLost(Exception):
    """Our lease ran out and somebody else delivers the message; nothing may be written any more."""


@dataclass(frozen=True)
class Attempt:
    """One attempt to deliver a message.

    Attributes:
        before_write: Awaited right before anything is written to Slack; raises `ClaimLost`.
    """

    slack: Slack
    claim: Claim
    begun: Begun
    before_write: Callable[[], Awaitable[None]]


class Sender:
    """Brings one message to Slack and answers where it is."""

    async def message(self, attempt: Attempt, payload: Mapping[str, Any]) -> Posted:
        """Post or edit. What Slack refuses as malformed goes out as plain text, with an id in the log.

        Raises:
            SlackFault: it did not work, or may not have worked.
            ClaimLost: it is somebody else's by now.
        """
        there = await self._found(attempt)
        try:
            return await self._write(attempt, there, payload)
        except PayloadFault as fault:
            error_id = uuid4().hex[:8]
            _log.error("payload_refused_by_slack", error=fault.error, error_id=error_id)
            return await self._write(attempt, there, plain_message(payload))

    async def _found(self, attempt: Attempt) -> Posted | None:
        """Where the message is, if it was posted or an earlier post of unknown outcome did arrive."""
        claim, since = attempt.claim, attempt.begun.post_began_at
        if attempt.begun.ts is not None:
            return Posted(claim.channel_id, attempt.begun.ts)
        if since is None:
            return None
        return await attempt.slack.own_messages.find_by_key(
            claim.channel_id, claim.key, thread_ts=claim.parent_ts, since=since
        )

    async def _write(self, attempt: Attempt, there: Posted | None, payload: Mapping[str, Any]) -> Posted:
        slack, claim = attempt.slack, attempt.claim
        await attempt.before_write()
        if there is None:
            return await slack.post(claim.channel_id, payload, key=claim.key, thread_ts=claim.parent_ts)
        await slack.update(there.channel_id, there.ts, payload)
        return there

    async def picture(self, attempt: Attempt, picture: Picture) -> Posted:
        """Share a picture in its thread; a picture is never edited.

        Raises:
            SlackFault: it did not work, or may not have worked.
            ClaimLost: it is somebody else's by now.
        """
        slack, claim = attempt.slack, attempt.claim
        file_id = attempt.begun.ts or await self._found_picture(attempt, picture.name)
        if file_id is None:
            content = await render_png_in_thread(radar_svg(picture.chart))
            file_id = await slack.upload(
                name=picture.name, content=content, alt_text=radar_alt_text(picture.chart)
            )
            await attempt.before_write()
            await slack.share_file(file_id, claim.channel_id, claim.parent_ts, title=picture.title)
        return Posted(claim.channel_id, file_id)

    async def _found_picture(self, attempt: Attempt, name: str) -> str | None:
        """The file, if an earlier share of unknown outcome did arrive."""
        claim, since = attempt.claim, attempt.begun.post_began_at
        if since is None:
            return None
        return await attempt.slack.own_messages.find_file(
            claim.channel_id, name, thread_ts=claim.parent_ts, since=since
        )

    async def remove(self, attempt: Attempt) -> None:
        """Take a message or picture out of Slack; what is gone already, or never arrived, is gone.

        What Slack keeps all the same is emptied, where it is a message.

        Raises:
            SlackFault: it did not work, or may not have worked.
            ClaimLost: it is somebody else's by now.
        """
        picture = MessageKind(attempt.claim.kind).record.picture
        remove = self._remove_picture if picture else self._remove_message
        try:
            await remove(attempt)
        except (MessageGone, ThreadGone) as gone:
            _log.info("gone_already", error=gone.error)

    async def _remove_message(self, attempt: Attempt) -> None:
        slack, there = attempt.slack, await self._found(attempt)
        if there is None:
            return
        await attempt.before_write()
        try:
            await slack.delete(there.channel_id, there.ts)
        except CannotDelete as fault:
            _log.warning("not_deleted", error=fault.error)
            await slack.update(there.channel_id, there.ts, {"text": removed(), "blocks": []})

    async def _remove_picture(self, attempt: Attempt) -> None:
        name = picture_name(attempt.claim.key)
        file_id = attempt.begun.ts or await self._found_picture(attempt, name)
        if file_id is None:
            return
        await attempt.before_write()
        try:
            await attempt.slack.delete_file(file_id)
        except CannotDelete as fault:
            _log.warning("not_deleted", error=fault.error)
