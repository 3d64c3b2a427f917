"""Small legal payloads, which each test then pushes to a limit and one beyond it."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Words") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "1", **members: Any) -> Json:
    return {"text": plain("One"), "value": value, **members}


def button(**members: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **members}


def buttons(count: int) -> list[Json]:
    return [button(action_id=f"button_{index}") for index in range(count)]


def section(**members: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **members}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def question(**members: Any) -> Json:
    return {"type": "input", "label": plain("Why?"), "element": {"type": "plain_text_input"}, **members}


def image(**members: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart", **members}


def rich_text(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def table(rows: int = 2, columns: int = 2) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * columns] * rows}


def data_table(rows: int = 3, columns: int = 2, text: str = "a", **members: Any) -> Json:
    cell = {"type": "raw_text", "text": text}
    return {"type": "data_table", "caption": "Levels", "rows": [[cell] * columns] * rows, **members}


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


MARKDOWN = {"type": "markdown", "text": "**Words**"}
ALERT = {"type": "alert", "text": plain("Careful")}
CARD = {"type": "card", "title": plain("Card")}
PIE = {
    "type": "data_visualization",
    "title": "Votes",
    "chart": {"type": "pie", "segments": [{"label": "One", "value": 1}]},
}
TASK = {"type": "task_card", "task_id": "t1", "title": "Write", "status": "in_progress"}

EVERY_BLOCK: dict[str, Json] = {
    "actions": actions(button()),
    "alert": ALERT,
    "card": CARD,
    "carousel": {"type": "carousel", "elements": [CARD]},
    "container": {"type": "container", "title": plain(), "child_blocks": [section()]},
    "context": {"type": "context", "elements": [mrkdwn()]},
    "context_actions": {
        "type": "context_actions",
        "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}],
    },
    "data_table": data_table(),
    "data_visualization": PIE,
    "divider": {"type": "divider"},
    "file": {"type": "file", "external_id": "F1", "source": "remote"},
    "header": {"type": "header", "text": plain()},
    "image": image(),
    "input": question(),
    "markdown": MARKDOWN,
    "plan": {"type": "plan", "title": "Plan", "tasks": [TASK]},
    "rich_text": rich_text({"type": "text", "text": "Words"}),
    "section": section(),
    "table": table(),
    "task_card": TASK,
    "video": {
        "type": "video",
        "alt_text": "A film",
        "title": plain(),
        "thumbnail_url": "https://example.org/a.png",
        "video_url": "https://example.org/a.mp4",
    },
}
