"""Setting the targets of a plan."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.filled_in import FilledIn, UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.said import Said
from bot.listeners.plan.stepping import BuildForm, open_plan_form, plan_by_form, plan_form
from bot.running.bot import Bot
from bot.services.assessment.finding import latest_in
from bot.services.plan.stepping import see_plan
from bot.views.assessment.status import no_assessment
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.plan.receipts import targets_receipt
from bot.views.plan.target_form import NO_TARGET, target_form
from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.guards import because, not_facilitator
from model.plan.plan_in_context import Planned
from model.plan.steps import SetTargets, WantedTarget
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button, to each level that is chosen in the form, and to the form."""
    app.action(ActionId.TARGETS.value)(handling.press(press_targets))
    app.action(InputId.TARGET_LEVEL.value)(handling.press(choose_level))
    app.view(ViewId.TARGETS.value)(handling.submission(submit_targets))


async def press_targets(bot: Bot, press: Press) -> None:
    """Open the form: for the dimension of the button, or for all."""
    await open_plan_form(bot, press, _form(press.asked.person, press.reference.dimension))


async def open_targets(bot: Bot, said: Said) -> None:
    """Open the form for all dimensions, by the command in a channel."""
    channel_id = said.place.channel_id or ""
    assessment = await latest_in(bot.database, said.place.workspace_id, channel_id)
    if assessment is None:
        await bot.tell(said.place, no_assessment(bot.command, channel_id))
        return
    about = assessment

    async def build() -> View:
        return await targets_form(bot, said, about)

    await bot.open_form(said.place.workspace_id, said.trigger_id, build)


async def targets_form(bot: Bot, said: Said, assessment: Assessment) -> View:
    """The form for all dimensions, by the command."""
    return await plan_form(bot, said.asked, assessment.id, _form(said.asked.person))


def _form(person: str, only: str = "") -> BuildForm:
    def form(planned: Planned) -> View | Refusal:
        assessment = planned.assessment
        theirs = _dimensions_of(person, assessment, only)
        if assessment.state is AssessmentState.CANCELLED:
            return because(assessment, Reason.ASSESSMENT_CANCELLED)
        if not theirs:
            return not_facilitator(assessment, person) or Refusal(Reason.UNKNOWN_DIMENSION)
        return target_form(planned.plan, assessment, theirs, only=only)

    return form


def _dimensions_of(person: str, assessment: Assessment, only: str) -> list[str]:
    """The dimensions whose targets somebody may set."""
    wanted = [only] if only else assessment.scope
    return [each for each in wanted if each in assessment.scope and person in assessment.leaders(each)]


async def choose_level(bot: Bot, press: Press) -> None:
    """Show the form with the fields that the chosen levels ask for, and where they would lead."""
    about = press.form
    planned = await see_plan(bot.desk, press.asked, about.assessment)
    theirs = _dimensions_of(press.asked.person, planned.assessment, about.dimension)
    chosen = {each: _level(press, each) for each in theirs if press.has(InputId.TARGET_LEVEL, each)}
    view = target_form(planned.plan, planned.assessment, theirs, chosen, about.dimension)
    await bot.show_view(press.place.workspace_id, press.view_id, view)


async def submit_targets(bot: Bot, submission: Submission) -> FormAnswer:
    """Set what the form says."""
    dimensions = submission.parts(InputId.TARGET_LEVEL)
    step = SetTargets(tuple(_wanted(submission, each) for each in dimensions))
    return await plan_by_form(
        bot, submission, step, lambda taken: targets_receipt(taken.after, taken.assessment, taken.entries)
    )


def _wanted(form: FilledIn, dimension_id: str) -> WantedTarget:
    level = _level(form, dimension_id)
    if level is None:
        return WantedTarget(dimension_id, None)
    reason = form.text(InputId.TARGET_REASON, dimension_id)
    return WantedTarget(dimension_id, level, reason, form.day(InputId.TARGET_DATE, dimension_id))


def _level(form: FilledIn, dimension_id: str) -> int | None:
    value = form.choice(InputId.TARGET_LEVEL, dimension_id)
    if value in ("", NO_TARGET):
        return None
    if not value.isdecimal():
        raise UnreadableForm
    return int(value)
