"""Filling in, submitting and closing modals, with the checks of Slack's own client."""

from dataclasses import replace
from typing import Any

from bot.sandbox.gestures.scene import Scene, outcome_of
from bot.sandbox.refusals import ControlRefusal, SlackRefusal
from bot.sandbox.reports.reports import Outcome
from bot.sandbox.views.input_states import is_empty, state_after
from bot.sandbox.views.modals import change_view, push_modal
from bot.sandbox.wire.interaction_payloads import closing, submission
from bot.sandbox.workspace.records import Json, View


def fill(scene: Scene, user: str, values: Json) -> View:
    """Enter values into the topmost modal and return it.

    Args:
        scene: Where it happens.
        user: Who fills it in.
        values: Values by action id, block id or label of an input.

    Raises:
        ControlRefusal: When there is no such field or the field does not take the value.
    """
    view = scene.modal(scene.person(user))
    entered = dict(view.values)
    for key, value in values.items():
        block = _field(view, key)
        try:
            state = state_after(block["element"], value)
        except ControlRefusal as refusal:
            raise ControlRefusal(f"{block['label']['text']}: {refusal}") from None
        entered[block["block_id"]] = {str(block["element"]["action_id"]): state}
    filled = replace(view, values=entered)
    scene.slack.views.put(filled)
    scene.slack.changes.note()
    return filled


async def submit(scene: Scene, user: str, values: Json) -> Outcome:
    """Fill in the topmost modal, press its submit button and let the bot's answer take effect."""
    view = fill(scene, user, values)
    if view.content.get("submit") is None:
        raise ControlRefusal("this modal has no submit button")
    if view.content.get("submit_disabled"):
        raise ControlRefusal("the submit button of this modal is disabled")
    _check_required(view)
    payload = submission(scene.slack, scene.person(user), view)
    receipt = await scene.courier.interaction(payload)
    if not receipt.acknowledged:
        return outcome_of(receipt, view.id)
    try:
        return _take_effect(scene, view, receipt.answer or {})
    except SlackRefusal as refusal:
        faults = "; ".join([refusal.error, *refusal.messages])
        return Outcome(acknowledged=True, error=faults, payload_id=view.id)


async def close(scene: Scene, user: str, *, everything: bool = False) -> Outcome:
    """Close the topmost modal, or all of them at once."""
    person = scene.person(user)
    view = scene.modal(person)
    cleared = everything or bool(view.content.get("clear_on_close"))
    closed = list(reversed(scene.slack.views.stack(user))) if cleared else [view]
    if cleared:
        scene.slack.views.close_all(user)
    else:
        scene.slack.views.close(view.id)
    scene.slack.changes.note()
    outcome = Outcome(acknowledged=True, payload_id=view.id)
    for gone in closed:
        if gone.content.get("notify_on_close"):
            receipt = await scene.courier.interaction(closing(scene.slack, person, gone, cleared=cleared))
            outcome = outcome_of(receipt, gone.id)
    return outcome


def _inputs(view: View) -> list[Json]:
    return [block for block in view.blocks if block["type"] == "input"]


def _field(view: View, key: str) -> Json:
    inputs = _inputs(view)
    found = [
        block
        for block in inputs
        if key in (block["element"]["action_id"], block["block_id"], block["label"]["text"])
    ]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{b['element']['action_id']} [{b['label']['text']}]" for b in inputs) or "none"
    raise ControlRefusal(f"{len(found)} fields are called {key!r}; the fields are: {listed}")


def _check_required(view: View) -> None:
    for block in _inputs(view):
        state = view.values.get(block["block_id"], {}).get(block["element"]["action_id"])
        if not block.get("optional") and (state is None or is_empty(state)):
            raise ControlRefusal(f"{block['label']['text']} must be filled in")


def _take_effect(scene: Scene, view: View, answer: Json) -> Outcome:
    """Do what the bot's answer to a submission says.

    Raises:
        SlackRefusal: When the answer is one Slack refuses; the person then sees a connection problem.
    """
    action = answer.get("response_action")
    done = Outcome(acknowledged=True, payload_id=view.id, response_action=action)
    if action == "errors":
        return done.model_copy(update={"errors": _checked_errors(view, answer.get("errors"))})
    if action == "update":
        now = scene.slack.views.get(view.id)
        if now is not None:
            change_view(scene.slack, now, answer.get("view"))
    elif action == "push":
        push_modal(scene.slack, view.user, answer.get("view"))
    elif action == "clear":
        scene.slack.views.close_all(view.user)
    elif action is None and not answer.keys() - {"text"}:
        scene.slack.views.close(view.id)
    else:
        raise SlackRefusal("invalid_response", messages=[f"unsupported response_action: {action}"])
    scene.slack.changes.note()
    return done


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    if not isinstance(errors, dict) or not errors:
        raise SlackRefusal("invalid_response", messages=["errors must be an object that is not empty"])
    known = {block["block_id"] for block in _inputs(view)}
    for block_id, text in errors.items():
        if block_id not in known:
            raise SlackRefusal("invalid_response", messages=[f"no input block {block_id} in the view"])
        if not isinstance(text, str) or not text:
            raise SlackRefusal("invalid_response", messages=[f"the error for {block_id} must be a text"])
    return errors
