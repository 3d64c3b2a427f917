"""What every listener has at hand: the state, the clock, Slack, and how an answer reaches a person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.conversation.emoji import Meaning
from bot.conversation.where_to_answer import Place
from bot.delivery.outbox.dispatcher import Dispatcher
from bot.delivery.slack.faults import Limited, NotDone, SlackFault
from bot.delivery.slack.home_tabs import HomeTabs
from bot.delivery.slack.members import ChannelMembers
from bot.delivery.slack.people import People
from bot.delivery.slack.presence import Presence
from bot.delivery.slack.slack import Slack
from bot.log import logger
from bot.running.done_once import Once
from bot.running.in_flight_handlers import Work
from bot.running.one_at_a_time import Turns
from bot.services.desk import Desk
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.modals import loading_modal
from model.framework.framework import Framework
from model.library.library import Library
from storage.database import Database

_log = logger(__name__)
_DEAD_TRIGGERS = frozenset({"expired_trigger_id", "invalid_trigger_id"})
# Slack delivered the same press twice, and the first delivery has opened the form.
_USED_TRIGGER = "exchanged_trigger_id"
# The person has closed the form before it was filled in.
_CLOSED_MEANWHILE = "not_found"
_LONGEST_ANSWER_WAIT = 10.0


class TriggerExpired(Exception):
    """Slack did not let us open a form in time."""


class FormNotFilled(Exception):
    """A form stands open as "One moment…" and could not be filled in; the cause says why."""

    def __init__(self, view_id: str) -> None:
        super().__init__(view_id)
        self.view_id = view_id


@dataclass(frozen=True)
class Bot:
    """The parts that listeners use; made once, when the bot starts."""

    desk: Desk
    clock: Clock
    dispatcher: Dispatcher
    members: ChannelMembers
    presence: Presence
    people: People
    homes: HomeTabs
    work: Work
    turns: Turns
    slack_of: Callable[[str], Slack]
    command: str
    bot_user: Callable[[str], str]
    stop_serving: Callable[[str], bool]
    emoji: Mapping[str, Meaning]
    once: Once = field(default_factory=Once)

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        return self.desk.database

    @property
    def framework(self) -> Framework:
        """What new assessments ask."""
        return self.desk.framework

    @property
    def library(self) -> Library:
        """The actions that Milepost was started with."""
        return self.desk.library

    @property
    def zone(self) -> ZoneInfo:
        """Where the council is."""
        return self.desk.rules.zone

    def today(self) -> date:
        """The date where the council is."""
        return self.desk.today(self.clock.now())

    async def tell(self, place: Place, answer: str | Message) -> None:
        """Show something to one person only. It is never the only record, so a failure is only logged."""
        payload = (Message(answer) if isinstance(answer, str) else answer).payload()
        slack = self.slack_of(place.workspace_id)
        try:
            if place.channel_id is not None and place.direct:
                await self._write_directly(slack, place.channel_id, payload)
                return
            if place.channel_id is not None and not (place.response_url and place.thread_ts is None):
                await slack.whisper(place.channel_id, place.person, payload, thread_ts=place.thread_ts)
                return
        except SlackFault as fault:
            _log.info("whisper_failed", error=fault.error)
        await self._respond(slack, place, payload)

    async def replace(self, place: Place, answer: str | Message) -> None:
        """Show something in place of the private message that was pressed, so that it asks no more."""
        payload = (Message(answer) if isinstance(answer, str) else answer).payload()
        if place.response_url is not None:
            try:
                await self.slack_of(place.workspace_id).respond(place.response_url, payload, replace=True)
                return
            except SlackFault as fault:
                _log.info("answer_not_replaced", error=fault.error)
        await self.tell(place, answer)

    async def _write_directly(self, slack: Slack, channel_id: str, payload: Mapping[str, Any]) -> None:
        """Answer in a conversation with the bot alone, where Slack too lets one message a second through."""
        key = f"answer:{uuid4().hex}"
        try:
            await slack.post(channel_id, payload, key=key, thread_ts=None)
        except Limited as limited:
            await self.clock.sleep(min(limited.seconds, _LONGEST_ANSWER_WAIT))
            await slack.post(channel_id, payload, key=key, thread_ts=None)

    async def _respond(self, slack: Slack, place: Place, payload: Mapping[str, Any]) -> None:
        if place.response_url is None:
            return
        try:
            await slack.respond(place.response_url, payload)
        except SlackFault as fault:
            _log.warning("answer_not_delivered", error=fault.error)

    async def open_form(
        self, workspace_id: str, trigger_id: str, build: Callable[[], Awaitable[View]]
    ) -> None:
        """Open a form at once as "One moment…", then fill it in.

        Raises:
            TriggerExpired: Slack no longer lets us.
            FormNotFilled: `build` failed, and the form still says "One moment…".
        """
        slack = self.slack_of(workspace_id)
        try:
            view_id = await slack.open_view(trigger_id, loading_modal())
        except NotDone as fault:
            if fault.error == _USED_TRIGGER:
                return
            if fault.error in _DEAD_TRIGGERS:
                raise TriggerExpired from None
            raise
        try:
            view = await build()
        except Exception as error:
            raise FormNotFilled(view_id) from error
        await self.show_view(workspace_id, view_id, view)

    async def show_view(self, workspace_id: str, view_id: str, view: View) -> None:
        """Replace what a modal shows, if the person still has it open."""
        try:
            await self.slack_of(workspace_id).update_view(view_id, view)
        except NotDone as fault:
            if fault.error != _CLOSED_MEANWHILE:
                raise
