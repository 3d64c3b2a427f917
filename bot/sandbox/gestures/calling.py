"""Slash commands, shortcuts and opening the Home tab."""

from bot.sandbox.gestures.scene import Scene, outcome_of
from bot.sandbox.refusals import ControlRefusal, SlackRefusal
from bot.sandbox.reports.reports import Outcome
from bot.sandbox.web_api.interaction_answers import show_answer
from bot.sandbox.wire.interaction_payloads import global_shortcut, message_shortcut, slash_command
from bot.sandbox.workspace.interaction_rights import ResponseRight
from bot.sandbox.workspace.records import Json


async def command(
    scene: Scene, user: str, channel_id: str, line: str, thread_ts: str | None = None
) -> Outcome:
    """Type a slash command into a channel's message field, or into a thread's, where none runs."""
    person = scene.person(user)
    channel = scene.open_channel_of(person, channel_id)
    name, _, text = line.strip().partition(" ")
    if not name.startswith("/") or len(name) < 2:
        raise ControlRefusal(f"{name!r} is not a slash command")
    if thread_ts is not None:
        return Outcome(acknowledged=False, error=f"{name} is not supported in threads")
    known = scene.slack.rules.commands
    if not scene.slack.installed or (known is not None and name not in known):
        return Outcome(acknowledged=False, error=f"{name} is not a valid command")
    payload = slash_command(scene.slack, person, channel, name, text.strip())
    receipt = await scene.courier.command(payload)
    answer = receipt.answer or {}
    error = _show(scene, user, channel_id, answer) if receipt.acknowledged and answer else None
    text_shown = answer.get("text") if isinstance(answer.get("text"), str) and not error else None
    return outcome_of(receipt, payload["trigger_id"], text=text_shown or None, error=error)


async def shortcut(scene: Scene, user: str, callback_id: str) -> Outcome:
    """Start a global shortcut."""
    payload = global_shortcut(scene.slack, scene.person(user), callback_id)
    return outcome_of(await scene.courier.interaction(payload), payload["trigger_id"])


async def shortcut_on_message(scene: Scene, user: str, callback_id: str, channel_id: str, ts: str) -> Outcome:
    """Start a shortcut from a message's menu."""
    person = scene.person(user)
    message = scene.message(person, channel_id, ts)
    payload = message_shortcut(scene.slack, person, callback_id, message)
    return outcome_of(await scene.courier.interaction(payload), payload["trigger_id"])


def open_home(scene: Scene, user: str) -> None:
    """Look at the bot's Home tab."""
    scene.feed.home_opened(scene.person(user).id)


def _show(scene: Scene, user: str, channel_id: str, answer: Json) -> str | None:
    """Show what came with a command's acknowledgement, and return what was wrong with it."""
    right = ResponseRight(user, channel_id, scene.slack.moment())
    try:
        show_answer(scene.desk, right, answer, "acknowledgement")
    except SlackRefusal:
        return "invalid_command_response"
    return None
