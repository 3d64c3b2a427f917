"""Who takes part: joining, roles, and leads of dimensions."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission, UnreadableForm
from bot.place import Place
from bot.services.assessing import Refused, find_assessment, take_step, why_not
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import notice_modal
from bot.views.reference import BadReference
from bot.views.refusals import refusal_sentence
from bot.views.roster_modals import REMOVE, lead_modal, people_modal
from bot.views.vote_receipts import joined_receipt, lead_receipt, people_receipt
from model.assessment import Assessment, Role
from model.guards import not_facilitator
from model.refusals import Refusal
from model.steps import AddPeople, GiveLead, Join, RemovePerson, SetRole, Step


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons for people, and their forms."""
    app.action(ActionId.JOIN.value)(handling.press(press_join))
    app.action(ActionId.PEOPLE.value)(handling.press(press_people))
    app.action(ActionId.CHANGE_PERSON.value)(handling.press(press_change_person))
    app.action(ActionId.GIVE_LEAD.value)(handling.press(press_give_lead))
    app.view(ViewId.PEOPLE.value)(handling.submission(submit_people))
    app.view(ViewId.LEAD.value)(handling.submission(submit_lead))


async def press_join(bot: Bot, press: Press) -> None:
    """Take part as an assessor."""
    if await take_step(bot.database, press.asked, press.reference.assessment, Join()) is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, joined_receipt())


async def press_people(bot: Bot, press: Press) -> None:
    """Show who takes part, for facilitators."""
    await _open(bot, press, lambda each: not_facilitator(each, press.asked.person), people_modal)


async def press_give_lead(bot: Bot, press: Press) -> None:
    """Ask who leads a dimension, for facilitators."""
    dimension_id = press.reference.dimension

    def refused(assessment: Assessment) -> Refusal | None:
        # A person whom nobody is, so that an unchanged lead may be looked at.
        return why_not(assessment, press.asked, GiveLead(dimension_id, "\N{NULL}"))

    await _open(bot, press, refused, lambda assessment: lead_modal(assessment, dimension_id))


async def _open(
    bot: Bot,
    press: Press,
    refused: Callable[[Assessment], Refusal | None],
    form: Callable[[Assessment], View],
) -> None:
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = refused(assessment)
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return form(assessment)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def press_change_person(bot: Bot, press: Press) -> None:
    """Give somebody another role or take them off the list, and show the list as it is then."""
    about = press.reference
    step: Step = RemovePerson(about.person)
    if about.role != REMOVE:
        step = SetRole(about.person, _role(about.role))
    try:
        taken = await take_step(bot.database, press.asked, about.assessment, step)
    except Refused as refused:
        framework = None if refused.assessment is None else refused.assessment.framework
        view = notice_modal(refusal_sentence(refused.refusal, framework, bot.zone))
    else:
        if taken is None:
            return
        bot.dispatcher.wake()
        view = people_modal(taken.after)
    await bot.show_view(press.place.workspace_id, press.view_id, view)


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise BadReference(value[:20]) from None


async def submit_people(bot: Bot, submission: Submission) -> FormAnswer:
    """Put people on the roster."""
    people = submission.choices(InputId.PEOPLE)
    try:
        role = Role(submission.choice(InputId.ROLE))
    except ValueError:
        raise UnreadableForm from None
    step = AddPeople(people, role)
    return await _submitted(bot, submission, step, lambda after: people_receipt(len(set(people))))


async def submit_lead(bot: Bot, submission: Submission) -> FormAnswer:
    """Give a dimension to somebody, or take it back."""
    dimension_id = submission.reference.dimension
    step = GiveLead(dimension_id, submission.choice(InputId.PEOPLE) or None)
    return await _submitted(bot, submission, step, lambda after: lead_receipt(after, dimension_id))


async def _submitted(
    bot: Bot, submission: Submission, step: Step, receipt: Callable[[Assessment], str]
) -> FormAnswer:
    taken = await take_step(bot.database, submission.asked, submission.reference.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(submission.place.workspace_id, submission.place.person, taken.after.channel_id)
    return Accepted(receipt(taken.after), place)
