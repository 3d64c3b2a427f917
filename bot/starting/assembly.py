"""The parts of a bot, put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.conversation.emoji import emoji_names
from bot.delivery.outbox.dispatcher import Dispatcher
from bot.delivery.rendering.renderers import Renderer
from bot.delivery.rendering.rendering import Sources
from bot.delivery.slack.apps import AppList
from bot.delivery.slack.guests import GuestList
from bot.delivery.slack.home_tabs import HomeTabs
from bot.delivery.slack.members import ChannelMembers
from bot.delivery.slack.people import People, PeoplesZones
from bot.delivery.slack.presence import Presence
from bot.running.bot import Bot
from bot.running.in_flight_handlers import Work
from bot.running.installations import Installations
from bot.running.one_at_a_time import Turns
from bot.services.desk import Desk, Rules
from bot.settings import Settings
from model.framework.framework import Framework
from model.library.library import Library
from storage.database import Database


@dataclass(frozen=True)
class Content:
    """What the bot asks, and the actions that go with it."""

    framework: Framework
    library: Library


def assembled(
    settings: Settings, clock: Clock, content: Content, database: Database, installations: Installations
) -> Bot:
    """A bot for all workspaces of the installations, those that are yet to come too."""
    slack_of, bot_user = installations.slack_of, installations.bot_user
    people = People(clock)
    members = ChannelMembers(clock, slack_of, bot_user)
    presence = Presence(members, people, slack_of)
    desk = Desk(
        database=database,
        membership=members,
        accounts=AppList(people, slack_of),
        guests=GuestList(people, slack_of),
        zones=PeoplesZones(people, slack_of),
        framework=content.framework,
        library=content.library,
        rules=_rules(settings),
    )
    emoji = emoji_names(settings.proposal_emoji)[0]
    sources = Sources(desk, clock, people, presence, command=settings.command, emoji=emoji)
    dispatcher = Dispatcher(database, clock, Renderer(sources), slack_of, lambda: installations.workspaces)
    return Bot(
        desk=desk,
        clock=clock,
        dispatcher=dispatcher,
        members=members,
        presence=presence,
        people=people,
        homes=HomeTabs(clock, slack_of),
        work=Work(settings.concurrency),
        turns=Turns(),
        slack_of=slack_of,
        command=settings.command,
        bot_user=bot_user,
        stop_serving=installations.remove,
        emoji=settings.emoji,
    )


def _rules(settings: Settings) -> Rules:
    return Rules(
        zone=settings.zone,
        nation=settings.nation,
        nudge_after=timedelta(hours=settings.nudge_after_hours),
        reminders=settings.reminders,
        digests=settings.digests,
        support_threshold=settings.support_threshold,
        retention_months=settings.retention_months,
    )
