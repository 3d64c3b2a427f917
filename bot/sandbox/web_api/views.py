"""views.*: modals and the Home tab."""

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.views.modals import change_view, open_modal, publish_home, push_modal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.wire.record_json import view_json
from bot.sandbox.workspace.interaction_rights import Trigger
from bot.sandbox.workspace.records import Json, View


def open_view(desk: Desk, args: Arguments) -> Json:
    """Handle views.open."""
    trigger = _trigger(desk, args)
    return _answer(desk, open_modal(desk.slack, trigger.user, args.value("view")))


def push(desk: Desk, args: Arguments) -> Json:
    """Handle views.push; the trigger must come from within the modal that is open."""
    trigger = _trigger(desk, args)
    top = desk.slack.views.top(trigger.user)
    if trigger.modal is None or top is None or top.root_id != trigger.modal:
        raise SlackRefusal("not_found")
    return _answer(desk, push_modal(desk.slack, trigger.user, args.value("view")))


def update(desk: Desk, args: Arguments) -> Json:
    """Handle views.update."""
    view_id = args.text("view_id")
    if view_id:
        view = desk.slack.views.get(view_id)
    else:
        view = desk.slack.views.by_external_id(args.required("external_id"))
    if view is None or view.kind != "modal":
        raise SlackRefusal("not_found")
    _check_hash(view, args)
    return _answer(desk, change_view(desk.slack, view, args.value("view")))


def publish(desk: Desk, args: Arguments) -> Json:
    """Handle views.publish."""
    user = args.required("user_id")
    if not desk.slack.rules.home_tab:
        raise SlackRefusal("not_enabled")
    person = desk.slack.people.get(user)
    if person is None or person.is_bot:
        raise SlackRefusal("invalid_arguments", messages=["invalid `user_id` [json-pointer:/user_id]"])
    home = desk.slack.views.home(user)
    if home is not None:
        _check_hash(home, args)
    return _answer(desk, publish_home(desk.slack, user, args.value("view")))


def _trigger(desk: Desk, args: Arguments) -> Trigger:
    return desk.slack.triggers.take(args.required("trigger_id"), desk.slack.rules.trigger_seconds)


def _check_hash(view: View, args: Arguments) -> None:
    if args.text("hash") and args.text("hash") != view.hash:
        raise SlackRefusal("hash_conflict")


def _answer(desk: Desk, view: View) -> Json:
    return {"view": view_json(desk.slack, view)}


METHODS = {
    "views.open": Method(open_view, "T4"),
    "views.push": Method(push, "T4"),
    "views.update": Method(update, "T4"),
    "views.publish": Method(publish, "T4"),
}
