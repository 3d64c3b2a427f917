"""Private receipts of together mode. Only the person who pressed sees the level in them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, Message, actions, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.menus import level_menu
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.people import to_be_invited
from bot.views.wording.text import escape, person
from model.assessment.assessment import Assessment, Mode, PromptState

_ALL_THE_SAME = "All votes were the same"
_ONLY_ONE = "There is only one vote"
_CHANGEABLE = "You can change it until a level is agreed."


def vote_receipt(before: Assessment, after: Assessment, prompt_id: str, by: str) -> Message:
    """What is recorded for somebody, with the ways to change it."""
    progress = after.prompt(prompt_id)
    vote = progress.vote_of(by)
    level = None if vote is None else vote.level
    if level is None:
        words = "Recorded: *not for me*. You are not counted on this question, and nobody will chase you."
    else:
        words = f"Recorded: *{escape(level_name(after.framework, level))}*."
    words += f" {_who_sees_it(after, prompt_id, level)}"
    if before.participant(by) is None:
        words += " You have joined the assessment as an assessor, since you voted."
    return _changeable(after, prompt_id, level, words)


def vote_stands(assessment: Assessment, prompt_id: str, by: str) -> Message:
    """After the same vote once more: what stands, with the ways to change it."""
    vote = assessment.prompt(prompt_id).vote_of(by)
    level = None if vote is None else vote.level
    said = "*not for me*" if level is None else _level(assessment, level)
    seen = _who_sees_it(assessment, prompt_id, level)
    return _changeable(assessment, prompt_id, level, f"Your vote stands: {said}. {seen}")


def _changeable(assessment: Assessment, prompt_id: str, level: int | None, words: str) -> Message:
    blocks: list[Block] = [section(words)]
    if assessment.prompt(prompt_id).undecided:
        reference = Reference(assessment=assessment.id, prompt=prompt_id)
        abstain = [] if level is None else [button("Not for me", ActionId.ABSTAIN, reference)]
        change = level_menu("Change it to…", ActionId.LEVEL, assessment, prompt_id)
        evidence = button("Add evidence", ActionId.ADD_EVIDENCE, reference)
        blocks.append(actions(change, evidence, *abstain))
    return Message(words, tuple(blocks))


def _who_sees_it(after: Assessment, prompt_id: str, level: int | None) -> str:
    progress = after.prompt(prompt_id)
    if progress.state is PromptState.AGREED:
        only = _ONLY_ONE if level is None else "Yours is the only vote"
        all_said = only if len(progress.levels) == 1 else _ALL_THE_SAME
        return f"{all_said}, so {_level(after, progress.level)} is agreed."
    if progress.state is PromptState.REVEALED:
        return f"The votes are revealed: everyone sees yours with your name. {_CHANGEABLE}"
    return f"It is hidden until the reveal; then everyone sees it with your name. {_CHANGEABLE}"


def _level(assessment: Assessment, level: int | None) -> str:
    return f"*{escape(level_name(assessment.framework, level))}*"


def revealed_receipt(after: Assessment, prompt_id: str) -> str:
    """After Reveal."""
    progress = after.prompt(prompt_id)
    if progress.state is PromptState.ASKED:
        return "Your team is ready. The votes are revealed as soon as the other team is ready too."
    if progress.state is PromptState.AGREED:
        all_said = _ONLY_ONE if len(progress.levels) == 1 else _ALL_THE_SAME
        return f"Revealed. {all_said}, so {_level(after, progress.level)} is agreed."
    return "Revealed: the votes are on the card, by name."


def agreed_receipt(after: Assessment, prompt_id: str) -> str:
    """After a level was agreed."""
    progress = after.prompt(prompt_id)
    bare = "" if progress.evidence else " It has no evidence yet: press *Add evidence* on the card."
    return f"Agreed: {_level(after, progress.level)}.{bare} To take it up again, press *Reopen…* on the card."


def vote_again_receipt() -> str:
    """After another round began."""
    return "The card takes votes again, hidden until the next reveal. The earlier ones are kept."


def reopened_with_reason_receipt() -> str:
    """After an agreed or left out prompt was reopened."""
    return "Reopened. Your reason is in the history, and the card takes votes or a level again."


def taken_up_receipt() -> str:
    """After Answer now."""
    return "Taken up again. The question is open on its card."


def joined_receipt(after: Assessment) -> str:
    """After joining."""
    part = f"You take part as an assessor in *{escape(after.title)}*."
    if after.mode is Mode.QUICK:
        return f"{part} In quick mode the first press answers, so nobody is waited for."
    return f"{part} Where a question is not yours, press *Not for me* on its card."


def left_receipt(after: Assessment, command: str) -> str:
    """After leaving. A board without Join, as in quick mode or a pause, takes the typed word all the same."""
    kept = "answers" if after.mode is Mode.QUICK else "votes"
    title = escape(after.title)
    return (
        f"You no longer take part in *{title}*. Your {kept} stay. Type {escape(command)} join to come back."
    )


def took_over_receipt() -> str:
    """After Take over."""
    return "You facilitate this assessment now. Under *People…* on the board you can name others."


def people_receipt(count: int, outside: Sequence[str] = ()) -> str:
    """After people were added or got another role; `outside` are those who are not in the channel yet."""
    done = "one person is" if count == 1 else f"{count} people are"
    return f"Done: {done} on the list with that role.{to_be_invited(outside, 'this', 'take part')}"


def lead_receipt(assessment: Assessment, dimension_id: str) -> str:
    """After a dimension was given to somebody or taken back."""
    name = escape(assessment.framework.dimension(dimension_id).name)
    lead = assessment.dimension(dimension_id).lead
    return f"{name} has no lead now." if lead is None else f"{person(lead)} leads {name} now."
