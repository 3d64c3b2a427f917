"""The Home tab: what waits for one person. Only they see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from bot.views.block_kit.blocks import Block, View, actions, button, context, header, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.outcome_card import answer_buttons
from bot.views.plan.proposed_items import decide_buttons
from bot.views.results.results import overall_words
from bot.views.wording.levels import ASSESSMENT_STATES, DIMENSION_STATES, done_count
from bot.views.wording.questions import place_of
from bot.views.wording.text import count, escape, join_names, link, person, shorten
from model.home import DueMilestone, Home, ItemToSee, ProposalToSee, Task, can_be_revealed

_Each = TypeVar("_Each")
# Slack lets a Home tab have 100 blocks. A list becomes a few paragraphs, a milestone a block.
# How many lines of a list are shown at most; fewer where all of them would be over a view's size.
_MOST_LINES = (15, 10, 6, 3)
# Bytes of JSON. Slack takes 250,000 (docs.slack.dev/reference/views).
_ROOM = 240_000
_MOST_MILESTONES = 15
_MOST_RESULTS = 5
_MOST_ITEMS = 3
NOTHING = "Nothing is waiting for you."


def home_view(home: Home, *, today: date, command: str) -> View:
    """The tab as it should look now.

    Args:
        home: What there is for this person.
        today: The date where the council is.
        command: The slash command.
    """
    for most in _MOST_LINES:
        view = _drawn(home, today, command, most)
        if len(json.dumps(view)) <= _ROOM:
            break
    return view


def _drawn(home: Home, today: date, command: str, most: int) -> View:
    def listed(title: str, found: Sequence[_Each], line: Callable[[_Each], str]) -> list[Block]:
        return _listed(title, found, line, most)

    blocks: list[Block] = [
        header("Waiting for you"),
        *([] if home.waiting else [section(NOTHING)]),
        *listed("Your vote", home.votes, _question),
        *listed("Votes to reveal", home.reveal, _to_reveal),
        *listed("Votes to agree a level from", home.agree, _question),
        *listed("Levels to confirm", home.confirm, _dimension),
        *listed("Dimensions you lead", home.leads, _led),
        *_milestones(home.milestones, today),
        *listed("Proposals to look at", home.proposals, _proposal),
        *_to_judge(home.to_judge),
        *_to_decide(home.to_decide),
        *listed("Under way", home.under_way, _assessment),
        *listed("Latest results", home.results[:_MOST_RESULTS], _results),
        actions(
            button("Start an assessment", ActionId.START, Reference(), style="primary"),
            button("Reminders and days away…", ActionId.SETTINGS, Reference()),
        ),
        context(f"This is drawn whenever you open it. {escape(command)} help says what can be typed."),
    ]
    return {"type": "home", "blocks": blocks}


def _listed(title: str, found: Sequence[_Each], line: Callable[[_Each], str], most: int) -> list[Block]:
    """A list under its title; nothing where there is nothing."""
    if not found:
        return []
    lines = [f"*{title}* ({len(found)})", *(f"• {line(each)}" for each in found[:most])]
    if len(found) > most:
        lines.append(f"And {len(found) - most:,} more.")
    return paragraphs(lines)


def _where(task: Task, label: str) -> str:
    return "" if task.address is None else f" · {link(task.address, label)}"


def _title(task: Task) -> str:
    return escape(task.assessment.title)


def _question(task: Task) -> str:
    question = shorten(task.assessment.framework.prompt(task.about).question, 240)
    place = place_of(task.assessment, task.about)
    return f"{place} ({_title(task)}): {question}{_where(task, 'Go to the question')}"


def _to_reveal(task: Task) -> str:
    can = can_be_revealed(task.assessment, task.about)
    return _question(task) + ("" if can else " · no level to reveal: vote, leave out or put off")


def _name(task: Task) -> str:
    return escape(task.assessment.framework.dimension(task.about).name)


def _dimension(task: Task) -> str:
    return f"{_name(task)} ({_title(task)}){_where(task, 'Go to the level')}"


def _led(task: Task) -> str:
    dimension = task.assessment.dimension(task.about)
    state = DIMENSION_STATES[dimension.state]
    answered = f"{dimension.answered_count} of {count(len(dimension.prompts), 'question')} answered"
    return f"{_name(task)} ({_title(task)}): {state}, {answered}{_where(task, 'Go to the thread')}"


def _assessment(task: Task) -> str:
    done, total = done_count(task.assessment)
    state = ASSESSMENT_STATES[task.assessment.state]
    so_far = f"{state}, {done} of {count(total, 'dimension')} confirmed"
    return f"{_title(task)}: {so_far}{_where(task, 'Go to the board')}"


def _results(task: Task) -> str:
    framework = task.assessment.framework
    again = [
        escape(framework.dimension(each.dimension_id).name)
        for each in task.assessment.dimensions
        if each.reviewed
    ]
    words = overall_words(task.assessment)
    if again:
        words += f", with {join_names(again)} looked at again"
    return f"{_title(task)}: {words}{_where(task, 'Go to the results')}"


def _proposal(each: ProposalToSee) -> str:
    where = "" if each.address is None else f" · {link(each.address, 'Go to the message')}"
    supporters = len(each.proposal.supporters)
    support = f", {count(supporters, 'supporter')}" if supporters else ""
    return f"{shorten(each.proposal.title, 200)}{support}{where}"


def _to_decide(found: Sequence[ItemToSee]) -> list[Block]:
    if not found:
        return []
    blocks = [section(f"*Proposed for the plan* ({len(found)})")]
    for number, each in enumerate(found[:_MOST_ITEMS]):
        line = f"• {shorten(each.item.title, 100)}, proposed by {person(each.item.added_by)}"
        about = Reference(assessment=each.assessment_id, item=each.item.id)
        opener = button("Open", ActionId.OPEN_ITEM, about, accessibility_label=f"Open {each.item.title}")
        row = actions(*decide_buttons(each.assessment_id, each.item), opener)
        blocks += [section(line), {**row, "block_id": f"decide-{number}"}]
    if len(found) > _MOST_ITEMS:
        blocks.append(section(f"And {len(found) - _MOST_ITEMS:,} more."))
    return blocks


def _to_judge(found: Sequence[ItemToSee]) -> list[Block]:
    if not found:
        return []
    blocks = [section(f"*Did it work?* ({len(found)})")]
    for number, each in enumerate(found[:_MOST_ITEMS]):
        row = actions(*answer_buttons(Reference(assessment=each.assessment_id, item=each.item.id)))
        line = section(f"• {shorten(each.item.title, 100)} is done.")
        blocks += [line, {**row, "block_id": f"judge-{number}"}]
    if len(found) > _MOST_ITEMS:
        blocks.append(section(f"And {len(found) - _MOST_ITEMS:,} more."))
    return blocks


def _milestones(found: Sequence[DueMilestone], today: date) -> list[Block]:
    if not found:
        return []
    blocks = [section(f"*Your milestones* ({len(found)})")]
    blocks += [_milestone(each, number, today) for number, each in enumerate(found[:_MOST_MILESTONES])]
    if len(found) > _MOST_MILESTONES:
        blocks.append(section(f"And {len(found) - _MOST_MILESTONES:,} more."))
    return blocks


def _milestone(each: DueMilestone, number: int, today: date) -> Block:
    due = each.milestone.due.strftime("%-d %B %Y")
    late = " (overdue)" if each.overdue(today) else ""
    line = f"• {due}{late}: {shorten(each.milestone.name, 200)}, for {shorten(each.item.title, 200)}"
    reference = Reference(assessment=each.assessment_id, item=each.item.id)
    label = f"Open {each.item.title}"
    opener = button("Open", ActionId.OPEN_ITEM, reference, accessibility_label=label)
    return section(line, accessory=opener, block_id=f"milestone-{number}")
