"""Who may call what: tokens, scopes, methods that do not exist."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import SandboxClient
from bot.sandbox.conditions.rules import ALL_SCOPES
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, PRIVATE_CHANNEL, TEAM_CHANNEL
from tests.bot.sandbox.bare_bot import error_of, refused


def with_token(sandbox: Sandbox, token: str | None) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=sandbox.api_url, retry_handlers=[])


async def test_no_token_a_wrong_one_and_one_of_the_wrong_kind(sandbox: Sandbox, api: AsyncWebClient) -> None:
    assert await error_of(with_token(sandbox, None).auth_test()) == "not_authed"
    assert await error_of(with_token(sandbox, "xoxb-wrong").auth_test()) == "invalid_auth"
    assert await error_of(with_token(sandbox, sandbox.app_token).auth_test()) == "not_allowed_token_type"
    call = api.apps_connections_open(app_token=sandbox.bot_token)
    assert await error_of(call) == "not_allowed_token_type"


async def test_the_token_may_come_as_an_argument(sandbox: Sandbox, slack: SandboxClient) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.api_url}auth.test", data={"token": sandbox.bot_token}) as response,
    ):
        assert (await response.json())["user_id"] == sandbox.bot_user_id
    (call,) = await slack.calls("auth.test")
    assert "token" not in call.arguments


async def test_auth_test_tells_who_the_bot_is_and_what_it_may(sandbox: Sandbox, api: AsyncWebClient) -> None:
    answer = await api.auth_test()
    assert answer["bot_id"] == sandbox.bot_id
    assert answer["team_id"] == sandbox.team_id
    assert set(answer.headers["x-oauth-scopes"].split(",")) == ALL_SCOPES


async def test_an_unknown_method(api: AsyncWebClient) -> None:
    assert await error_of(api.api_call("chat.shout")) == "unknown_method"


async def test_a_missing_scope_is_named(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.set_rules(scopes=["channels:read", "im:write"])
    refusal = await refused(api.chat_postMessage(channel=TEAM_CHANNEL, text="x"))
    assert refusal.response["error"] == "missing_scope"
    assert refusal.response["needed"] == "chat:write"
    assert refusal.response["provided"] == "channels:read,im:write"


async def test_the_scope_depends_on_the_kind_of_channel(api: AsyncWebClient, slack: SandboxClient) -> None:
    await slack.set_rules(scopes=["channels:read", "channels:history"])
    assert (await api.conversations_info(channel=TEAM_CHANNEL))["ok"]
    assert await error_of(api.conversations_info(channel=PRIVATE_CHANNEL)) == "missing_scope"
    assert await error_of(api.conversations_history(channel=PRIVATE_CHANNEL)) == "missing_scope"
    assert await error_of(api.conversations_list(types="public_channel,private_channel")) == "missing_scope"


async def test_an_email_address_needs_its_own_scope(api: AsyncWebClient, slack: SandboxClient) -> None:
    assert "email" in (await api.users_info(user=NIA))["user"]["profile"]
    await slack.set_rules(scopes=["users:read"])
    assert "email" not in (await api.users_info(user=NIA))["user"]["profile"]


async def test_a_revoked_token_opens_nothing(api: AsyncWebClient) -> None:
    assert (await api.auth_revoke(test=True))["revoked"] is False
    assert (await api.auth_revoke())["revoked"] is True
    assert await error_of(api.auth_test()) == "account_inactive"


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[]", "json_not_object"),
        ("text/plain", "channel=C1", "invalid_post_type"),
    ],
)
async def test_a_body_that_is_not_what_it_says(
    sandbox: Sandbox, content_type: str, body: str, error: str
) -> None:
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {sandbox.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{sandbox.api_url}chat.postMessage", data=body) as response,
    ):
        assert (await response.json())["error"] == error


async def test_blocks_are_validated_without_a_token(sandbox: Sandbox) -> None:
    open_to_all = with_token(sandbox, None)
    fine = [{"type": "divider"}]
    assert (await open_to_all.api_call("blocks.validate", json={"blocks": fine}))["ok"]
    refusal = await refused(open_to_all.api_call("blocks.validate", json={"blocks": [{"type": "nope"}]}))
    assert refusal.response["error"] == "invalid_blocks"
    assert refusal.response["errors"][0]["pointer"] == "/0/type"
    view = {"type": "modal", "blocks": fine}
    assert await error_of(open_to_all.api_call("blocks.validate", json={"view": view})) == "invalid_view"
    both = {"blocks": fine, "message": {"blocks": fine}}
    assert await error_of(open_to_all.api_call("blocks.validate", json=both)) == "invalid_arguments"
