"""The card of one prompt in together mode: who has voted, then the votes, then one line once it is agreed.

Until the reveal nothing in it depends on a level that somebody chose: not a text, not a value, not an order.
"""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.menus import level_menu
from bot.views.block_kit.reference import Reference
from bot.views.last_time import last_time_parts
from bot.views.questions.level_row import level_row
from bot.views.questions.votes import vote_counts, vote_lines
from bot.views.wording.levels import prompt_answer
from bot.views.wording.people import Names
from bot.views.wording.questions import before_place, evidence_words, place_of
from bot.views.wording.teams import capital, how_both_reveal, other_side_line, own_team
from bot.views.wording.text import count, escape, join_names, shorten
from model.assessment.assessment import Assessment, AssessmentState, PromptProgress, PromptState
from model.assessment.history import THE_CLOSING_DATE
from model.assessment.last_time import LastTime

HOW_VOTING_WORKS = (
    "Press the highest level whose description is true today. Your vote is hidden until the reveal; then "
    "everyone sees it with your name. You can change it until a level is agreed."
)

WHO_IS_NOT_WAITED_FOR = "Facilitators may vote too, but nobody waits for them."
_BY_DATE = "as the closing date had passed"


def together_card(
    assessment: Assessment, progress: PromptProgress, *, names: Names, last: LastTime | None = None
) -> Message:
    """The card as it should look now, with last time beside it until a level is agreed."""
    running = assessment.state is AssessmentState.RUNNING
    if running and progress.state is PromptState.ASKED:
        return _voting_card(assessment, progress, names, last)
    if running and progress.state is PromptState.REVEALED:
        return _revealed_card(assessment, progress, names, last)
    return _settled_card(assessment, progress, names)


def _voting_card(
    assessment: Assessment, progress: PromptProgress, names: Names, last: LastTime | None
) -> Message:
    prompt = assessment.framework.prompt(progress.prompt_id)
    head = _head(assessment, progress)
    levels = [level_row(assessment, prompt, number) for number in range(1, 6)]
    leaders = _leaders(assessment, progress, names)
    voted = _who_has_voted(assessment, progress, names, leaders)
    who = "\n".join([voted, *other_side_line(assessment, progress)])
    held_back = assessment.held_back(progress.prompt_id)
    reference = Reference(assessment=assessment.id, prompt=progress.prompt_id)
    beside, last_button, last_line = last_time_parts(assessment, last, progress.prompt_id)
    how = f"{HOW_VOTING_WORKS} {how_both_reveal(assessment, progress, leaders)} {WHO_IS_NOT_WAITED_FOR}"
    blocks: list[Block] = [
        context(head),
        section(f"*{escape(prompt.question)}*"),
        *(block for _, block in levels),
        *beside,
        section(who),
        actions(
            button("Ready to reveal" if held_back else "Reveal", ActionId.REVEAL, reference),
            button("Not for me", ActionId.ABSTAIN, reference),
            *_always(reference),
            button("Put off", ActionId.PUT_OFF, reference),
            *last_button,
        ),
        context(how),
    ]
    lines = [f"{head}: {escape(prompt.question)}", who, *(line for line, _ in levels), *last_line, how]
    return Message("\n".join(lines), tuple(blocks))


def _head(assessment: Assessment, progress: PromptProgress) -> str:
    again = f", round {progress.round} of votes" if progress.round > 1 else ""
    place = place_of(assessment, progress.prompt_id) + again
    # The place names the second team anyhow; the first is told apart only while both vote in one channel.
    return place if assessment.second_team is not None else before_place(own_team(assessment), place)


def _always(reference: Reference) -> list[Block]:
    return [
        button("Add evidence", ActionId.ADD_EVIDENCE, reference),
        button("More about this", ActionId.MORE_ABOUT_PROMPT, reference),
        button("Not applicable…", ActionId.NOT_APPLICABLE, reference),
    ]


def _who_has_voted(assessment: Assessment, progress: PromptProgress, names: Names, leaders: str) -> str:
    """In the order of the roster, so that the order of the presses tells nothing."""
    roster = [each.person for each in assessment.participants]
    voted = [f"✓ {names.of(person)}" for person in roster if progress.vote_of(person) is not None]
    missing = [names.of(person) for person in assessment.waiting_for(progress.prompt_id)]
    waiting = join_names(missing)
    if not assessment.assessors:
        waiting = "nobody, since nobody has joined as an assessor yet"
    elif not missing and progress.ready_at is None:
        waiting = f"{leaders}. Everyone who has joined has voted, and others may still join by voting"
    return f"*Voted* ({len(voted)}): {join_names(voted)}\n*Waiting for*: {waiting}"


def _leaders(assessment: Assessment, progress: PromptProgress, names: Names) -> str:
    dimension = assessment.dimension_of(progress.prompt_id)
    leaders = [names.of(person) for person in assessment.leaders(dimension.dimension_id)]
    return join_names(leaders) if leaders else "whoever takes over on the board"


def _revealed_card(
    assessment: Assessment, progress: PromptProgress, names: Names, last: LastTime | None
) -> Message:
    prompt = assessment.framework.prompt(progress.prompt_id)
    head = _head(assessment, progress)
    lines = vote_lines(assessment, progress, names)
    leaders = _leaders(assessment, progress, names)
    small = (
        f"{_revealed_by_date(progress)}{capital(leaders)} can agree a level. "
        "Votes can be changed until then, and are marked if they are. "
        f"{evidence_words(progress).capitalize()}."
    )
    change = level_menu("Change my vote", ActionId.LEVEL, assessment, progress.prompt_id)
    reference = Reference(assessment=assessment.id, prompt=progress.prompt_id)
    beside, last_button, last_line = last_time_parts(assessment, last, progress.prompt_id)
    blocks: list[Block] = [
        context(head),
        section(f"*{escape(prompt.question)}*"),
        *paragraphs(lines),
        *beside,
        actions(*_agree_buttons(assessment, progress, reference)),
        actions(
            change,
            button("Not for me", ActionId.ABSTAIN, reference),
            *_always(reference),
            button("Put off", ActionId.PUT_OFF, reference),
            *last_button,
        ),
        context(small),
    ]
    spoken = vote_lines(assessment, progress, names, bars=False)
    text = [f"{head}: {escape(prompt.question)}", *spoken, *last_line, small]
    return Message("\n".join(text), tuple(blocks))


def _revealed_by_date(progress: PromptProgress) -> str:
    return f"Revealed {_BY_DATE}. " if progress.revealed_by == THE_CLOSING_DATE else ""


def _agree_buttons(assessment: Assessment, progress: PromptProgress, reference: Reference) -> list[Block]:
    buttons = [
        button("Another level or dissent…", ActionId.AGREE_OTHER, reference),
        button("Vote again…", ActionId.VOTE_AGAIN, reference),
    ]
    if progress.median is None:
        return buttons
    label = f"Agree {progress.median} – {assessment.framework.level(progress.median).name}"
    about = reference.model_copy(update={"level": progress.median})
    return [button(label, ActionId.AGREE, about, style="primary"), *buttons]


def _settled_card(assessment: Assessment, progress: PromptProgress, names: Names) -> Message:
    prompt = assessment.framework.prompt(progress.prompt_id)
    lines = [escape(prompt.question), _standing(assessment, progress, names)]
    if progress.reason:
        lines.append(f"Reason: {shorten(progress.reason, 1_000)}")
    if progress.dissent:
        lines.append(f"Dissent: {shorten(progress.dissent, 1_000)}")
    small = [place_of(assessment, progress.prompt_id), evidence_words(progress)]
    if progress.state is PromptState.AGREED:
        small.extend(vote_counts(assessment, progress, names))
    if assessment.state is not AssessmentState.RUNNING and not progress.settled:
        small.append(f"the assessment is {assessment.state.value}")
    blocks: list[Block] = [section("\n".join(lines)), context(" · ".join(small))]
    buttons = _settled_buttons(assessment, progress)
    if buttons:
        blocks.append(actions(*buttons))
    return Message("\n".join([*lines, " · ".join(small)]), tuple(blocks))


def _standing(assessment: Assessment, progress: PromptProgress, names: Names) -> str:
    if progress.undecided:
        return "*Nothing agreed yet.*"
    answer = prompt_answer(assessment.framework, progress)
    words = f"*{escape(answer[0].upper() + answer[1:])}*"
    if progress.state is not PromptState.AGREED:
        return f"{words} by {names.of(progress.decided_by)}."
    if progress.agreed_by_all:
        when = f" {_BY_DATE}" if progress.revealed_by == THE_CLOSING_DATE else ""
        return f"{words}, agreed{when}: {_all_said_so(len(progress.levels))}."
    return f"{words}, agreed by {names.of(progress.decided_by)}."


def _all_said_so(votes: int) -> str:
    return "the only vote" if votes == 1 else f"all {count(votes, 'vote')} were the same"


def _settled_buttons(assessment: Assessment, progress: PromptProgress) -> list[Block]:
    """The buttons of an answer stay even after the end, since nothing redraws it then."""
    if not assessment.active and not progress.settled:
        return []
    reference = Reference(assessment=assessment.id, prompt=progress.prompt_id)
    evidence = button("Add evidence", ActionId.ADD_EVIDENCE, reference)
    if progress.undecided:
        return [evidence]
    if progress.state is PromptState.PUT_OFF:
        return [button("Answer now", ActionId.REOPEN, reference), evidence]
    return [button("Reopen…", ActionId.REOPEN_AGREED, reference), evidence]
