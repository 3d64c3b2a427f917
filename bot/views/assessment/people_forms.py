"""The forms for the people of an assessment: roles, and the lead of a dimension."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, context, field, modal, option, section
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.text import escape, person
from model.assessment.assessment import Assessment, Mode, Participant, Role

ROLE_NAMES = {Role.FACILITATOR: "Facilitator", Role.ASSESSOR: "Assessor", Role.OBSERVER: "Observer"}
REMOVE = "remove"
_HINTS = {
    Role.FACILITATOR: "Leads, and may vote",
    Role.ASSESSOR: "Votes, and is waited for",
    Role.OBSERVER: "Reads along",
}
_QUICK_HINTS = {
    **_HINTS,
    Role.FACILITATOR: "Leads, and may answer",
    Role.ASSESSOR: "Answers, and is not waited for",
}
# A modal holds 100 blocks; the form below the list takes a few.
_MOST_SHOWN = 80
_MOST_ADDED = 30


def people_modal(assessment: Assessment) -> View:
    """Who takes part, each with a menu to change it, and a form to add people.

    Mentions in a modal notify nobody.
    """
    roster = [each for role in Role for each in assessment.participants if each.present and each.role is role]
    blocks: list[Block] = [section(f"*{escape(assessment.title)}*: who takes part")]
    blocks += [_row(assessment, each) for each in roster[:_MOST_SHOWN]]
    if len(roster) > _MOST_SHOWN:
        blocks.append(context(f"And {len(roster) - _MOST_SHOWN} more."))
    hints = _QUICK_HINTS if assessment.mode is Mode.QUICK else _HINTS
    roles = [option(name, role.value, hints[role]) for role, name in ROLE_NAMES.items()]
    blocks += [
        field(
            InputId.PEOPLE,
            "Add people",
            {"type": "multi_users_select", "max_selected_items": _MOST_ADDED},
            hint="Who is on the list already gets the role you choose.",
        ),
        field(InputId.ROLE, "As", {"type": "radio_buttons", "options": roles, "initial_option": roles[1]}),
    ]
    reference = Reference(assessment=assessment.id)
    return modal(ViewId.PEOPLE, "People", blocks, submit="Add", reference=reference)


def _row(assessment: Assessment, each: Participant) -> Block:
    choices = [
        (f"Make {name.lower()}", role.value) for role, name in ROLE_NAMES.items() if role is not each.role
    ]
    menu = {
        "type": "overflow",
        "action_id": ActionId.CHANGE_PERSON.value,
        "options": [
            option(label, Reference(assessment=assessment.id, person=each.person, role=value).encode())
            for label, value in [*choices, ("Remove", REMOVE)]
        ],
    }
    return section(f"{person(each.person)}: {ROLE_NAMES[each.role].lower()}", accessory=menu)


def lead_modal(assessment: Assessment, dimension_id: str) -> View:
    """The form that gives a dimension to somebody, or takes it back."""
    name = escape(assessment.framework.dimension(dimension_id).name)
    lead = assessment.dimension(dimension_id).lead
    chooser: Block = {"type": "users_select"}
    if lead is not None:
        chooser["initial_user"] = lead
    blocks = [
        section(f"*{name}*\nA lead has the rights of a facilitator in this dimension and nowhere else."),
        field(InputId.PEOPLE, "Lead", chooser, optional=True, hint="Leave it empty for no lead."),
    ]
    reference = Reference(assessment=assessment.id, dimension=dimension_id)
    return modal(ViewId.LEAD, "Lead", blocks, submit="Save", close="Cancel", reference=reference)
