"""Small legal payloads, which each test then pushes to a limit and one beyond it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Words") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "1", **members: Any) -> Json:
    return {"text": plain("One"), "value": value, **members}


def options(count: int) -> list[Json]:
    return [option(str(index)) for index in range(count)]


def button(**members: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", "value": "1", **members}


def buttons(count: int) -> list[Json]:
    return [button(action_id=f"button_{index}") for index in range(count)]


def menu(kind: str, **members: Any) -> Json:
    return {"type": kind, "action_id": "choose", **members}


def text_input(**members: Any) -> Json:
    return menu("plain_text_input", **{"multiline": True, "max_length": 3000, **members})


def section(**members: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **members}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def question(element: Json | None = None, **members: Any) -> Json:
    block = {"type": "input", "block_id": "why", "label": plain("Why?"), "element": element or text_input()}
    return {**block, **members}


def rich_text(*runs: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": list(runs)}]}


def message(*blocks: Json, **members: Any) -> Json:
    return {"text": "Full text", "blocks": list(blocks), **members}


def modal(*blocks: Json, **members: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **members,
    }


def home(*blocks: Json, **members: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **members}


EVERY_BLOCK: dict[str, Json] = {
    "actions": actions(button()),
    "context": context(mrkdwn()),
    "divider": {"type": "divider"},
    "header": {"type": "header", "text": plain()},
    "input": question(),
    "rich_text": rich_text({"type": "text", "text": "Words"}),
    "section": section(),
}
EVERY_INPUT: dict[str, Json] = {
    "checkboxes": menu("checkboxes", options=[option()]),
    "conversations_select": menu("conversations_select", filter={"include": ["public"]}),
    "datepicker": menu("datepicker", initial_date="2026-11-23"),
    "multi_static_select": menu("multi_static_select", options=[option()]),
    "multi_users_select": menu("multi_users_select", max_selected_items=3),
    "plain_text_input": text_input(),
    "radio_buttons": menu("radio_buttons", options=[option()]),
    "static_select": menu("static_select", options=[option()]),
    "users_select": menu("users_select", initial_user="U1"),
}
EVERY_PRESSED: dict[str, Json] = {
    "button": button(),
    "overflow": menu("overflow", options=[option()]),
    "static_select": menu("static_select", options=[option()]),
}
NEVER_SENT = (
    *("alert", "card", "carousel", "container", "context_actions", "data_table", "data_visualization"),
    *("file", "image", "markdown", "plan", "table", "task_card", "video", "banner"),
)
