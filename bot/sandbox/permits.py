"""The codes that Slack gives when someone allows an app into their workspace.

Source: https://docs.slack.dev/authentication/installing-with-oauth (a code lives for ten minutes) and
https://docs.slack.dev/reference/methods/oauth.v2.access.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.sandbox.refusals import SlackRefusal

CODE_LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Permit:
    """What someone allowed.

    Attributes:
        scopes: What the app asked for; None when it did not say, and has what the rules grant it.
        redirect_uri: Where Slack was told to send the code; None when it was not told.
    """

    user: str
    scopes: frozenset[str] | None
    redirect_uri: str | None
    born: datetime
    used: bool = False


class Permits:
    """Gives out codes and takes each back once, within its life."""

    def __init__(self, team_number: str) -> None:
        """Begin with none given."""
        self._given: dict[str, Permit] = {}
        self._team = team_number

    def give(self, permit: Permit) -> str:
        """Return a fresh code."""
        number = f"{len(self._given) + 1:013d}"
        code = f"{self._team}.{number}.{sha256(f'{self._team}.{number}'.encode()).hexdigest()}"
        self._given[code] = permit
        return code

    def gave(self, code: str) -> bool:
        """Return whether a code was given here, however long ago."""
        return code in self._given

    def take(self, code: str, redirect_uri: str | None, now: datetime) -> Permit:
        """Use a code up.

        Args:
            code: What the app sent.
            redirect_uri: What the app says that Slack was told.
            now: The time on the sandbox's clock.

        Raises:
            SlackRefusal: When it is unknown, used or too old, or the address is not the same as before; then
                the code stays as it is.
        """
        permit = self._given.get(code)
        if permit is None:
            raise SlackRefusal("invalid_code")
        if permit.used:
            raise SlackRefusal("code_already_used")
        if now - permit.born > CODE_LIFE:
            raise SlackRefusal("invalid_code")
        if redirect_uri != permit.redirect_uri:
            raise SlackRefusal("bad_redirect_uri")
        self._given[code] = replace(permit, used=True)
        return permit
