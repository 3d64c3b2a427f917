"""The actions library in Slack: what a search found, and one action at length."""

from __future__ import annotations

from collections.abc import Container, Sequence

from bot.views.block_kit.blocks import Block, Message, View, actions, button, context, header, modal, section
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names, link, slack_date
from model.framework.framework import Framework
from model.library.council_library import Provenance
from model.library.library import Action, Library
from model.plan.item import Worked
from model.suggestions.track_record import TrackRecord

_ANSWERS = {Worked.YES: "yes", Worked.PARTLY: "partly", Worked.NO: "no"}


def found_actions(
    framework: Framework,
    query: str,
    found: Sequence[Action],
    total: int,
    command: str,
    *,
    own: Container[str] = frozenset(),
) -> Message:
    """The best matches, each with its step and effort.

    Args:
        framework: For the names of dimensions and levels.
        query: What was searched for, as typed.
        found: The matches, the best first.
        total: How many actions there are in all.
        command: The slash command.
        own: The ids of the council's own.
    """
    words = f" for “{escape(query[:60])}”" if query else ""
    if not found:
        text = f"Nothing in the library{words}. Try fewer or other words, such as {command} library data."
        return Message(text, (section(text),))
    lines = [
        _line(framework, action) + (" Your council's own." if action.id in own else "") for action in found
    ]
    head = f"The actions library{words}"
    note = f"{count(total, 'action')} in the library. Search with {command} library and a few words."
    rows = [section(line, accessory=_details(action)) for line, action in zip(lines, found, strict=True)]
    blocks: list[Block] = [section(f"*{head}*"), *rows, context(note)]
    return Message("\n".join([head, *lines, note]), tuple(blocks))


def action_modal(
    framework: Framework,
    library: Library,
    action: Action,
    record: TrackRecord | None = None,
    origin: str | None = None,
    remove: Reference | None = None,
) -> View:
    """One action at length, with what became of it here where that was counted.

    Args:
        framework: For the names of dimensions and levels.
        library: Where it stands, with what is to be done before it.
        action: The action.
        record: What became of it in this workspace.
        origin: Where it came from, escaped, where it is the council's own.
        remove: What a button to take it out of the library is about, for whoever may.
    """
    benefits = [escape(framework.benefit(each).name.lower()) for each in action.benefits]
    before = [escape(library.action(each).title) for each in action.prerequisites]
    blocks: list[Block] = [
        header(action.title),
        section(escape(action.summary)),
        section(f"*Why*\n{escape(action.why)} It serves {join_names(benefits)}."),
        section(f"*{step_words(framework, action)}*\n{effort_words(action)}"),
        *([section("*Do first*\n" + "\n".join(f"• {title}" for title in before))] if before else []),
        section(
            "*Steps*\n"
            + "\n".join(f"{number}. {escape(step)}" for number, step in enumerate(action.steps, 1))
        ),
        section("*Milestones*\n" + "\n".join(_milestone(each.name, each.week) for each in action.milestones)),
        section(f"*How you know it worked*\n{escape(action.success)}"),
        section("*Evidence it produces*\n" + "\n".join(f"• {escape(each)}" for each in action.evidence)),
        *([section(f"*What became of it here*\n{record_words(record)}")] if record is not None else []),
        *_questions(framework, action),
        *_reading(action),
        *([section(f"*Where it came from*\n{origin}")] if origin is not None else []),
        *([actions(_remove(action, remove))] if remove is not None else []),
        context(_source(action)),
    ]
    return modal(ViewId.ACTION, "Action", blocks)


def _remove(action: Action, about: Reference) -> Block:
    return button(
        "Take out of our library…",
        ActionId.REMOVE_ACTION,
        about,
        accessibility_label=f"Take out of our library: {action.title}",
    )


def remove_modal(action: Action, channel_id: str) -> View:
    """The form that asks once more, and says what stays."""
    words = (
        f"This takes *{escape(action.title)}* out of your council's own library, for everybody in this "
        "workspace: it is not found or suggested any more. Plans that have it keep it, with their dates and "
        "milestones. That it was in the library, and who took it out, stays on record."
    )
    return modal(
        ViewId.REMOVE_ACTION,
        "Take out of library",
        [section(words)],
        submit="Take it out",
        close="Keep it",
        reference=Reference(action=action.id, channel=channel_id),
    )


def removed_receipt(title: str) -> str:
    """After it was taken out."""
    return f"{escape(title)} is no longer in your library. Plans that have it keep it."


def origin_words(came: Provenance, *, names: Names, address: str | None) -> str:
    """Who proposed it, who took it into the library and when, with the message it began with if given."""
    when = slack_date(came.added_at, "{date_long}")
    if came.added_by is None:
        words = f"Your council's own, added from a file on {when}."
    elif came.proposed_by is None:
        words = f"Your council's own, added by {names.of(came.added_by)} on {when}."
    else:
        words = (
            f"Your council's own: proposed by {names.of(came.proposed_by)}, "
            f"added by {names.of(came.added_by)} on {when}."
        )
    if came.changed_at is not None:
        words += f" Its words were changed from a file on {slack_date(came.changed_at, '{date_long}')}."
    return f"{words} {link(address, 'Go to the message')}" if address is not None else words


def record_words(record: TrackRecord) -> str:
    """How often an action was taken on in this workspace, and what happened, with every count."""
    sentences = [f"Taken on {_times(record.taken)}, finished {_times(record.done)}."]
    if record.worked:
        answers = [f"{_ANSWERS[each]} {_times(number)}" for each, number in record.worked.items()]
        sentences.append(f"Asked whether it worked, teams said {join_names(answers)}.")
    if record.looked_again:
        same = record.looked_again - record.higher - record.lower
        sentences.append(
            f"Of the {count(record.looked_again, 'time')} the dimension was looked at again, its level was "
            f"higher {_times(record.higher)}, the same {_times(same)} and lower {_times(record.lower)}. "
            "That need not be because of the action."
        )
    return " ".join(sentences)


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number) or count(number, "time")


def _line(framework: Framework, action: Action) -> str:
    return f"*{escape(action.title)}*\n{step_words(framework, action)}. {effort_words(action)}"


def step_words(framework: Framework, action: Action) -> str:
    """The step that an action takes, such as "Data: from 1 Passive to 2 Developing"."""
    name = escape(framework.dimension(action.dimension).name)
    start, end = level_name(framework, action.from_level), level_name(framework, action.to_level)
    return f"{name}: from {escape(start)} to {escape(end)}"


def effort_words(action: Action) -> str:
    """What an action takes, as the library says it."""
    effort = action.effort
    return (
        f"About {count(action.weeks, 'week')}; people's time {effort.time.value}, "
        f"money {effort.money.value}, skills {effort.skills.value}."
    )


def _milestone(name: str, week: int) -> str:
    return f"• Week {week}: {escape(name)}"


def _questions(framework: Framework, action: Action) -> list[Block]:
    if not action.prompts:
        return []
    questions = [f"• {escape(framework.prompt(each).question)}" for each in action.prompts]
    return [section("*Questions it answers*\n" + "\n".join(questions))]


def _reading(action: Action) -> list[Block]:
    if not action.reading:
        return []
    return [
        section(
            "*Further reading*\n"
            + "\n".join(f"• {escape(each.title)} ({escape(each.publisher)})" for each in action.reading)
        )
    ]


def _source(action: Action) -> str:
    parts = [escape(part) for part in (action.author, action.licence) if part is not None]
    return ", ".join([*parts, f"id: {action.id}"])


def _details(action: Action) -> Block:
    return button(
        "Details",
        ActionId.ACTION_DETAILS,
        Reference(action=action.id),
        accessibility_label=f"Details: {action.title}",
    )
