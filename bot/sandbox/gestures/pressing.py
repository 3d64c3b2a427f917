"""Pressing buttons and choosing from menus: in messages, modals and on the Home tab."""

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.gestures.scene import Scene, outcome_of
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.reports.reports import Outcome
from bot.sandbox.views.input_states import chosen_option, first_state, state_after
from bot.sandbox.views.modals import stateful
from bot.sandbox.wire.interaction_payloads import press_in_message, press_in_view
from bot.sandbox.workspace.records import Json, Message, View


@dataclass(frozen=True)
class Target:
    """What to press: any of these that are given must fit, and exactly one element may."""

    action_id: str | None = None
    block_id: str | None = None
    value: str | None = None
    label: str | None = None


async def press_message(
    scene: Scene, user: str, message: Message, target: Target, option: Any = None
) -> Outcome:
    """Press a button in a message, or choose `option` from a menu in it."""
    block_id, element = find(message.blocks, target)
    action, state = _act(block_id, element, option)
    if state is not None:
        values = _with(message.values, block_id, element, state)
        message = scene.slack.put_message(replace(message, values=values))
    payload = press_in_message(scene.slack, scene.person(user), message, action)
    receipt = await scene.courier.interaction(payload)
    return outcome_of(receipt, payload["actions"][0]["action_ts"])


async def press_view(scene: Scene, user: str, view: View, target: Target, option: Any = None) -> Outcome:
    """Press a button in a modal or on the Home tab, or choose `option` from a menu there."""
    block_id, element = find(view.blocks, target)
    action, state = _act(block_id, element, option)
    if state is not None:
        view = replace(view, values=_with(view.values, block_id, element, state))
        scene.slack.views.put(view)
    payload = press_in_view(scene.slack, scene.person(user), view, action)
    receipt = await scene.courier.interaction(payload)
    return outcome_of(receipt, payload["actions"][0]["action_ts"])


def find(blocks: list[Json], target: Target) -> tuple[str, Json]:
    """Return the one element that fits, with its block's id.

    Raises:
        ControlRefusal: When none fits or several do; it lists what there is.
    """
    there = list(stateful(blocks))
    found = [(block_id, element) for block_id, element in there if _fits(block_id, element, target)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(_described(element) for _, element in there) or "nothing"
    wanted = ", ".join(f"{key}={value!r}" for key, value in vars(target).items() if value is not None)
    raise ControlRefusal(f"{len(found)} elements fit {wanted or 'no description'}; there is: {listed}")


def _fits(block_id: str, element: Json, target: Target) -> bool:
    return all(
        wanted is None or wanted == is_there
        for wanted, is_there in (
            (target.action_id, element["action_id"]),
            (target.block_id, block_id),
            (target.value, element.get("value")),
            (target.label, _label(element)),
        )
    )


def _label(element: Json) -> str | None:
    text = element.get("text") or element.get("placeholder")
    return str(text["text"]) if isinstance(text, dict) else None


def _described(element: Json) -> str:
    label = _label(element)
    return f"{element['type']} {element['action_id']}" + (f" [{label}]" if label else "")


def _act(block_id: str, element: Json, option: Any) -> tuple[Json, Json | None]:
    """Return the `actions` entry of a press, and the element's new state if it keeps one."""
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    if element["type"] in ("button", "workflow_button", "icon_button"):
        action["text"] = element["text"]
        return action | {key: element[key] for key in ("value", "style") if key in element}, None
    if element["type"] == "overflow":
        return action | {"selected_option": chosen_option(element, option)}, None
    if first_state(element) is None:
        raise ControlRefusal(f"{_described(element)} cannot be pressed")
    state = state_after(element, option)
    if "placeholder" in element:
        action["placeholder"] = element["placeholder"]
    return action | state, state


def _with(values: Json, block_id: str, element: Json, state: Json) -> Json:
    states = {**values.get(block_id, {}), str(element["action_id"]): state}
    return {**values, block_id: states}
