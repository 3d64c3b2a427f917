"""Orders about the workspace itself: its state, its channels and people, its clock, its faults."""

from dataclasses import fields, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.conditions.faults import Fault, FaultKind
from bot.sandbox.control.people import Order, maybe, text
from bot.sandbox.control.snapshot import call_report, message_report, snapshot, under_way, world_report
from bot.sandbox.delivery.http import HttpDelivery
from bot.sandbox.delivery.socket_mode import REASONS
from bot.sandbox.gestures.scene import Scene, outcome_of
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.world import Channel, Person

_LONGEST_WAIT = 30.0


async def _world(scene: Scene, args: Json) -> Json:
    return world_report(scene.slack).model_dump()


async def _snapshot(scene: Scene, args: Json) -> Json:
    return snapshot(scene.slack, scene.courier, scene.sockets)


async def _changes(scene: Scene, args: Json) -> Json:
    """Wait for a change after revision `since`, at most `wait` real seconds; then tell how things stand."""
    try:
        since, wait = int(args.get("since", -1)), min(float(args.get("wait", 0)), _LONGEST_WAIT)
    except TypeError as fault:
        raise ControlRefusal("since and wait are numbers") from fault
    await scene.slack.changes.after(since, wait)
    if args.get("brief"):
        return {"revision": scene.slack.changes.revision, "under_way": under_way(scene.slack, scene.courier)}
    return snapshot(scene.slack, scene.courier, scene.sockets, since)


async def _messages(scene: Scene, args: Json) -> Json:
    channel, thread = text(args, "channel"), maybe(args, "thread_ts")
    rows = scene.slack.messages.in_channel(channel)
    if thread is not None:
        rows = [message for message in rows if thread in (message.ts, message.thread_ts)]
    return {"messages": [message_report(scene.slack, message).model_dump() for message in rows]}


async def _ephemerals(scene: Scene, args: Json) -> Json:
    user = maybe(args, "user")
    rows = [
        message
        for message in scene.slack.messages.private.values()
        if not message.deleted and user in (None, message.only_for)
    ]
    return {"messages": [message_report(scene.slack, message).model_dump() for message in rows]}


async def _calls(scene: Scene, args: Json) -> Json:
    method = maybe(args, "method")
    rows = [call for call in scene.slack.calls if method in (None, call.method)]
    return {"calls": [call_report(call).model_dump() for call in rows]}


async def _advance(scene: Scene, args: Json) -> Json:
    try:
        scene.slack.clock.advance(float(args.get("seconds", 0)))
    except (TypeError, ValueError) as fault:
        raise ControlRefusal(str(fault)) from fault
    scene.slack.changes.note()
    return {"now": scene.slack.moment().isoformat()}


async def _rules(scene: Scene, args: Json) -> Json:
    try:
        scene.slack.rules = scene.slack.rules.changed(args)
    except ValueError as fault:
        raise ControlRefusal(str(fault)) from fault
    return {}


async def _fault(scene: Scene, args: Json) -> Json:
    known = {field.name for field in fields(Fault)}
    try:
        values = {key: value for key, value in args.items() if value is not None}
        if set(values) - known:
            raise ValueError(f"a fault has no {', '.join(sorted(set(values) - known))}")
        scene.slack.faults.order(Fault(**{**values, "kind": FaultKind(str(values.get("kind")))}))
    except (TypeError, ValueError) as fault:
        raise ControlRefusal(str(fault)) from fault
    return {}


async def _clear_faults(scene: Scene, args: Json) -> Json:
    scene.slack.faults.clear()
    scene.courier.lose_acks = scene.sockets.refuse = scene.slack.triggers.expire_next = 0
    return {}


async def _expire_triggers(scene: Scene, args: Json) -> Json:
    scene.slack.triggers.expire_next += _times(args)
    return {}


async def _lose_acks(scene: Scene, args: Json) -> Json:
    scene.courier.lose_acks += _times(args)
    return {}


async def _refuse_handshakes(scene: Scene, args: Json) -> Json:
    scene.sockets.refuse += _times(args)
    return {}


async def _disconnect(scene: Scene, args: Json) -> Json:
    reason = text(args, "reason")
    if reason not in REASONS:
        raise ControlRefusal(f"a reason is one of {', '.join(REASONS)}")
    await scene.sockets.disconnect(reason)
    return {}


async def _drop_sockets(scene: Scene, args: Json) -> Json:
    return {"dropped": await scene.sockets.drop()}


async def _redeliver(scene: Scene, args: Json) -> Json:
    try:
        receipt = await scene.courier.again()
    except LookupError as fault:
        raise ControlRefusal(str(fault)) from fault
    return outcome_of(receipt, "").model_dump()


async def _deliver_to(scene: Scene, args: Json) -> Json:
    scene.courier.use(HttpDelivery(scene.slack, text(args, "url")))
    return {}


async def _challenge(scene: Scene, args: Json) -> Json:
    transport = scene.courier.transport
    if not isinstance(transport, HttpDelivery):
        raise ControlRefusal("there is no URL to challenge: the bot is reached over Socket Mode")
    return {"answered": await transport.challenge()}


def _times(args: Json) -> int:
    times = args.get("times", 1)
    if not isinstance(times, int) or times < 1:
        raise ControlRefusal("times is a number from 1")
    return times


def _channel(scene: Scene, args: Json) -> Channel:
    channel = scene.slack.channels.get(text(args, "channel"))
    if channel is None or channel.is_im:
        raise ControlRefusal(f"there is no channel {args['channel']}")
    return channel


def _anyone(scene: Scene, args: Json) -> Person:
    person = scene.slack.people.get(text(args, "user"))
    if person is None or person.is_bot:
        raise ControlRefusal(f"there is nobody with the id {args['user']}")
    return person


async def _archive(scene: Scene, args: Json) -> Json:
    channel = replace(_channel(scene, args), is_archived=bool(args.get("archived", True)))
    scene.slack.put_channel(channel)
    scene.feed.channel_state(channel, channel.creator)
    return {}


async def _read_only(scene: Scene, args: Json) -> Json:
    scene.slack.put_channel(replace(_channel(scene, args), read_only=bool(args.get("read_only", True))))
    return {}


async def _bot_membership(scene: Scene, args: Json) -> Json:
    channel, bot = _channel(scene, args), scene.slack.world.bot_user_id
    inside = bool(args.get("inside"))
    _need_app(scene)
    if inside != (bot in channel.members):
        one = {"add": bot} if inside else {"remove": bot}
        scene.feed.membership(scene.slack.change_members(channel.id, **one), bot, joined=inside)
    return {}


async def _uninstall(scene: Scene, args: Json) -> Json:
    _need_app(scene)
    scene.slack.uninstall()
    scene.feed.tokens_revoked()
    return {}


def _need_app(scene: Scene) -> None:
    if not scene.slack.installed:
        raise ControlRefusal("the app is not installed")


async def _deactivate(scene: Scene, args: Json) -> Json:
    person = replace(_anyone(scene, args), deleted=bool(args.get("deactivated", True)))
    scene.slack.put_person(person)
    scene.feed.person_changed(person)
    return {}


async def _set_zone(scene: Scene, args: Json) -> Json:
    zone = text(args, "tz")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise ControlRefusal(f"there is no time zone {zone!r}") from fault
    person = replace(_anyone(scene, args), tz=zone)
    scene.slack.put_person(person)
    scene.feed.person_changed(person)
    return {}


ORDERS: dict[str, Order] = {
    "world": _world,
    "snapshot": _snapshot,
    "changes": _changes,
    "messages": _messages,
    "ephemerals": _ephemerals,
    "calls": _calls,
    "advance": _advance,
    "rules": _rules,
    "fault": _fault,
    "clear_faults": _clear_faults,
    "expire_triggers": _expire_triggers,
    "lose_acks": _lose_acks,
    "refuse_handshakes": _refuse_handshakes,
    "disconnect": _disconnect,
    "drop_sockets": _drop_sockets,
    "redeliver_last": _redeliver,
    "deliver_to": _deliver_to,
    "challenge": _challenge,
    "archive": _archive,
    "read_only": _read_only,
    "bot_membership": _bot_membership,
    "uninstall": _uninstall,
    "deactivate": _deactivate,
    "set_zone": _set_zone,
}
