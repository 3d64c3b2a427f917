"""Orders that a person gives: everything a member of the team can do in Slack."""

import base64
import binascii
from collections.abc import Awaitable, Callable

from bot.sandbox.control.snapshot import view_report
from bot.sandbox.gestures import calling, forms, pressing, talking
from bot.sandbox.gestures.scene import Scene
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.reports.reports import Outcome
from bot.sandbox.workspace.records import Json

Order = Callable[[Scene, Json], Awaitable[Json]]


def text(args: Json, name: str) -> str:
    """Return an argument that must be a text.

    Raises:
        ControlRefusal: When it is not there.
    """
    value = args.get(name)
    if not isinstance(value, str):
        raise ControlRefusal(f"{name} is missing")
    return value


def maybe(args: Json, name: str) -> str | None:
    """Return an argument that may be left out."""
    return None if args.get(name) is None else text(args, name)


def _told(outcome: Outcome) -> Json:
    return outcome.model_dump()


def _target(args: Json) -> pressing.Target:
    return pressing.Target(
        action_id=maybe(args, "action_id"),
        block_id=maybe(args, "block_id"),
        value=maybe(args, "value"),
        label=maybe(args, "label"),
    )


async def _command(scene: Scene, args: Json) -> Json:
    line, thread = text(args, "line"), maybe(args, "thread_ts")
    return _told(await calling.command(scene, text(args, "user"), text(args, "channel"), line, thread))


async def _press(scene: Scene, args: Json) -> Json:
    user = text(args, "user")
    message = scene.message(scene.person(user), text(args, "channel"), text(args, "ts"))
    return _told(await pressing.press_message(scene, user, message, _target(args), args.get("option")))


async def _press_ephemeral(scene: Scene, args: Json) -> Json:
    user = text(args, "user")
    message = scene.private_message(scene.person(user), text(args, "ts"))
    return _told(await pressing.press_message(scene, user, message, _target(args), args.get("option")))


async def _press_modal(scene: Scene, args: Json) -> Json:
    user = text(args, "user")
    values = args.get("values")
    view = forms.fill(scene, user, values) if isinstance(values, dict) else scene.modal(scene.person(user))
    return _told(await pressing.press_view(scene, user, view, _target(args), args.get("option")))


async def _press_home(scene: Scene, args: Json) -> Json:
    user = scene.person(text(args, "user")).id
    view = scene.slack.views.home(user)
    if view is None:
        raise ControlRefusal(f"the Home tab of {user} is empty")
    return _told(await pressing.press_view(scene, user, view, _target(args), args.get("option")))


async def _submit(scene: Scene, args: Json) -> Json:
    values = args.get("values")
    if not isinstance(values, dict):
        raise ControlRefusal("values is missing")
    return _told(await forms.submit(scene, text(args, "user"), values))


async def _close(scene: Scene, args: Json) -> Json:
    return _told(await forms.close(scene, text(args, "user"), everything=bool(args.get("everything"))))


async def _modal(scene: Scene, args: Json) -> Json:
    stack = scene.slack.views.stack(scene.person(text(args, "user")).id)
    return {"view": view_report(stack[-1], len(stack)).model_dump() if stack else None}


async def _home(scene: Scene, args: Json) -> Json:
    view = scene.slack.views.home(scene.person(text(args, "user")).id)
    return {"view": view_report(view).model_dump() if view else None}


async def _open_home(scene: Scene, args: Json) -> Json:
    calling.open_home(scene, text(args, "user"))
    return {}


async def _say(scene: Scene, args: Json) -> Json:
    thread = maybe(args, "thread_ts")
    return {"ts": talking.say(scene, text(args, "user"), text(args, "channel"), text(args, "text"), thread)}


async def _dm(scene: Scene, args: Json) -> Json:
    channel, ts = talking.direct(scene, text(args, "user"), text(args, "text"))
    return {"channel": channel, "ts": ts}


async def _edit(scene: Scene, args: Json) -> Json:
    talking.edit(scene, text(args, "user"), text(args, "channel"), text(args, "ts"), text(args, "text"))
    return {}


async def _delete(scene: Scene, args: Json) -> Json:
    talking.delete(scene, text(args, "user"), text(args, "channel"), text(args, "ts"))
    return {}


async def _react(scene: Scene, args: Json) -> Json:
    talking.react(scene, text(args, "user"), text(args, "channel"), text(args, "ts"), text(args, "name"))
    return {}


async def _unreact(scene: Scene, args: Json) -> Json:
    talking.unreact(scene, text(args, "user"), text(args, "channel"), text(args, "ts"), text(args, "name"))
    return {}


async def _upload(scene: Scene, args: Json) -> Json:
    try:
        content = base64.b64decode(text(args, "content"), validate=True)
    except binascii.Error:
        raise ControlRefusal("content is not base64") from None
    user, channel = text(args, "user"), text(args, "channel")
    thread, words = maybe(args, "thread_ts"), maybe(args, "text") or ""
    ts = talking.upload(scene, user, channel, text(args, "name"), content, thread, words)
    return {"ts": ts}


async def _join(scene: Scene, args: Json) -> Json:
    talking.join(scene, text(args, "user"), text(args, "channel"))
    return {}


async def _leave(scene: Scene, args: Json) -> Json:
    talking.leave(scene, text(args, "user"), text(args, "channel"))
    return {}


async def _shortcut(scene: Scene, args: Json) -> Json:
    return _told(await calling.shortcut(scene, text(args, "user"), text(args, "callback_id")))


async def _message_shortcut(scene: Scene, args: Json) -> Json:
    callback, channel = text(args, "callback_id"), text(args, "channel")
    user, ts = text(args, "user"), text(args, "ts")
    return _told(await calling.shortcut_on_message(scene, user, callback, channel, ts))


ORDERS: dict[str, Order] = {
    "command": _command,
    "press": _press,
    "press_ephemeral": _press_ephemeral,
    "press_modal": _press_modal,
    "press_home": _press_home,
    "submit": _submit,
    "close_modal": _close,
    "modal": _modal,
    "home": _home,
    "open_home": _open_home,
    "say": _say,
    "dm": _dm,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "unreact": _unreact,
    "upload": _upload,
    "join": _join,
    "leave": _leave,
    "shortcut": _shortcut,
    "message_shortcut": _message_shortcut,
}
