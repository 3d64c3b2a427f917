"""The secrets of the app in one workspace. They are made up and open nothing but the sandbox."""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.sandbox.workspace.world import World


@dataclass(frozen=True)
class Identity:
    """What the bot is given; without arguments, what it is given in the built-in world.

    Attributes:
        team_number: The workspace in Slack's numbers, which stand in tokens and in `trigger_id`s.
        mark: Tells this workspace's event and envelope ids from another's, since Slack makes these unique
            across all workspaces (https://docs.slack.dev/apis/events-api/); up to 8 hexadecimal digits.
    """

    bot_token: str = "xoxb-1000000000001-1000000000002-sandbox"  # noqa: S105 - opens only the sandbox
    app_token: str = "xapp-1-A0MILEPST1-1000000000003-sandbox"  # noqa: S105 - opens only the sandbox
    signing_secret: str = "0123456789abcdef0123456789abcdef"  # noqa: S105 - signs only for the sandbox
    verification_token: str = "sandbox-verification"  # noqa: S105 - the field is there, its use is retired
    team_number: str = "1000000000001"
    mark: str = ""

    def with_token(self, number: int) -> "Identity":
        """Return the same with another bot token: the one of the installation with this number, from 2."""
        return replace(self, bot_token=f"{self.bot_token.partition('-sandbox')[0]}-sandbox-{number}")


def identity_of(world: World) -> Identity:
    """Return the secrets of a world's app: the same in every run, and its own for every team and app."""
    if (world.team_id, world.app_id) == (World.team_id, World.app_id):
        return Identity()
    app = f"{world.team_id}/{world.app_id}"
    team = _number(world.team_id)
    return Identity(
        bot_token=f"xoxb-{team}-{_number(f'{app}/bot')}-sandbox",
        app_token=f"xapp-1-{world.app_id}-{_number(f'{app}/app')}-sandbox",
        signing_secret=_digest(f"{app}/signing")[:32],
        verification_token=f"sandbox-verification-{world.team_id}",
        team_number=team,
        mark=_digest(app)[:8].upper(),
    )


def _digest(of: str) -> str:
    return sha256(of.encode()).hexdigest()


def _number(of: str) -> str:
    """Return 13 digits, as Slack's numbers have; never one of the built-in world's."""
    return str(2_000_000_000_000 + int(_digest(of), 16) % 1_000_000_000_000)
