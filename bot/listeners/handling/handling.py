"""What every listener does around its own few lines: acknowledge, take a slot, and say what went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from bot.conversation.where_to_answer import Place
from bot.delivery.slack.faults import SlackFault
from bot.listeners.handling.error_ladder import error_sentence
from bot.listeners.handling.forms import Accepted, FormAnswer, Rejected
from bot.listeners.handling.home_drawing import draw_home
from bot.listeners.handling.log_facts import taken_on
from bot.listeners.handling.payloads import (
    Command,
    Heard,
    Mention,
    Press,
    Reacted,
    Submission,
    command_of,
    delivery_key,
    heard_of,
    mention_of,
    press_of,
    reacted_of,
    submission_of,
)
from bot.log import logger
from bot.running.bot import Bot, FormNotFilled
from bot.services.asking import Refused
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.refusals.refusals import OLD_FORM, SAVING
from bot.views.wording.people import Names
from bot.views.wording.text import mentioned

_log = logger(__name__)

Body = dict[str, Any]
Listener = Callable[..., Awaitable[None]]
Taken = TypeVar("Taken", bound=Command | Press | Mention | Heard | Reacted)
# Slack closes a form with an error after three seconds; what takes longer goes on behind "Saving…".
_FORM_SECONDS = 2.0
_ACK_ARRIVES_SECONDS = 1.0


class Handling:
    """Wraps handlers for Bolt. Every listener is one of these, so their parameters are the same three.

    What names nobody is acknowledged and left: there is nobody to record it for, and nobody to answer.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def command(self, handler: Callable[[Bot, Command], Awaitable[None]]) -> Listener:
        """For slash commands."""
        return self._listener(handler, command_of, self._from_somebody(handler))

    def press(self, handler: Callable[[Bot, Press], Awaitable[None]]) -> Listener:
        """For buttons and for the global shortcut, which has a trigger but no value."""

        async def take(press: Press) -> None:
            if press.asked.person:
                await self._run(press.place, self._pressed(handler, press))
                await self._home_after(press)

        return self._listener(handler, press_of, take)

    def mention(self, handler: Callable[[Bot, Mention], Awaitable[None]]) -> Listener:
        """For events that Bolt has acknowledged already."""
        return self._listener(handler, mention_of, self._from_somebody(handler))

    def heard(self, handler: Callable[[Bot, Heard], Awaitable[None]]) -> Listener:
        """For messages; edits and deletions name nobody, and are handed over all the same."""

        async def take(heard: Heard) -> None:
            await self._run(heard.place, handler(self._bot, heard))

        return self._listener(handler, heard_of, take)

    def reaction(self, handler: Callable[[Bot, Reacted], Awaitable[None]]) -> Listener:
        """For reactions given and taken off."""
        return self._listener(handler, reacted_of, self._from_somebody(handler))

    def _from_somebody(
        self, handler: Callable[[Bot, Taken], Awaitable[None]]
    ) -> Callable[[Taken], Awaitable[None]]:
        async def take(taken: Taken) -> None:
            if taken.asked.person:
                await self._run(taken.place, handler(self._bot, taken))

        return take

    def _listener(
        self,
        handler: Callable[[Bot, Taken], Awaitable[None]],
        read: Callable[[Body, str, datetime], Taken],
        take: Callable[[Taken], Awaitable[None]],
    ) -> Listener:
        """Acknowledge, read the payload, and take it on with its context in the log."""

        async def listener(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            async with self._bot.work.accepted():
                await ack()
                taken = read(body, _workspace(context), self._bot.clock.now())
                with taken_on(handler, body, taken.asked.workspace_id, taken.asked.key):
                    await take(taken)

        return listener

    def event(self, handler: Callable[[Bot, str, Mapping[str, Any]], Awaitable[None]]) -> Listener:
        """For events in which nobody waits for an answer; the handler gets workspace id and event."""

        async def listener(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            async with self._bot.work.accepted():
                await ack()
                # Bolt lets the news that we were removed through without asking who we are.
                workspace_id = _workspace(context) or str(body.get("team_id") or "")
                event, key = body.get("event") or {}, delivery_key("event", body.get("event_id"))
                with taken_on(handler, body, workspace_id, key):
                    await self._run(Place(workspace_id, ""), handler(self._bot, workspace_id, event))

        return listener

    def submission(self, handler: Callable[[Bot, Submission], Awaitable[FormAnswer]]) -> Listener:
        """For forms: the answer closes the form, names its faults, or gives people their words back."""

        async def listener(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
            async with self._bot.work.accepted():
                submission = submission_of(body, _workspace(context), self._bot.clock.now())
                asked = submission.asked
                with taken_on(handler, body, asked.workspace_id, asked.key):
                    if asked.person:
                        await self._answer_form(ack, submission, handler)
                    else:
                        await ack()

        return listener

    async def _answer_form(
        self,
        ack: AsyncAck,
        submission: Submission,
        handler: Callable[[Bot, Submission], Awaitable[FormAnswer]],
    ) -> None:
        task = self._bot.work.begin(self._form(submission, handler))
        done, _ = await asyncio.wait({task}, timeout=_FORM_SECONDS)
        if done:
            answer = task.result()
            await ack(**answer.to_slack())
        else:
            await ack(response_action="update", view=notice_modal(SAVING))
            answer = await task
            # Bolt sends the acknowledgement while we go on; one that came last would put "Saving…" back.
            await asyncio.sleep(_ACK_ARRIVES_SECONDS)
            slack = self._bot.slack_of(submission.place.workspace_id)
            try:
                await slack.update_view(submission.view_id, answer.late_view(submission.words()))
            except SlackFault as fault:
                _log.warning("late_form_answer_not_shown", error=fault.error)
        if not isinstance(answer, Accepted):
            _log.debug("form_not_accepted", fields=sorted(answer.to_slack().get("errors", ())))
        elif answer.place is not None:
            await self._bot.tell(answer.place, answer.receipt)
        await self._redraw_home(submission.place)

    async def _form(
        self, submission: Submission, handler: Callable[[Bot, Submission], Awaitable[FormAnswer]]
    ) -> FormAnswer:
        try:
            async with self._bot.work.slot():
                return await handler(self._bot, submission)
        except Exception as error:
            if isinstance(error, BadReference):
                sentence = OLD_FORM
            else:
                sentence = error_sentence(self._bot, error, submission.asked.person)
            refusal = error.refusal if isinstance(error, Refused) else None
            names = await self._names_in(sentence, submission.place.workspace_id)
            return Rejected(sentence, submission.callback_id, refusal, tuple(submission.words()), names)

    async def _names_in(self, sentence: str, workspace_id: str) -> Names:
        people = mentioned(sentence)
        if not people:
            return Names()
        return await self._bot.people.names(self._bot.slack_of(workspace_id), workspace_id, people)

    async def _home_after(self, press: Press) -> None:
        """Remember who acts from their Home tab, so that it keeps up with what they do."""
        if not press.in_modal:
            self._bot.homes.looks(press.place.workspace_id, press.place.person, at_home=press.at_home)
            await self._redraw_home(press.place)

    async def _redraw_home(self, place: Place) -> None:
        if self._bot.homes.is_looked_at(place.workspace_id, place.person):
            nobody = Place(place.workspace_id, "")
            await self._run(nobody, draw_home(self._bot, place.workspace_id, place.person))

    async def _run(self, place: Place, work: Awaitable[None]) -> None:
        try:
            async with self._bot.work.slot():
                await work
        except FormNotFilled as unfilled:
            await self._explain_in_form(place, unfilled)
        except Exception as error:
            sentence = error_sentence(self._bot, error, place.person)
            if place.person:
                await self._bot.tell(place, sentence)

    async def _pressed(self, handler: Callable[[Bot, Press], Awaitable[None]], press: Press) -> None:
        """Handle a press. What goes wrong with one in a modal is said there: there is no other place."""
        try:
            await handler(self._bot, press)
        except Exception as error:
            if press.in_modal and not isinstance(error, FormNotFilled):
                raise FormNotFilled(press.view_id) from error
            raise

    async def _explain_in_form(self, place: Place, unfilled: FormNotFilled) -> None:
        """Say in the form that stands open why it stays empty; where that fails too, beside it."""
        error = unfilled.__cause__
        cause = error if isinstance(error, Exception) else unfilled
        sentence = error_sentence(self._bot, cause, place.person)
        try:
            await self._bot.show_view(place.workspace_id, unfilled.view_id, notice_modal(sentence))
        except SlackFault as fault:
            _log.warning("form_not_explained", error=fault.error)
            await self._bot.tell(place, sentence)


def _workspace(context: AsyncBoltContext) -> str:
    """The workspace we were authorized for; a payload may name the presser's own, or none."""
    result = context.authorize_result
    return "" if result is None or result.team_id is None else result.team_id
