"""Whose each bot token is: asked at the start, one workspace each, and a fault of one stops no other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import SecretStr

from bot.clock import SystemClock
from bot.delivery.slack.faults import NotDone, SlackFault, TokenFault
from bot.delivery.slack.slack import Identity, Slack
from bot.running.installations import Installations, InstalledTwice
from bot.starting.signing_in import sign_in
from bot.starting.start_problem import StartProblem
from storage.database import Database
from storage.engine.errors import StorageUnavailable


def identity(workspace_id: str) -> Identity:
    return Identity(
        workspace_id, f"Council {workspace_id}", "https://a.example/", "U1", "B1", ("chat:write",), ""
    )


@dataclass
class Answers:
    """A Slack that gives these answers to auth.test, one after another, the last one for ever."""

    answers: list[Identity | SlackFault]
    asked: int = 0

    async def identity(self) -> Identity:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, SlackFault):
            raise answer
        return answer


@dataclass
class Served:
    """What was added, by the place of its token."""

    added: dict[int, str] = field(default_factory=dict)

    async def add(self, place: int, identity: Identity, _token: SecretStr) -> None:
        if identity.workspace_id in self.added.values():
            raise InstalledTwice(identity.team_name)
        self.added[place] = identity.workspace_id


async def signed_in(served: Served, **slacks: list[Identity | SlackFault]) -> set[asyncio.Task[None]]:
    by_token: dict[str, Any] = {f"xoxb-{name}": Answers(answers) for name, answers in slacks.items()}

    def slack_with(token: SecretStr) -> Slack:
        slack: Slack = by_token[token.get_secret_value()]
        return slack

    return await sign_in([SecretStr(token) for token in by_token], slack_with, served.add)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.starting.signing_in._FIRST_WAIT", 0.0)


async def test_each_token_is_a_workspace() -> None:
    served = Served()
    assert await signed_in(served, one=[identity("T1")], two=[identity("T2")]) == set()
    assert served.added == {0: "T1", 1: "T2"}


async def test_one_that_is_not_good_keeps_only_its_own_workspace_away() -> None:
    served = Served()
    await signed_in(served, one=[TokenFault("token_revoked")], two=[identity("T2")])
    assert served.added == {1: "T2"}


async def test_slack_is_asked_until_it_answers() -> None:
    served = Served()
    await signed_in(served, one=[NotDone("cannot_connect"), NotDone("cannot_connect"), identity("T1")])
    assert served.added == {0: "T1"}


async def test_one_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.starting.signing_in._PATIENCE", 0.01)
    monkeypatch.setattr("bot.starting.signing_in._FIRST_WAIT", 60.0)
    served = Served()
    [late] = await signed_in(served, one=[NotDone("cannot_connect")], two=[identity("T2")])
    assert served.added == {1: "T2"}
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)


async def test_none_is_good() -> None:
    with pytest.raises(StartProblem, match=r"does not accept SLACK_BOT_TOKEN \(invalid_auth\)"):
        await signed_in(Served(), one=[TokenFault("invalid_auth")])
    with pytest.raises(StartProblem, match="does not accept any token in SLACK_BOT_TOKEN"):
        await signed_in(Served(), one=[TokenFault("invalid_auth")], two=[TokenFault("token_revoked")])


async def test_two_of_one_workspace() -> None:
    sentence = "Two of the tokens in SLACK_BOT_TOKEN belong to Council T1. Leave one of them out."
    with pytest.raises(StartProblem, match=sentence):
        await signed_in(Served(), one=[identity("T1")], two=[identity("T1")])


async def test_what_is_no_fault_of_slack_is_not_hidden() -> None:
    class Broken(Served):
        async def add(self, place: int, identity: Identity, _token: SecretStr) -> None:
            raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await signed_in(Broken(), one=[identity("T1")])


def _nowhere(*, only_one: bool) -> Installations:
    return Installations(lambda token: Slack(None, None, None), only_one=only_one)  # type: ignore[arg-type]


async def test_two_of_one_workspace_at_the_same_moment(sqlite_url: str) -> None:
    database, installations = await Database.open(sqlite_url), _nowhere(only_one=False)
    try:
        outcomes = await asyncio.gather(
            *(
                installations.add(database, SystemClock(), place, identity("T1"), SecretStr(f"xoxb-{place}"))
                for place in range(2)
            ),
            return_exceptions=True,
        )
    finally:
        await database.close()
    assert [type(each) for each in outcomes] == [type(None), InstalledTwice]
    assert installations.place("T1") == 0


async def test_a_database_that_is_away_is_waited_for() -> None:
    class Away(Served):
        times = 0

        async def add(self, place: int, identity: Identity, token: SecretStr) -> None:
            self.times += 1
            if self.times < 3:
                raise StorageUnavailable("away")
            await super().add(place, identity, token)

    served = Away()
    await signed_in(served, one=[identity("T1")])
    assert served.added == {0: "T1"}


async def test_who_asks_for_no_workspace_is_answered_only_where_there_is_one(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    alone, installations = _nowhere(only_one=True), _nowhere(only_one=False)
    assert alone.authorize(None, None) is None
    try:
        await alone.add(database, SystemClock(), 0, identity("T1"), SecretStr("xoxb-1"))
        only = alone.authorize(None, None)
        assert only is not None and only.team_id == "T1"
        await installations.add(database, SystemClock(), 0, identity("T1"), SecretStr("xoxb-1"))
        assert installations.authorize(None, None) is None
        await installations.add(database, SystemClock(), 1, identity("T2"), SecretStr("xoxb-2"))
        with pytest.raises(InstalledTwice):
            await installations.add(database, SystemClock(), 2, identity("T2"), SecretStr("xoxb-3"))
    finally:
        await database.close()
    assert installations.authorize(None, None) is None
    second = installations.authorize("E1", "T2")
    assert second is not None and (second.bot_token, second.enterprise_id) == ("xoxb-2", "E1")
    assert installations.authorize(None, "T3") is None
    assert installations.bot_user("T3") == ""
    with pytest.raises(TokenFault, match="not_installed"):
        installations.slack_of("T3")
