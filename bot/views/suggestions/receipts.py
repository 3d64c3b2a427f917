"""What the one who asks for suggestions, or decides about one, is told privately."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, Message, actions, button, option, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.parts import day_words
from bot.views.wording.text import count, escape, link
from model.assessment.assessment import Assessment
from model.library.library import Amount
from model.plan.plan import ItemStatus, PlanItem
from model.suggestions.suggestion import Candidate

CAPACITIES = {
    Amount.LOW: "Low: what fits beside everything else",
    Amount.MEDIUM: "Medium: some days, some money",
    Amount.HIGH: "High: people and money set aside",
}
_MOST_NAMED = 6


def suggested(
    assessment: Assessment, fresh: Sequence[Candidate], capacity: Amount | None, address: str | None
) -> Message:
    """After new ones were wanted."""
    text = f"{count(len(fresh), 'suggestion')} on the way, as cards in {_thread(address)}."
    return _with_capacity(text, assessment, capacity, _why_not_others(assessment))


def still_open(
    assessment: Assessment, waiting: Sequence[Candidate], capacity: Amount | None, address: str | None
) -> Message:
    """When as many as come at once still wait for a decision."""
    text = (
        f"{count(len(waiting), 'suggestion')} still waiting for your decision in {_thread(address)}:\n"
        f"{_titles(waiting)}\nDecide about them there, or ask for more."
    )
    about = Reference(assessment=assessment.id)
    more = button("More suggestions", ActionId.MORE_SUGGESTIONS, about)
    return _with_capacity(text, assessment, capacity, more, _why_not_others(assessment))


def all_suggested(
    assessment: Assessment, waiting: Sequence[Candidate], capacity: Amount | None, address: str | None
) -> Message:
    """When everything that fits has been suggested."""
    text = (
        f"Everything that fits has been suggested, in {_thread(address)}. These wait for your decision:\n"
        f"{_titles(waiting)}\nMore will fit when a level or a target changes."
    )
    return _with_capacity(text, assessment, capacity, _why_not_others(assessment))


def on_the_way() -> str:
    """When the last ones are not posted yet."""
    return "The suggestions that were just asked for are on their way. Please look at those first."


def nothing_fits(assessment: Assessment, *, gaps: bool) -> Message:
    """When there are targets, and nothing leads towards them."""
    text = (
        "The library has nothing left that fits your gaps: what it has is in your plan, done, not for you, "
        "or for another level. “Why not others” names each with its reason."
        if gaps
        else "Every dimension with a target has reached it, so there is no gap to suggest actions for. "
        "Set a higher target to go on."
    )
    row = actions(_why_not_others(assessment))
    return Message(text, (section(text), row))


def no_targets(assessment: Assessment) -> Message:
    """When nobody has set a target."""
    text = (
        "There are no targets yet. Suggestions lead from where you are to where you want to be, "
        "so please set a target for a dimension or two first."
    )
    about = Reference(assessment=assessment.id)
    targets = button("Set targets", ActionId.TARGETS, about, style="primary")
    return Message(text, (section(text), actions(targets)))


def adopted_receipt(item: PlanItem, who_can: str, command: str) -> str:
    """After an action was added to the plan; `who_can` names those who take proposals in."""
    said = f"Added to the plan: *{escape(item.title)}*."
    if item.status is ItemStatus.PROPOSED:
        said = f"Proposed for the plan: *{escape(item.title)}*. It is taken in by {who_can}."
    following = item.next_milestone
    if following is not None:
        milestones = count(len(item.open_milestones), "milestone")
        first = f"the first “{escape(following.name)}” on {day_words(following.due)}"
        said += f" It has {milestones} from the library, {first}."
    return f"{said} To change it or to name owners, type {command} plan."


def stays_receipt(command: str) -> str:
    """After a reaction that had added an action was taken off."""
    return f"It stays in the plan without your reaction. To drop it, with a reason, type {command} plan."


def not_for_us_receipt() -> str:
    """After a suggestion was dismissed."""
    return (
        "Noted with your reason; it is not suggested again. "
        "To take that back, press *Suggest it after all* on its card."
    )


def taken_back_receipt() -> str:
    """After a dismissal was taken back."""
    return "This suggestion is open again, and can be added to the plan."


def capacity_receipt(assessment: Assessment, capacity: Amount) -> Message:
    """After the capacity was chosen."""
    text = f"Noted for the team: *{CAPACITIES[capacity]}*. The next suggestions go by it."
    more = button("More suggestions", ActionId.MORE_SUGGESTIONS, Reference(assessment=assessment.id))
    return Message(text, (section(text), actions(more, _why_not_others(assessment))))


def capacity_menu(assessment_id: str, capacity: Amount | None, action_id: str = "") -> Block:
    """The menu for what the team can spare; `action_id` is what a list that holds the menu begins with."""
    options = [
        option(label, Reference(assessment=assessment_id, action=action_id, amount=each.value).encode())
        for each, label in CAPACITIES.items()
    ]
    menu: Block = {
        "type": "static_select",
        "action_id": ActionId.CAPACITY.value,
        "placeholder": {"type": "plain_text", "text": "Choose"},
        "options": options,
    }
    if capacity is not None:
        menu["initial_option"] = options[list(CAPACITIES).index(capacity)]
    return menu


def capacity_words(capacity: Amount | None) -> str:
    """What is asked beside the menu."""
    if capacity is None:
        return "What can the team spare of time, money and skills? While nobody says, effort does not count."
    return "What the team can spare of time, money and skills:"


def _with_capacity(text: str, assessment: Assessment, capacity: Amount | None, *buttons: Block) -> Message:
    asked = capacity_words(capacity)
    menu = capacity_menu(assessment.id, capacity)
    said = asked if capacity is None else f"{asked} {CAPACITIES[capacity]}."
    return Message(f"{text}\n{said}", (section(text), section(asked, accessory=menu), actions(*buttons)))


def _why_not_others(assessment: Assessment) -> Block:
    return button("Why not others", ActionId.WHY_NOT_OTHERS, Reference(assessment=assessment.id))


def _thread(address: str | None) -> str:
    words = "the thread of the results or the board"
    return words if address is None else link(address, "the thread")


def _titles(waiting: Sequence[Candidate]) -> str:
    lines = [f"• {escape(each.action.title)}" for each in waiting[:_MOST_NAMED]]
    if len(waiting) > _MOST_NAMED:
        lines.append(f"• and {len(waiting) - _MOST_NAMED} more")
    return "\n".join(lines)
