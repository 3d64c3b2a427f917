"""The form that starts an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.wording.text import escape
from model.assessment.assessment import FACILITATOR_LIMIT, TITLE_LIMIT, Kind, Mode
from model.framework.framework import Framework

_Choice = TypeVar("_Choice", Kind, Mode)
# Slack takes at most ten checkboxes; a council's own framework may have more dimensions.
_CHECKBOX_LIMIT = 10
_KINDS = {
    Kind.SELF: ("Self", "Our own team looks at itself"),
    Kind.PEER: ("Peer", "Another council looks at us"),
    Kind.INDEPENDENT: ("Independent", "Somebody from outside looks at us"),
}
_MODES = {
    Mode.TOGETHER: ("Together", "Votes stay hidden until the reveal"),
    Mode.QUICK: ("Quick", "The first press records, anyone may change it"),
}


@dataclass(frozen=True)
class StartDefaults:
    """What the form is filled in with."""

    title: str
    kind: Kind
    mode: Mode
    scope: tuple[str, ...]
    facilitators: tuple[str, ...]
    channel_id: str | None


def start_modal(framework: Framework, defaults: StartDefaults) -> View:
    """The form, filled in from last time."""
    fields = [
        section(escape(framework.summary)),
        field(InputId.TITLE, "Title", text_input(initial=defaults.title, longest=TITLE_LIMIT)),
        field(InputId.KIND, "Who assesses?", _radio(_KINDS, defaults.kind)),
        field(InputId.MODE, "How do you answer?", _radio(_MODES, defaults.mode)),
        field(
            InputId.CHANNEL,
            "Channel",
            _channel(defaults.channel_id),
            hint="Milepost must be in the channel. If it is not, type /invite @Milepost there first.",
        ),
        field(InputId.SCOPE, "Dimensions", _scope(framework, defaults.scope)),
        field(
            InputId.FACILITATORS,
            "Facilitators",
            {
                "type": "multi_users_select",
                "initial_users": list(defaults.facilitators),
                "max_selected_items": FACILITATOR_LIMIT,
            },
            hint="They reveal, agree, confirm, pause and close. Everybody in the channel can answer.",
        ),
        field(
            InputId.CLOSING_DATE,
            "Closing date",
            {"type": "datepicker"},
            optional=True,
            hint="Shown on the board. Together, hidden votes are revealed when this day is over.",
        ),
    ]
    return modal(ViewId.START, "Start an assessment", fields, submit="Start", close="Cancel")


def _radio(choices: Mapping[_Choice, tuple[str, str]], initial: _Choice) -> Block:
    options = {choice: option(label, choice.value, hint) for choice, (label, hint) in choices.items()}
    return {"type": "radio_buttons", "options": list(options.values()), "initial_option": options[initial]}


def _channel(initial: str | None) -> Block:
    element: Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if initial is not None:
        element["initial_conversation"] = initial
    return element


def _scope(framework: Framework, chosen: tuple[str, ...]) -> Block:
    options = [option(dimension.name, dimension.id) for dimension in framework.dimensions]
    initial = [choice for choice in options if choice["value"] in chosen] or options
    kind = "checkboxes" if len(options) <= _CHECKBOX_LIMIT else "multi_static_select"
    return {"type": kind, "options": options, "initial_options": initial}
