"""Sending one rendered message: post or edit, and look first where an earlier post may have arrived."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from bot.delivery.block_kit import plain_message
from bot.delivery.faults import PayloadFault
from bot.delivery.rendering import Picture
from bot.delivery.slack import Posted, Slack
from bot.exports.chart import render_png_in_thread
from bot.log import logger
from bot.views.radar import radar_alt_text, radar_svg
from storage.claims import Begun, Claim

_log = logger(__name__)


class Sender:
    """Brings one message to Slack and answers where it is."""

    async def message(self, slack: Slack, claim: Claim, begun: Begun, payload: Mapping[str, Any]) -> Posted:
        """Post or edit. What Slack refuses as malformed goes out as plain text, with an id in the log."""
        try:
            return await self._message(slack, claim, begun, payload)
        except PayloadFault as fault:
            _log.error(
                "payload_refused_by_slack", error=fault.error, error_id=uuid4().hex[:8], kind=claim.kind
            )
            return await self._message(slack, claim, begun, plain_message(payload))

    async def _message(self, slack: Slack, claim: Claim, begun: Begun, payload: Mapping[str, Any]) -> Posted:
        ts = begun.ts
        if ts is None and begun.post_began_at is not None:
            ts = await slack.find_by_key(
                claim.channel_id, claim.key, thread_ts=claim.parent_ts, since=begun.post_began_at
            )
        if ts is None:
            return await slack.post(claim.channel_id, payload, key=claim.key, thread_ts=claim.parent_ts)
        await slack.update(claim.channel_id, ts, payload)
        return Posted(claim.channel_id, ts)

    async def picture(self, slack: Slack, claim: Claim, begun: Begun, picture: Picture) -> Posted:
        """Share a picture in its thread; a picture is never edited."""
        file_id = begun.ts
        if file_id is None and begun.post_began_at is not None:
            file_id = await slack.find_file(
                claim.channel_id, picture.name, thread_ts=claim.parent_ts, since=begun.post_began_at
            )
        if file_id is None:
            content = await render_png_in_thread(radar_svg(picture.chart))
            file_id = await slack.upload(
                claim.channel_id,
                claim.parent_ts,
                name=picture.name,
                title=picture.title,
                alt_text=radar_alt_text(picture.chart),
                content=content,
            )
        return Posted(claim.channel_id, file_id)
