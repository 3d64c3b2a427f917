"""The blocks Slack added in 2026: cards, containers, charts, plans.

Slack still adds members to these, so members that are not listed pass; the published limits are checked.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.elements import ELEMENTS
from bot.delivery.block_kit.objects import ID, text
from bot.delivery.block_kit.shapes import anything, at_least_one, choice, items, members, one_of_types, string
from bot.delivery.block_kit.violation import Check, Violation, child

_TYPE = {"type": string(50)}
_MANY = 1_000_000
_BUTTON = one_of_types({"button": ELEMENTS["button"]}, "card action")

ALERT = members(
    {**_TYPE, "text": text(200)},
    {"block_id": ID, "level": choice("default", "info", "warning", "error", "success")},
    open_ended=True,
)

CARD = members(
    _TYPE,
    {
        "block_id": ID,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(_BUTTON, 1, 3),
        "hero_image": ELEMENTS["image"],
        "icon": ELEMENTS["image"],
    },
    at_least_one("title", "body", "actions", "hero_image"),
    open_ended=True,
)

CAROUSEL = members(
    {**_TYPE, "elements": items(one_of_types({"card": CARD}, "card"), 1, 10)}, {"block_id": ID}
)

_LABEL = string(20)
_AXES = members(
    {"categories": items(_LABEL, 1, 20)}, {"x_label": string(50), "y_label": string(50)}, open_ended=True
)
_SERIES = items(
    members(
        {
            "name": _LABEL,
            "data": items(members({"label": _LABEL, "value": anything}, {}, open_ended=True), 1, 20),
        },
        {},
        open_ended=True,
    ),
    1,
    6,
)
_AXIS_CHART = members({**_TYPE, "series": _SERIES, "axis_config": _AXES}, {}, open_ended=True)
_CHARTS: Mapping[str, Check] = {
    "pie": members(
        {
            **_TYPE,
            "segments": items(members({"label": _LABEL, "value": anything}, {}, open_ended=True), 1, 6),
        },
        {},
        open_ended=True,
    ),
    "bar": _AXIS_CHART,
    "line": _AXIS_CHART,
    "area": _AXIS_CHART,
}

DATA_VISUALIZATION = members(
    {**_TYPE, "title": string(50), "chart": one_of_types(_CHARTS, "chart")}, {"block_id": ID}, open_ended=True
)

_STATUS = choice("pending", "in_progress", "complete", "error")
_TASK = members({"task_id": ID, "title": string(3000)}, {"status": _STATUS, "block_id": ID}, open_ended=True)

PLAN = members({**_TYPE, "title": anything}, {"tasks": items(_TASK, 0, 50), "block_id": ID}, open_ended=True)


def task_card(value: object, at: str) -> Iterator[Violation]:
    """Accept a task card that stands alone; only a task inside a plan may be pending."""
    yield from _TASK(value, at)
    if isinstance(value, Mapping) and value.get("status") == "pending":
        yield Violation(child(at, "status"), "pending is for tasks inside a plan")
