"""The buttons on the card of a proposal, and their forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FieldFaults, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.proposals.form_values import details_of, draft_of
from bot.listeners.proposals.missed_reactions import caught_up
from bot.running.bot import Bot
from bot.services.proposals.accepting import DraftRefused, accept_proposal, why_not_accept
from bot.services.proposals.planning import plan_proposal
from bot.services.proposals.proposing import why_not_propose
from bot.services.proposals.stepping import (
    ProposalSeen,
    ProposalStepTaken,
    see_proposal,
    take_proposal_step,
    why_not,
)
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.library.form import accepted_receipt, draft_faults, library_modal
from bot.views.proposals.forms import dismiss_modal, edit_proposal_modal, plan_proposal_modal
from bot.views.proposals.receipts import (
    dismissed_receipt,
    edited_receipt,
    new_text_receipt,
    planned_receipt,
    reconsidered_receipt,
    supported_receipt,
    taken_back_receipt,
)
from model.proposals.proposal import BUTTON, Proposal
from model.proposals.steps import (
    DismissProposal,
    EditProposal,
    MarkPlanned,
    ProposalStep,
    Reconsider,
    Support,
    TakeNewText,
    TakeSupportBack,
)
from model.refusals import Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons and the forms."""
    app.action(ActionId.SUPPORT.value)(handling.press(press_support))
    app.action(ActionId.TAKE_SUPPORT_BACK.value)(handling.press(press_take_back))
    app.action(ActionId.TAKE_NEW_TEXT.value)(handling.press(press_new_text))
    app.action(ActionId.RECONSIDER.value)(handling.press(press_reconsider))
    app.action(ActionId.PLAN_PROPOSAL.value)(handling.press(press_plan))
    app.action(ActionId.PLAN_PROPOSAL_FORM.value)(handling.press(press_plan_form))
    app.action(ActionId.EDIT_PROPOSAL.value)(handling.press(press_edit))
    app.action(ActionId.DISMISS_PROPOSAL.value)(handling.press(press_dismiss))
    app.action(ActionId.ADD_TO_LIBRARY.value)(handling.press(press_library))
    app.view(ViewId.EDIT_PROPOSAL.value)(handling.submission(submit_edit))
    app.view(ViewId.PLAN_PROPOSAL.value)(handling.submission(submit_plan))
    app.view(ViewId.DISMISS_PROPOSAL.value)(handling.submission(submit_dismiss))
    app.view(ViewId.ADD_TO_LIBRARY.value)(handling.submission(submit_library))


async def press_support(bot: Bot, press: Press) -> None:
    """Support it, without a reaction."""
    async with caught_up(bot, press.asked, press.reference.proposal):
        await _by_press(bot, press, Support(BUTTON, press.asked.at), supported_receipt)


async def press_take_back(bot: Bot, press: Press) -> None:
    """Take back what the button gave."""
    step = TakeSupportBack(BUTTON, press.asked.at)
    async with caught_up(bot, press.asked, press.reference.proposal):
        await _by_press(bot, press, step, lambda after: taken_back_receipt(after, press.asked.person))


async def press_new_text(bot: Bot, press: Press) -> None:
    """Copy what the message says since it was edited."""
    await _by_press(bot, press, TakeNewText(), lambda after: new_text_receipt())


async def press_reconsider(bot: Bot, press: Press) -> None:
    """Take up again what was dismissed."""
    await _by_press(bot, press, Reconsider(), lambda after: reconsidered_receipt())


async def press_plan(bot: Bot, press: Press) -> None:
    """Add it to the plan as it is."""
    planned = await plan_proposal(bot.desk, press.asked, press.reference.proposal)
    if planned is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, planned_receipt(waits=planned.waits))


async def press_plan_form(bot: Bot, press: Press) -> None:
    """Ask for what the plan needs and the proposal lacks."""

    async def refused(seen: ProposalSeen) -> Refusal | None:
        about = EditProposal(seen.proposal.revision, "…", seen.assessment.scope[0])
        return await why_not_propose(bot.desk, press.asked, seen.assessment) or why_not(
            seen, press.asked, MarkPlanned(about)
        )

    def form(seen: ProposalSeen) -> View:
        proposes = press.asked.person not in seen.assessment.facilitators
        return plan_proposal_modal(seen.assessment, seen.proposal, proposes=proposes)

    await _open(bot, press, refused, form)


async def press_edit(bot: Bot, press: Press) -> None:
    """Open the form."""
    await _open(
        bot,
        press,
        _refused(press, lambda proposal: EditProposal(proposal.revision, "…")),
        lambda seen: edit_proposal_modal(seen.assessment, seen.proposal),
    )


async def press_dismiss(bot: Bot, press: Press) -> None:
    """Ask for the reason."""
    await _open(
        bot,
        press,
        _refused(press, lambda proposal: DismissProposal("…")),
        lambda seen: dismiss_modal(seen.proposal),
    )


async def press_library(bot: Bot, press: Press) -> None:
    """Ask for what an action of the library has and a proposal lacks."""

    async def refused(seen: ProposalSeen) -> Refusal | None:
        return why_not_accept(seen, press.asked)

    await _open(bot, press, refused, lambda seen: library_modal(bot.framework, seen.proposal))


async def submit_edit(bot: Bot, submission: Submission) -> FormAnswer:
    """Record what the form says."""
    return await _by_form(bot, submission, details_of(submission), edited_receipt())


async def submit_dismiss(bot: Bot, submission: Submission) -> FormAnswer:
    """Dismiss it."""
    step = DismissProposal(submission.text(InputId.REASON))
    return await _by_form(bot, submission, step, dismissed_receipt())


async def submit_plan(bot: Bot, submission: Submission) -> FormAnswer:
    """Add it to the plan with what the form says."""
    asked, about = submission.asked, submission.reference
    details = details_of(submission)
    planned = await plan_proposal(bot.desk, asked, about.proposal, details)
    if planned is None:
        return HANDLED_BEFORE
    return _answer(bot, submission, planned.taken, planned_receipt(waits=planned.waits))


async def submit_library(bot: Bot, submission: Submission) -> FormAnswer:
    """Take it into the library, or name what is wrong at each field."""
    draft = draft_of(submission)
    try:
        taken = await accept_proposal(bot.desk, submission.asked, submission.reference.proposal, draft)
    except DraftRefused as refused:
        return FieldFaults(draft_faults(refused.faults))
    return _answer(bot, submission, taken, accepted_receipt(draft.title.strip(), bot.command))


async def _by_press(
    bot: Bot, press: Press, step: ProposalStep, receipt: Callable[[Proposal], str | Message]
) -> None:
    taken = await take_proposal_step(bot.desk, press.asked, press.reference.proposal, step)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, receipt(taken.after))


async def _by_form(bot: Bot, submission: Submission, step: ProposalStep, receipt: str) -> FormAnswer:
    taken = await take_proposal_step(bot.desk, submission.asked, submission.reference.proposal, step)
    return _answer(bot, submission, taken, receipt)


def _answer(bot: Bot, submission: Submission, taken: ProposalStepTaken | None, receipt: str) -> FormAnswer:
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    source = taken.after.source
    thread = None if source is None else source.thread
    asked = submission.asked
    return Accepted(receipt, Place(asked.workspace_id, asked.person, taken.after.channel_id, thread))


def _refused(
    press: Press, probe: Callable[[Proposal], ProposalStep]
) -> Callable[[ProposalSeen], Awaitable[Refusal | None]]:
    """Why what a form is for would be refused anyway."""

    async def refused(seen: ProposalSeen) -> Refusal | None:
        return why_not(seen, press.asked, probe(seen.proposal))

    return refused


async def _open(
    bot: Bot,
    press: Press,
    refused: Callable[[ProposalSeen], Awaitable[Refusal | None]],
    form: Callable[[ProposalSeen], View],
) -> None:
    async def build() -> View:
        seen = await see_proposal(bot.desk, press.asked, press.reference.proposal)
        refusal = await refused(seen)
        if refusal is not None:
            return notice_modal(told_refusal(bot, refusal, seen.assessment.framework, press.asked.person))
        return form(seen)

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)
