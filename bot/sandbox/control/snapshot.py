"""The sandbox's state as reports."""

from collections import Counter

from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.reports import reports
from bot.sandbox.workspace.records import Call, Json, Message, View
from bot.sandbox.workspace.workspace import Workspace


def world_report(slack: Workspace) -> reports.WorldReport:
    """Return the team, its people and its channels, by id."""
    people = [
        reports.PersonReport(
            id=one.id,
            name=one.name,
            real_name=one.real_name,
            tz=one.tz,
            is_restricted=one.is_restricted,
            deleted=one.deleted,
            is_bot=one.is_bot,
        )
        for _, one in sorted(slack.people.items())
    ]
    channels = [
        reports.ChannelReport(
            id=one.id,
            name=one.name,
            kind=one.kind,
            members=sorted(one.members),
            is_archived=one.is_archived,
            pins=slack.pins(one.id),
        )
        for _, one in sorted(slack.channels.items())
    ]
    world = slack.world
    return reports.WorldReport(
        team_id=world.team_id,
        team_name=world.team_name,
        bot_user_id=world.bot_user_id,
        people=people,
        channels=channels,
    )


def message_report(slack: Workspace, message: Message) -> reports.Message:
    """Return a message as people see it."""
    files = [slack.files.get(file_id) for file_id in message.files]
    return reports.Message(
        channel=message.channel,
        ts=message.ts,
        user=message.user,
        text=message.text,
        blocks=message.blocks,
        thread_ts=message.thread_ts,
        metadata=message.metadata,
        reactions=[reports.ReactionReport(name=r.name, users=list(r.users)) for r in message.reactions],
        files=[
            reports.FileReport(
                id=f.id, name=f.name, title=f.title or f.name, alt_txt=f.alt_txt, size=f.size, user=f.user
            )
            for f in files
            if f is not None and not f.deleted
        ],
        edits=message.edits,
        deleted=message.deleted,
        pings=list(message.pings),
        only_for=message.only_for,
        by_bot=message.by_bot,
        subtype=message.subtype,
        via=message.via,
    )


def view_report(view: View, depth: int = 1) -> reports.ViewReport:
    """Return a modal or a Home tab."""
    content = view.content
    return reports.ViewReport(
        id=view.id,
        user=view.user,
        kind=view.kind,
        hash=view.hash,
        callback_id=content.get("callback_id") or "",
        title=(content.get("title") or {}).get("text", ""),
        submit=(content.get("submit") or {}).get("text", ""),
        blocks=view.blocks,
        private_metadata=content.get("private_metadata") or "",
        values=view.values,
        depth=depth,
    )


def call_report(call: Call) -> reports.CallReport:
    """Return one Web API call."""
    return reports.CallReport(
        method=call.method, arguments=call.arguments, at=call.at, answer=call.answer, status=call.status
    )


def under_way(slack: Workspace, courier: Courier) -> int:
    """Return how many deliveries and Web API calls have not been answered yet."""
    return courier.under_way + slack.calls_under_way


def snapshot(slack: Workspace, courier: Courier, sockets: SocketMode, since: int = -1) -> Json:
    """Return what people can see and how things stand.

    Args:
        slack: The workspace.
        courier: For what is under way.
        sockets: For how many are open.
        since: Only messages changed after this revision; everything else is always told whole.
    """
    stacks = slack.views.modals()
    rows = [*slack.messages.everything(), *slack.messages.private.values()]
    return {
        "revision": slack.changes.revision,
        "now": slack.moment().isoformat(),
        "messages": [message_report(slack, m).model_dump() for m in rows if slack.changed_after(m, since)],
        "modals": [
            view_report(view, depth).model_dump()
            for _, stack in stacks
            for depth, view in enumerate(stack, 1)
        ],
        "homes": [view_report(view).model_dump() for view in slack.views.homes()],
        "api_calls": dict(sorted(Counter(call.method for call in slack.calls).items())),
        "sockets": sockets.open_count,
        "under_way": under_way(slack, courier),
        "lost_events": list(courier.lost_events),
    }
