"""Opening, changing and stacking views; used by the Web API and by answers to a submission."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.sandbox.block_kit import VIEW_BYTES, check_view
from bot.sandbox.block_kit.faces import bytes_of
from bot.sandbox.block_kit.given_ids import with_ids
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.views.input_states import first_state
from bot.sandbox.workspace.records import Json, View
from bot.sandbox.workspace.workspace import Workspace

STACK = 3


def checked_view(slack: Workspace, view: Any, kind: str) -> Json:
    """Return a view's content with the ids that Slack adds.

    Raises:
        SlackRefusal: `invalid_arguments` with every fault, or `view_too_large`.
    """
    if not isinstance(view, dict):
        raise SlackRefusal("invalid_arguments", messages=["must provide an object [json-pointer:/view]"])
    if bytes_of(view) > VIEW_BYTES:
        raise SlackRefusal("view_too_large")
    problems = [str(problem) for problem in check_view(view)]
    if not problems and view["type"] != kind:
        problems = [f"unsupported type: {view['type']} [json-pointer:/view/type]"]
    if problems:
        raise SlackRefusal("invalid_arguments", messages=problems)
    return {**view, "blocks": with_ids(slack, view["blocks"])}


def open_modal(slack: Workspace, user: str, view: Any) -> View:
    """Open a modal; whatever the person had open before is gone."""
    content = checked_view(slack, view, "modal")
    _check_external_id(slack, content, None)
    slack.views.close_all(user)
    return _laid(slack, user, content, None)


def push_modal(slack: Workspace, user: str, view: Any) -> View:
    """Lay a modal on top of the person's others, three at most.

    Raises:
        SlackRefusal: `push_limit_reached`, or `not_found` when there is nothing to lay it on.
    """
    content = checked_view(slack, view, "modal")
    below = slack.views.top(user)
    if below is None:
        raise SlackRefusal("not_found")
    if len(slack.views.stack(user)) >= STACK:
        raise SlackRefusal("push_limit_reached")
    _check_external_id(slack, content, None)
    return _laid(slack, user, content, below)


def change_view(slack: Workspace, before: View, view: Any) -> View:
    """Give a view new content. What was typed stays where block and element keep their ids and type."""
    content = checked_view(slack, view, before.kind)
    _check_external_id(slack, content, before.id)
    values = _values_after(before, content["blocks"])
    after = replace(before, content=content, hash=next_hash(slack), values=values)
    slack.views.put(after)
    slack.changes.note()
    return after


def publish_home(slack: Workspace, user: str, view: Any) -> View:
    """Show a view on a person's Home tab."""
    before = slack.views.home(user)
    if before is not None:
        return change_view(slack, before, view)
    content = checked_view(slack, view, "home")
    _check_external_id(slack, content, None)
    view_id = slack.next_id("V")
    home = View(view_id, user, next_hash(slack), content, view_id, values=first_values(content["blocks"]))
    slack.views.publish(home)
    slack.changes.note()
    return home


def next_hash(slack: Workspace) -> str:
    """Return a fresh view hash in the shape of Slack's."""
    return f"{int(slack.epoch())}.{slack.next_number():08x}"


def first_values(blocks: list[Json]) -> Json:
    """Return `state.values` of blocks nobody has touched: every input with its initial value."""
    values: Json = {}
    for block_id, element in stateful(blocks):
        state = first_state(element)
        if state is not None:
            values.setdefault(block_id, {})[str(element["action_id"])] = state
    return values


def stateful(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Return every element of blocks that can hold a value, with its block's id."""
    for block in blocks:
        rows = block.get("elements", []) + block.get("actions", [])
        for element in (block.get("element"), block.get("accessory"), *rows):
            if isinstance(element, dict) and "action_id" in element:
                yield str(block["block_id"]), element
        yield from stateful([*block.get("child_blocks", []), *(c for c in rows if c.get("type") == "card")])


def _laid(slack: Workspace, user: str, content: Json, below: View | None) -> View:
    view_id = slack.next_id("V")
    view = View(
        view_id,
        user,
        next_hash(slack),
        content,
        below.root_id if below else view_id,
        below.id if below else None,
        first_values(content["blocks"]),
    )
    slack.views.push(view)
    slack.changes.note()
    return view


def _values_after(before: View, blocks: list[Json]) -> Json:
    values = first_values(blocks)
    for block_id, states in values.items():
        for action_id, state in states.items():
            old = before.values.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == state["type"]:
                states[action_id] = old
    return values


def _check_external_id(slack: Workspace, content: Json, own_id: str | None) -> None:
    other = slack.views.by_external_id(str(content.get("external_id") or ""))
    if other is not None and other.id != own_id:
        raise SlackRefusal("duplicate_external_id")
