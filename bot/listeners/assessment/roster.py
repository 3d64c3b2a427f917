"""Who takes part: joining, roles, and leads of dimensions."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form, step_by_form, step_by_press
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.assessment.finding import channel_of
from bot.services.assessment.stepping import take_step, why_not
from bot.views.assessment.people_forms import REMOVE, lead_modal, people_modal
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.questions.receipts import joined_receipt, lead_receipt, people_receipt, took_over_receipt
from model.assessment.assessment import Assessment, Role
from model.assessment.guards import not_facilitator
from model.assessment.steps import AddPeople, GiveLead, Join, RemovePerson, SetRole, Step, TakeOver
from model.refusals import Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons for people, and their forms."""
    app.action(ActionId.JOIN.value)(handling.press(press_join))
    app.action(ActionId.TAKE_OVER.value)(handling.press(press_take_over))
    app.action(ActionId.PEOPLE.value)(handling.press(press_people))
    app.action(ActionId.CHANGE_PERSON.value)(handling.press(press_change_person))
    app.action(ActionId.GIVE_LEAD.value)(handling.press(press_give_lead))
    app.view(ViewId.PEOPLE.value)(handling.submission(submit_people))
    app.view(ViewId.LEAD.value)(handling.submission(submit_lead))


async def press_join(bot: Bot, press: Press) -> None:
    """Take part as an assessor."""
    await step_by_press(bot, press, Join(), lambda taken: joined_receipt(taken.after))


async def press_take_over(bot: Bot, press: Press) -> None:
    """Facilitate what nobody facilitates any more."""
    await step_by_press(bot, press, TakeOver(), lambda taken: took_over_receipt())


async def press_people(bot: Bot, press: Press) -> None:
    """Show who takes part, for facilitators."""
    await open_form(bot, press, lambda each: not_facilitator(each, press.asked.person), people_modal)


async def press_give_lead(bot: Bot, press: Press) -> None:
    """Ask who leads a dimension, for facilitators."""
    dimension_id = press.reference.dimension

    def refused(assessment: Assessment) -> Refusal | None:
        # A person whom nobody is, so that an unchanged lead may be looked at.
        return why_not(assessment, press.asked, GiveLead(dimension_id, "\N{NULL}"))

    await open_form(bot, press, refused, lambda assessment: lead_modal(assessment, dimension_id))


async def press_change_person(bot: Bot, press: Press) -> None:
    """Give somebody another role or take them off the list, and show the list as it is then."""
    about = press.reference
    step: Step = RemovePerson(about.person)
    if about.role != REMOVE:
        step = SetRole(about.person, _role(about.role))
    try:
        taken = await take_step(bot.desk, press.asked, about.assessment, step)
    except Refused as refused:
        framework = None if refused.assessment is None else refused.assessment.framework
        view = notice_modal(told_refusal(bot, refused.refusal, framework, press.asked.person))
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
    members = await _members(bot, submission)
    outside = [] if members is None else [each for each in dict.fromkeys(people) if each not in members]
    step = AddPeople(people, role)
    return await step_by_form(bot, submission, step, lambda after: people_receipt(len(set(people)), outside))


async def _members(bot: Bot, submission: Submission) -> frozenset[str] | None:
    """Who is in the channel of the assessment, as far as Slack tells."""
    workspace_id = submission.place.workspace_id
    channel_id = await channel_of(bot.database, workspace_id, submission.reference.assessment)
    return None if channel_id is None else await bot.members.people(workspace_id, channel_id)


async def submit_lead(bot: Bot, submission: Submission) -> FormAnswer:
    """Give a dimension to somebody, or take it back."""
    dimension_id = submission.reference.dimension
    step = GiveLead(dimension_id, submission.choice(InputId.PEOPLE) or None)
    return await step_by_form(bot, submission, step, lambda after: lead_receipt(after, dimension_id))
