"""The board: one message for the whole assessment, edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.views.block_kit.blocks import Block, Message, actions, button, context, header, option, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.menus import more_menu
from bot.views.block_kit.reference import Reference
from bot.views.wording.days import day_words
from bot.views.wording.levels import ASSESSMENT_STATES, DIMENSION_STATES, answer_name, done_count
from bot.views.wording.people import Names
from bot.views.wording.teams import other_team, shown_elsewhere
from bot.views.wording.text import (
    count,
    cut,
    escape,
    full_stop,
    join_names,
    link,
    plain,
    shorten,
    shorten_escaped,
    slack_date,
)
from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    DimensionProgress,
    DimensionState,
    Kind,
    Mode,
    PromptState,
    Role,
)

KIND_NAMES = {
    Kind.SELF: "Self-assessment",
    Kind.PEER: "Peer assessment",
    Kind.INDEPENDENT: "Independent assessment",
}
_CAN_INVITE = frozenset({AssessmentState.RUNNING, AssessmentState.CLOSED})
# With more to open than this, one menu takes the place of the buttons: a message has no room for so many.
_MOST_OPENERS = 12
# Characters for the name of a dimension in its line and in the menu, and for that of its lead.
_NAME_ROOM, _OPTION_ROOM, _LEAD_ROOM = 80, 50, 40
_BROUGHT_ABOUT = {**ASSESSMENT_STATES, AssessmentState.RUNNING: "resumed"}


def board(assessment: Assessment, *, names: Names, threads: Mapping[str, str]) -> Message:
    """The board as it should look now.

    Args:
        assessment: The state.
        names: Display names of the people on it.
        threads: Dimension id to the address of its thread, for those that are posted.
    """
    lines = [_line(assessment, dimension, names) for dimension in assessment.dimensions]
    to_open = _to_open(assessment)
    beside = frozenset(to_open if len(to_open) <= _MOST_OPENERS else [])
    blocks: list[Block] = [
        header(assessment.title),
        section(escape(assessment.framework.summary)),
        section(f"{_bar(assessment)} {_progress(assessment)}"),
        *(_row(assessment, dimension, threads, names, beside) for dimension in assessment.dimensions),
        *([] if len(beside) == len(to_open) else [actions(_opening_menu(assessment, to_open))]),
        *_buttons(assessment),
        context(_small_print(assessment, names)),
    ]
    # The bar is for the eye; a screen reader would read it block by block.
    text = "\n".join(
        [
            f"{full_stop(escape(assessment.title))} {_progress(assessment)}",
            *lines,
            _small_print(assessment, names),
        ]
    )
    return Message(text, tuple(blocks))


def _progress(assessment: Assessment) -> str:
    done, total = done_count(assessment)
    return f"{done} of {count(total, 'dimension')} confirmed; {ASSESSMENT_STATES[assessment.state]}."


def _bar(assessment: Assessment) -> str:
    done, total = done_count(assessment)
    filled = 10 * done // total
    return "▓" * filled + "░" * (10 - filled)


def _line(assessment: Assessment, dimension: DimensionProgress, names: Names) -> str:
    """One dimension in words: name, level or state, and how far it is."""
    name = shorten(assessment.framework.dimension(dimension.dimension_id).name, _NAME_ROOM)
    led = (
        "" if dimension.lead is None else f", led by {shorten_escaped(names.of(dimension.lead), _LEAD_ROOM)}"
    )
    return f"{name}: {_so_far(assessment, dimension)}{led}"


def _so_far(assessment: Assessment, dimension: DimensionProgress) -> str:
    state = DIMENSION_STATES[dimension.state]
    if dimension.state is DimensionState.NOT_OPENED:
        return state
    level = escape(answer_name(assessment.framework, assessment.dimension_level(dimension.dimension_id)))
    if dimension.state is not DimensionState.OPEN:
        return f"{level}, {state}"
    put_off = sum(prompt.state is PromptState.PUT_OFF for prompt in dimension.prompts)
    waiting = f", {put_off} put off" if put_off else ""
    return f"{state}, {dimension.answered_count} of {len(dimension.prompts)} answered{waiting}"


def _to_open(assessment: Assessment) -> list[str]:
    """The dimensions that anybody may open now."""
    if assessment.state is not AssessmentState.RUNNING:
        return []
    return [each.dimension_id for each in assessment.dimensions if each.state is DimensionState.NOT_OPENED]


def _row(
    assessment: Assessment,
    dimension: DimensionProgress,
    threads: Mapping[str, str],
    names: Names,
    openers: frozenset[str],
) -> Block:
    name, _, rest = _line(assessment, dimension, names).partition(": ")
    line = f"*{name}*: {rest}"
    address = threads.get(dimension.dimension_id)
    if address is not None:
        line += f" · {link(address, 'Go to thread')}"
    if dimension.dimension_id not in openers:
        return section(line)
    plain_name = assessment.framework.dimension(dimension.dimension_id).name
    reference = Reference(assessment=assessment.id, dimension=dimension.dimension_id)
    opener = button("Open", ActionId.OPEN_DIMENSION, reference, accessibility_label=f"Open {plain_name}")
    return section(line, accessory=opener)


def _opening_menu(assessment: Assessment, to_open: Sequence[str]) -> Block:
    """One menu for many dimensions."""
    choices = [
        option(
            cut(assessment.framework.dimension(each).name, _OPTION_ROOM),
            Reference(assessment=assessment.id, dimension=each).encode(),
        )
        for each in to_open
    ]
    return {
        "type": "static_select",
        "action_id": ActionId.OPEN_DIMENSION.value,
        "placeholder": plain("Open a dimension…"),
        "options": choices,
    }


def _buttons(assessment: Assessment) -> list[Block]:
    reference = Reference(assessment=assessment.id)
    cancel = button("Cancel…", ActionId.CANCEL, reference)
    people = button("People…", ActionId.PEOPLE, reference)
    closing = button("Closing date…", ActionId.CLOSING_DATE, reference)
    nobody = not assessment.facilitators
    take_over = [button("Take over", ActionId.TAKE_OVER, reference, style="primary")] if nobody else []
    more = more_menu(ActionId.DELETE, ("Delete…", reference))
    beside = _second_team_buttons(assessment, reference)
    if assessment.state is AssessmentState.RUNNING:
        join = [button("Join", ActionId.JOIN, reference)]
        close = [button("Close assessment", ActionId.CLOSE, reference, style="primary")]
        pause = button("Pause", ActionId.PAUSE, reference)
        together = assessment.mode is Mode.TOGETHER
        also = [*(close if assessment.complete else []), *(join if together else [])]
        return [actions(*take_over, *also, people, closing, *beside, pause, cancel, more)]
    if assessment.state is AssessmentState.PAUSED:
        resume = button("Resume", ActionId.RESUME, reference, style="primary")
        return [actions(*take_over, resume, people, closing, *beside, cancel, more)]
    return [actions(*take_over, *beside, more)]


def _second_team_buttons(assessment: Assessment, reference: Reference) -> list[Block]:
    """Inviting a second team beside a first, and comparing once both have agreed something."""
    if assessment.other is None:
        can_invite = assessment.second_team is None and assessment.state in _CAN_INVITE
        return [button("Invite a second team…", ActionId.INVITE_TEAM, reference)] if can_invite else []
    return [button("Compare…", ActionId.COMPARE, reference)] if assessment.other.comparable else []


def _two_teams(assessment: Assessment) -> list[str]:
    """That there is another team, and what the two see of each other."""
    if assessment.other is None:
        return []
    name = other_team(assessment.other)
    elsewhere = shown_elsewhere(assessment)
    then = f"levels, reasons and evidence of both are then shown here and in {elsewhere}"
    return [
        f"beside {name}" if assessment.second_team is not None else f"second team: {name}",
        "neither team sees the other's levels before both have agreed theirs",
        *([then] if elsewhere else []),
    ]


def _how_levels_come_about(assessment: Assessment) -> list[str]:
    if assessment.mode is Mode.QUICK:
        return ["levels are shown with the name of who recorded them"]
    observers = len(assessment.people(Role.OBSERVER))
    watching = [count(observers, "observer")] if observers else []
    return [
        ", ".join([count(len(assessment.assessors), "assessor"), *watching]),
        "votes are hidden until the reveal, then shown by name",
    ]


def _small_print(assessment: Assessment, names: Names) -> str:
    facilitators = join_names([names.of(person) for person in assessment.facilitators])
    parts = [
        KIND_NAMES[assessment.kind],
        f"facilitated by {facilitators}" if assessment.facilitators else "nobody facilitates it at present",
        f"{escape(assessment.framework.title)} {escape(assessment.framework.version)}",
        *_how_levels_come_about(assessment),
        *_two_teams(assessment),
    ]
    if assessment.closing_date is not None:
        # It may have passed, and nothing redraws the board on the day after, so no word says when it is read.
        label = "closing date:" if assessment.active else "the closing date was"
        parts.insert(2, f"{label} {day_words(assessment.closing_date)}")
    if assessment.state_changed_by is not None and assessment.state_changed_at is not None:
        when = slack_date(assessment.state_changed_at, "{date_long} at {time}")
        who = names.of(assessment.state_changed_by)
        parts.append(f"{_BROUGHT_ABOUT[assessment.state]} by {who} on {when}")
    if assessment.state_reason:
        parts.append(f"reason: {shorten(assessment.state_reason, 300)}")
    return " · ".join(parts)
