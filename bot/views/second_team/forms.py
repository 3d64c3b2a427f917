"""The forms between two teams: inviting a second one, and the moderated level of a dimension."""

from __future__ import annotations

from datetime import date

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.modals import NOT_APPLICABLE_VALUE, level_options
from bot.views.block_kit.reference import Reference
from bot.views.second_team.comparison_words import answer_words
from bot.views.wording.teams import capital, team_names
from bot.views.wording.text import escape
from model.assessment.assessment import FACILITATOR_LIMIT, REASON_LIMIT, Assessment, Kind, Mode
from model.assessment.other_side import TEAM_LIMIT
from model.second_team.comparison import ComparedDimension
from model.second_team.pair import Pair

_KINDS = {
    Kind.PEER: ("Peer", "Another council looks at us"),
    Kind.INDEPENDENT: ("Independent", "Somebody from outside looks at us"),
}
WITHDRAWN_VALUE = "withdrawn"


def invite_modal(assessment: Assessment, today: date) -> View:
    """The form that invites a second team. `today` is the date where the council is."""
    kinds = [option(label, kind.value, hint) for kind, (label, hint) in _KINDS.items()]
    closing: Block = {"type": "datepicker"}
    if assessment.closing_date is not None and assessment.closing_date >= today:
        closing["initial_date"] = assessment.closing_date.isoformat()
    blocks = [
        section(_what_it_means(assessment)),
        field(
            InputId.KIND,
            "Who are they?",
            {"type": "radio_buttons", "options": kinds, "initial_option": kinds[0]},
        ),
        field(
            InputId.TEAM,
            "Name of the second team",
            text_input(initial="Peer team", longest=TEAM_LIMIT),
            hint="It stands on their board and cards.",
        ),
        field(
            InputId.CHANNEL,
            "Their channel",
            {
                "type": "conversations_select",
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
            },
            hint=_which_channel(assessment),
        ),
        field(
            InputId.FACILITATORS,
            "Their facilitators",
            {"type": "multi_users_select", "max_selected_items": FACILITATOR_LIMIT},
            hint="At least one of them has to be in that channel.",
        ),
        field(
            InputId.CLOSING_DATE,
            "Their closing date",
            closing,
            optional=True,
            hint="Shown on their board. Together, hidden votes are revealed when this day is over.",
        ),
    ]
    reference = Reference(assessment=assessment.id)
    return modal(
        ViewId.INVITE_TEAM,
        "Invite a second team",
        blocks,
        submit="Invite",
        close="Cancel",
        reference=reference,
    )


def _what_it_means(assessment: Assessment) -> str:
    return (
        f"A second team answers the same questions as *{escape(assessment.title)}*, on a board of its own. "
        "It sees none of your votes and levels meanwhile, nor you theirs. Their channel is told the title, "
        "the dimensions and the questions. What both teams have agreed is then shown to both, side by side: "
        "levels, reasons and evidence. Whoever is in either channel can read that."
    )


def _which_channel(assessment: Assessment) -> str:
    if assessment.mode is Mode.QUICK:
        return (
            "Another channel than this one, since in quick mode every level is shown at once. "
            "I have to be in it."
        )
    return (
        "Another channel keeps the teams apart entirely; I have to be in it. In this one votes and levels "
        "wait until both teams have voted, but evidence and talk can be read by all."
    )


def moderate_modal(pair: Pair, assessment_id: str, compared: ComparedDimension) -> View:
    """The form for the level that both teams agree on. `assessment_id` is the side it was opened from."""
    framework = pair.first.framework
    names = team_names(pair)
    levels = [
        f"{capital(name)}: *{answer_words(framework, answer)}*"
        for name, answer in zip(names, (compared.first, compared.second), strict=True)
    ]
    options = level_options(framework)
    menu: Block = {"type": "static_select", "options": options}
    reason = ""
    if compared.moderation is not None:
        options.append(option("None: take it back", WITHDRAWN_VALUE))
        level = compared.moderation.level
        value = NOT_APPLICABLE_VALUE if level is None else str(level)
        menu["initial_option"] = next(each for each in options if each["value"] == value)
        reason = compared.moderation.reason
    name = escape(framework.dimension(compared.dimension_id).name)
    blocks = [
        section(
            f"*{name}*\n{' · '.join(levels)}\nEach team keeps its own level; this one stands beside them."
        ),
        field(InputId.LEVEL, "The level both teams agree on", menu),
        field(
            InputId.REASON,
            "Reason",
            text_input(multiline=True, longest=REASON_LIMIT, initial=reason),
            hint="Shown to both teams, and kept in the history of both.",
        ),
    ]
    reference = Reference(assessment=assessment_id, dimension=compared.dimension_id)
    return modal(
        ViewId.MODERATE, "Moderated level", blocks, submit="Record", close="Cancel", reference=reference
    )
