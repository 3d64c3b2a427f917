"""What comes from a workspace that this installation does not know is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.bot.flows.payloads import press_payload, submission_payload, text_state
from tests.bot.flows.small import about
from tests.bot.stage import Stage


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: it never gets to the database."""
    return sqlite_url


async def test_nothing_is_recorded_for_a_stranger(stage: Stage) -> None:
    await stage.start("culture")
    await stage.open("culture")
    before = await stage.assessment()
    metadata = await about(stage, prompt="culture-1", level=3)
    press = press_payload(stage, "U0STRANGER", "prompt.level", metadata)
    sent = submission_payload(stage, "U0STRANGER", "cancel", metadata, {"reason": text_state("Because")})
    for body in (press, sent, _command("pause")):
        _moved(body)
        request = AsyncBoltRequest(mode="socket_mode", body=json.dumps(body))
        response = await stage.runtime.app.async_dispatch(request)
        assert response.status == 200, "so that Slack does not deliver it again"
    seen = await stage.still()
    assert await stage.assessment() == before
    assert not seen.ephemerals("U0STRANGER")


def _moved(body: dict[str, Any]) -> None:
    """The same from another workspace."""
    for holder in (body, body.get("view", {})):
        if "team_id" in holder:
            holder["team_id"] = "T0ELSEWHERE"
    if "team" in body:
        body["team"] = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
        body["user"]["team_id"] = "T0ELSEWHERE"


def _command(text: str) -> dict[str, Any]:
    return {
        "command": "/milepost",
        "text": text,
        "team_id": "T0SALTMRSH",
        "channel_id": "C0DIGITAL1",
        "user_id": "U0STRANGER",
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1:9/nowhere",
        "api_app_id": "A0MILEPST1",
        "token": "not-checked",
    }
