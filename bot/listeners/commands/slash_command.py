"""The slash command and mentions: which words open a form at once, and what is meant where they are typed."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.assessment.starting import open_start_form
from bot.listeners.commands.direct_messages import answer_directly
from bot.listeners.commands.words import answer_word
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Command, Mention
from bot.listeners.plan.targets import targets_form
from bot.listeners.proposals.forms import open_propose_form, propose_form
from bot.listeners.settings.settings import open_settings
from bot.running.bot import Bot
from bot.services.assessment.finding import active_in, latest_in
from bot.services.assessment.visible_to import under_way_for
from bot.services.assessment.which_is_meant import named_among, other_name
from bot.views.assessment.status import no_assessment
from bot.views.block_kit.blocks import View
from bot.views.block_kit.modals import notice_modal

# What the id of a conversation of two people begins with.
_DIRECT = "D"
_ANSWERED = "It is not clear which assessment is meant. The answer in the conversation says what to do."


def register(app: AsyncApp, handling: Handling, command: str) -> None:
    """Listen to the slash command and to mentions."""
    app.command(command)(handling.command(handle_command))
    app.event("app_mention")(handling.mention(handle_mention))


async def handle_command(bot: Bot, command: Command) -> None:
    """One word decides; without any, what is most likely needed here."""
    word = command.words[0].lower() if command.words else ""
    channel_id = command.place.channel_id or ""
    direct = channel_id.startswith(_DIRECT)
    if not word:
        running = await active_in(bot.database, command.place.workspace_id, channel_id)
        word = "start" if running is None and not direct else "status"
    if word == "start":
        await open_start_form(bot, command.place, command.trigger_id)
    elif word == "settings":
        await open_settings(bot, command.place, command.trigger_id)
    elif direct:
        await _directly(bot, command, word)
    elif word == "targets":
        await _open_targets(bot, command, channel_id)
    elif word == "propose":
        await open_propose_form(bot, command.asked, command.place, command.trigger_id, command.words[1:])
    else:
        await answer_word(bot, command.asked, command.place, word, command.words[1:])


async def _directly(bot: Bot, command: Command, word: str) -> None:
    """Where no channel says which assessment is meant: like words written there, with the form at once.

    It opens before anything is looked up: Slack is asked who is in which channel, and allows three seconds.
    """
    more, asked, place = command.words[1:], command.asked, command.place

    async def build() -> View:
        found = await under_way_for(bot.database, place.workspace_id, place.person, bot.members)
        if word == "targets":
            found, rest = named_among(found, " ".join(more))
            found = [] if other_name(rest, found) else found
        if len(found) != 1:
            await answer_directly(bot, asked, place, word, more)
            return notice_modal(_ANSWERED)
        if word == "targets":
            return await targets_form(bot, asked, found[0])
        return await propose_form(bot, asked, found[0], " ".join(more))

    if word in ("targets", "propose"):
        await bot.open_form(place.workspace_id, command.trigger_id, build)
    else:
        await answer_directly(bot, asked, place, word, more)


async def _open_targets(bot: Bot, command: Command, channel_id: str) -> None:
    assessment = await latest_in(bot.database, command.place.workspace_id, channel_id)
    if assessment is None:
        await bot.tell(command.place, no_assessment(bot.command, channel_id))
        return
    about = assessment

    async def build() -> View:
        return await targets_form(bot, command.asked, about)

    await bot.open_form(command.place.workspace_id, command.trigger_id, build)


async def handle_mention(bot: Bot, mention: Mention) -> None:
    """A mention has no trigger, so that a start is offered as a button."""
    word = mention.words[0].lower().strip(".,!?") if mention.words else "status"
    if word == "start":
        await bot.tell(mention.place, no_assessment(bot.command, mention.place.channel_id or ""))
    else:
        await answer_word(bot, mention.asked, mention.place, word, mention.words[1:])
