"""views.*: triggers, the stack, hashes, what stays typed, and what a submission's answer does."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.client.client import PersonHandle, SandboxClient, SandboxError
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace.world import NIA, OMAR
from tests.bot.sandbox.bare_bot import (
    RawBot,
    actions,
    button,
    error_of,
    modal,
    plain,
    refused,
    section,
    text_input,
)


async def trigger_of(nia: PersonHandle, raw_bot: RawBot) -> str:
    await nia.shortcut("start")
    return str((await raw_bot.next())["payload"]["trigger_id"])


@pytest.fixture
async def trigger(nia: PersonHandle, raw_bot: RawBot) -> str:
    return await trigger_of(nia, raw_bot)


async def test_a_trigger_opens_one_modal(api: AsyncWebClient, nia: PersonHandle, trigger: str) -> None:
    opened = await api.views_open(trigger_id=trigger, view=modal(section("hello")))
    view = await nia.modal()
    assert view is not None
    assert (view.id, view.hash, view.title, view.depth) == (
        opened["view"]["id"],
        opened["view"]["hash"],
        "Title",
        1,
    )
    again = api.views_open(trigger_id=trigger, view=modal(section("hello")))
    assert await error_of(again) == "exchanged_trigger_id"


async def test_a_trigger_that_was_never_given(api: AsyncWebClient) -> None:
    assert await error_of(api.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_trigger_lives_in_real_seconds(
    api: AsyncWebClient, slack: SandboxClient, trigger: str
) -> None:
    await slack.set_rules(trigger_seconds=0.0)
    assert await error_of(api.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_an_expired_trigger_on_order(api: AsyncWebClient, slack: SandboxClient, trigger: str) -> None:
    await slack.expire_triggers()
    assert await error_of(api.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_three_modals_lie_on_one_another_and_no_more(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    press = modal(actions(button("more")))
    await api.views_open(trigger_id=trigger, view=press)
    for depth in (2, 3):
        await nia.modal_press("more")
        inner = (await raw_bot.next())["payload"]["trigger_id"]
        pushed = await api.views_push(trigger_id=inner, view=press)
        assert pushed["view"]["root_view_id"] != pushed["view"]["id"]
        top = await nia.modal()
        assert top is not None
        assert top.depth == depth
    await nia.modal_press("more")
    inner = (await raw_bot.next())["payload"]["trigger_id"]
    assert await error_of(api.views_push(trigger_id=inner, view=press)) == "push_limit_reached"
    await nia.close_modal()
    second = await nia.modal()
    assert second is not None
    assert second.depth == 2
    await nia.close_modal(everything=True)
    assert await nia.modal() is None


async def test_a_hash_guards_an_update(api: AsyncWebClient, nia: PersonHandle, trigger: str) -> None:
    opened = (await api.views_open(trigger_id=trigger, view=modal(section("loading"))))["view"]
    updated = await api.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section("done")))
    assert updated["view"]["hash"] != opened["hash"]
    stale = api.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section("late")))
    assert await error_of(stale) == "hash_conflict"
    await nia.close_modal()
    gone = api.views_update(view_id=opened["id"], view=modal(section("too late")))
    assert await error_of(gone) == "not_found"


async def test_what_was_typed_stays_when_the_view_is_updated(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    view = modal(text_input("why"), actions(button("more")))
    opened = (await api.views_open(trigger_id=trigger, view=view))["view"]
    await nia.modal_press("more", values={"why": "because"})
    payload = (await raw_bot.next())["payload"]
    assert payload["view"]["state"]["values"]["b"]["why"]["value"] == "because"
    await api.views_update(view_id=opened["id"], view=modal(text_input("why", "Really why?")))
    now = await nia.modal()
    assert now is not None
    assert now.values["b"]["why"]["value"] == "because"
    await api.views_update(view_id=opened["id"], view=modal(text_input("why", block_id="other")))
    now = await nia.modal()
    assert now is not None
    assert now.values == {"other": {"why": {"type": "plain_text_input", "value": None}}}


async def test_a_refused_view_says_where_and_does_not_open(
    api: AsyncWebClient, nia: PersonHandle, trigger: str
) -> None:
    refusal = await refused(api.views_open(trigger_id=trigger, view=modal(title=plain("t" * 25))))
    assert refusal.response["error"] == "invalid_arguments"
    assert refusal.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert await nia.modal() is None


async def test_a_view_that_is_too_large(api: AsyncWebClient, trigger: str) -> None:
    large = modal(*(section("x" * 2_900) for _ in range(90)))
    assert await error_of(api.views_open(trigger_id=trigger, view=large)) == "view_too_large"


async def test_an_external_id_is_unique(
    api: AsyncWebClient, slack: SandboxClient, raw_bot: RawBot, trigger: str
) -> None:
    await api.views_open(trigger_id=trigger, view=modal(external_id="mine"))
    other = await trigger_of(slack.person(OMAR), raw_bot)
    taken = api.views_open(trigger_id=other, view=modal(external_id="mine"))
    assert await error_of(taken) == "duplicate_external_id"
    assert (await api.views_update(external_id="mine", view=modal(external_id="mine")))["ok"]


async def test_the_home_tab_is_published_with_a_hash(
    sandbox: Sandbox, api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot
) -> None:
    assert await nia.open_home() is None
    assert (await raw_bot.next_event())["type"] == "app_home_opened"
    home = {"type": "home", "blocks": [section("yours"), actions(button("refresh"))]}
    first = (await api.views_publish(user_id=NIA, view=home))["view"]
    second = (await api.views_publish(user_id=NIA, view=home, hash=first["hash"]))["view"]
    assert first["id"] == second["id"]
    assert await error_of(api.views_publish(user_id=NIA, view=home, hash=first["hash"])) == "hash_conflict"
    call = api.views_publish(user_id=sandbox.bot_user_id, view=home)
    assert await error_of(call) == "invalid_arguments"
    await nia.home_press("refresh")
    payload = (await raw_bot.next())["payload"]
    assert payload["view"]["type"] == "home"
    assert payload["container"] == {"type": "view", "view_id": first["id"]}
    await nia.open_home()
    assert (await raw_bot.next_event())["view"]["hash"] == second["hash"]


async def opened(api: AsyncWebClient, trigger: str, **more: Any) -> None:
    await api.views_open(trigger_id=trigger, view=modal(text_input("why", max_length=10), **more))


async def test_an_empty_acknowledgement_closes_the_modal(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    await opened(api, trigger, callback_id="reason", private_metadata="p")
    outcome = await nia.submit({"Why": "because"})
    payload = (await raw_bot.next())["payload"]
    assert outcome.acknowledged
    assert payload["type"] == "view_submission"
    assert payload["view"]["callback_id"] == "reason"
    assert payload["view"]["private_metadata"] == "p"
    assert payload["view"]["state"]["values"] == {
        "b": {"why": {"type": "plain_text_input", "value": "because"}}
    }
    assert await nia.modal() is None


async def test_errors_keep_it_open(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    await opened(api, trigger)
    raw_bot.answer = {"response_action": "errors", "errors": {"b": "Too short"}}
    outcome = await nia.submit({"why": "x"})
    assert (outcome.response_action, outcome.errors) == ("errors", {"b": "Too short"})
    assert await nia.modal() is not None


async def test_update_push_and_clear(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    await opened(api, trigger)
    raw_bot.answer = {"response_action": "update", "view": modal(text_input("more"))}
    await nia.submit({"why": "x"})
    raw_bot.answer = {"response_action": "push", "view": modal(text_input("last"))}
    await nia.submit({"more": "x"})
    top = await nia.modal()
    assert top is not None
    assert top.depth == 2
    raw_bot.answer = {"response_action": "clear"}
    await nia.submit({"last": "x"})
    assert await nia.modal() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nope": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "shut"},
    ],
)
async def test_an_answer_that_slack_refuses_is_an_error_for_the_person(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str, answer: dict[str, Any]
) -> None:
    await opened(api, trigger)
    raw_bot.answer = answer
    outcome = await nia.submit({"why": "x"})
    assert outcome.error is not None
    assert await nia.modal() is not None


async def test_no_acknowledgement_is_an_error_and_the_modal_stays(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    await opened(api, trigger)
    raw_bot.fall_silent()
    outcome = await nia.submit({"why": "x"})
    assert (outcome.acknowledged, outcome.error) == (False, "operation_timeout")
    assert await nia.modal() is not None


async def test_closing_is_told_when_it_was_asked_for(
    api: AsyncWebClient, nia: PersonHandle, raw_bot: RawBot, trigger: str
) -> None:
    await opened(api, trigger, notify_on_close=True)
    await nia.close_modal()
    payload = (await raw_bot.next())["payload"]
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    with pytest.raises(SandboxError, match="no modal open"):
        await nia.submit({})


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"why": "x" * 11}, "Why.*at most 10"),
        ({"why": ""}, "Why must be filled in"),
        ({}, "Why must be filled in"),
        ({"who": "x"}, "0 fields are called 'who'"),
        ({"why": "two\nlines"}, "one line"),
    ],
)
async def test_slacks_own_client_checks_a_form_first(
    api: AsyncWebClient,
    nia: PersonHandle,
    raw_bot: RawBot,
    trigger: str,
    values: dict[str, str],
    complaint: str,
) -> None:
    await opened(api, trigger)
    with pytest.raises(SandboxError, match=complaint):
        await nia.submit(values)
    assert raw_bot.received.empty()
