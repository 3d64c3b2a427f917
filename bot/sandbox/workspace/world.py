"""The made-up team the sandbox starts with: people, channels and the bot."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Person:
    """One member of the team, in the terms of Slack's `user` object."""

    id: str
    name: str
    real_name: str
    tz: str = "Europe/London"
    locale: str = "en-GB"
    is_restricted: bool = False
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False

    @property
    def handle(self) -> str:
        """The short name that Slack calls `username`."""
        return self.name


@dataclass(frozen=True)
class Channel:
    """One conversation: a channel, public or private, or a direct message with the bot."""

    id: str
    name: str
    members: frozenset[str] = frozenset()
    is_private: bool = False
    is_archived: bool = False
    is_im: bool = False
    read_only: bool = False
    topic: str = ""
    creator: str = ""

    @property
    def kind(self) -> str:
        """Slack's `channel_type`: channel, group or im."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"


@dataclass(frozen=True)
class World:
    """A whole team to start from."""

    team_id: str = "T0SALTMRSH"
    team_name: str = "Saltmarsh District Council"
    team_domain: str = "saltmarsh-district"
    app_id: str = "A0MILEPST1"
    bot_id: str = "B0MILEPST1"
    bot_user_id: str = "U0MILEPST1"
    bot_name: str = "milepost"
    people: tuple[Person, ...] = ()
    channels: tuple[Channel, ...] = field(default=())


NIA = "U0NIAPRYCE"
OMAR = "U0OMARSHAH"
GRACE = "U0GRACEOBI"
TOM = "U0TOMHURST"
ANA = "U0ANAREIS1"
JO = "U0JOKEANE1"
SAM = "U0SAMDOYLE"
LEE = "U0LEEMARCH"
TEAM_CHANNEL = "C0DIGITAL1"
PRIVATE_CHANNEL = "C0LEADERS1"
WITHOUT_BOT_CHANNEL = "C0PARKING1"
ARCHIVED_CHANNEL = "C0OLDSITE1"

# Of the second world. Slack's ids are unique only within a workspace, so two of them are in the first too.
RUTH = NIA
IVAN = "U0IVANMOSS"
MEERA = "U0MEERANEL"
KIT = "U0KITLOWRY"
SECOND_TEAM_CHANNEL = TEAM_CHANNEL
SECOND_PRIVATE_CHANNEL = "C0SENIORS1"


def default_world() -> World:
    """Return the team every sandbox has unless it is given another: 8 people and 4 channels."""
    bot = World().bot_user_id
    working = (NIA, OMAR, GRACE, TOM, ANA, JO)
    people = (
        Person(NIA, "nia.pryce", "Nia Pryce", is_admin=True),
        Person(OMAR, "omar.shah", "Omar Shah"),
        Person(GRACE, "grace.obi", "Grace Obi"),
        Person(TOM, "tom.hurst", "Tom Hurst"),
        Person(ANA, "ana.reis", "Ana Reis", tz="Europe/Lisbon", locale="pt-PT"),
        Person(JO, "jo.keane", "Jo Keane"),
        Person(SAM, "sam.doyle", "Sam Doyle", is_restricted=True),
        Person(LEE, "lee.march", "Lee March", deleted=True),
    )
    channels = (
        Channel(TEAM_CHANNEL, "digital-team", frozenset({*working, SAM, bot}), creator=NIA),
        Channel(
            PRIVATE_CHANNEL, "leadership", frozenset({NIA, OMAR, GRACE, bot}), is_private=True, creator=NIA
        ),
        Channel(WITHOUT_BOT_CHANNEL, "parking-project", frozenset({NIA, TOM, JO}), creator=TOM),
        Channel(ARCHIVED_CHANNEL, "old-website", frozenset({NIA, OMAR, bot}), is_archived=True, creator=OMAR),
    )
    return World(people=people, channels=channels)


def second_world() -> World:
    """Return another council's team: 4 people, 2 channels; a person and a channel have ids of the first's."""
    blank = World(
        team_id="T0FERNHOLL",
        team_name="Fernhollow Borough Council",
        team_domain="fernhollow-borough",
        app_id="A0MILEPST2",
        bot_id="B0MILEPST2",
        bot_user_id="U0MILEPST2",
    )
    people = (
        Person(RUTH, "ruth.abara", "Ruth Abara", is_admin=True),
        Person(IVAN, "ivan.moss", "Ivan Moss"),
        Person(MEERA, "meera.nel", "Meera Nel"),
        Person(KIT, "kit.lowry", "Kit Lowry", tz="Europe/Dublin", locale="en-IE"),
    )
    everyone = frozenset({*(person.id for person in people), blank.bot_user_id})
    channels = (
        Channel(SECOND_TEAM_CHANNEL, "digital-services", everyone, creator=RUTH),
        Channel(
            SECOND_PRIVATE_CHANNEL,
            "senior-team",
            frozenset({RUTH, IVAN, blank.bot_user_id}),
            is_private=True,
            creator=RUTH,
        ),
    )
    return replace(blank, people=people, channels=channels)


def world_from(data: dict[str, Any]) -> World:
    """Build a world from JSON or YAML values.

    Args:
        data: The fields of `World`; `people` and `channels` are lists of the fields of `Person` and
            `Channel`. A channel's `members` may be the word `everyone`.

    Raises:
        ValueError: When a field is unknown, an id comes twice, or a member does not exist.
    """
    values = dict(data)
    try:
        people = tuple(Person(**person) for person in values.pop("people", []))
        rows = values.pop("channels", [])
        blank = World(**values)
        everyone = frozenset({person.id for person in people} | {blank.bot_user_id})
        channels = tuple(Channel(**{**row, "members": _members(row, everyone)}) for row in rows)
        world = World(**values, people=people, channels=channels)
    except (TypeError, KeyError) as fault:
        raise ValueError(f"this world cannot be read: {fault}") from fault
    _check(world, everyone)
    return world


def read_world(path: Path) -> World:
    """Read a world from a JSON or YAML file (see `world_from`)."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError(f"{path} does not hold a world")
    return world_from(data)


def _members(row: dict[str, Any], everyone: frozenset[str]) -> frozenset[str]:
    named = row["members"]
    return everyone if named == "everyone" else frozenset(named)


def _check(world: World, everyone: frozenset[str]) -> None:
    ids = [person.id for person in world.people] + [channel.id for channel in world.channels]
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise ValueError(f"these ids come twice: {', '.join(twice)}")
    for channel in world.channels:
        strangers = sorted(channel.members - everyone)
        if strangers:
            raise ValueError(f"channel {channel.id} has members who do not exist: {', '.join(strangers)}")
