"""The card of a proposal, its forms and receipts: with the longest texts, and in whole sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.reports.readable_text import readable
from bot.views.block_kit.blocks import Message
from bot.views.block_kit.ids import InputId
from bot.views.block_kit.reference import Reference
from bot.views.library.form import accepted_receipt, draft_faults, library_modal
from bot.views.library.library import action_modal, found_actions, origin_words, remove_modal
from bot.views.proposals.card import proposal_card
from bot.views.proposals.forms import (
    dismiss_modal,
    edit_proposal_modal,
    plan_proposal_modal,
    propose_message_modal,
    propose_modal,
)
from bot.views.proposals.receipts import (
    CANCELLED,
    MESSAGE_GONE,
    NO_ASSESSMENT,
    NOTHING_SAID,
    dismissed_receipt,
    edited_receipt,
    joined_receipt,
    new_text_receipt,
    planned_receipt,
    propose_offer,
    proposed_receipt,
    reconsidered_receipt,
    support_notice,
    supported_receipt,
    taken_back_receipt,
)
from bot.views.wording.people import Names
from model.framework.framework import Framework
from model.library.council_library import Provenance
from model.library.draft import DraftFault, Flaw
from model.library.library import Amount, Library
from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, PlanItem
from model.proposals.proposal import (
    PROPOSAL_TEXT_LIMIT,
    PROPOSAL_TITLE_LIMIT,
    Accepted,
    Mark,
    Proposal,
    ProposalState,
    ProposedEffort,
    Source,
)
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.model.assessments import GRACE, NIA, NOW, started
from tests.model.libraries import action_data, library_of
from tests.model.proposals.small_proposal import BULB

COMMAND = "/milepost-of-the-council"
ADDRESS = "https://the-council-of-somewhere-or-other.slack.com/archives/C0123456789/p1700000001000100"
CROWD = tuple(f"U{number:03}SUPPORTER" for number in range(200))


@st.composite
def proposals(draw: st.DrawFn, framework: Framework) -> Proposal:
    """A proposal in any state, with what people type up to the limits."""
    typed = draw(words)
    title = " ".join(typed.split())[:PROPOSAL_TITLE_LIMIT] or "?"
    dimension = framework.dimensions[-1].id
    source = Source("C0123456789", "1700000001.000100", None, draw(st.sampled_from([None, GRACE, NIA])))
    source = replace(source, edited_text=draw(st.none() | words), deleted=draw(st.booleans()))
    crowd = draw(st.sampled_from([0, 1, 15, 16, 200]))
    amounts = st.none() | st.sampled_from(list(Amount))
    levels = draw(st.sampled_from([(None, None), (None, 3), (1, 2), (4, 5)]))
    return Proposal(
        id="P" * 20,
        assessment_id="A" * 32,
        channel_id="C0123456789",
        title=title,
        text=typed[:PROPOSAL_TEXT_LIMIT],
        proposed_by=NIA,
        proposed_at=NOW,
        state=draw(st.sampled_from(list(ProposalState))),
        state_by=GRACE,
        state_at=NOW,
        source=draw(st.sampled_from([None, source])),
        shortened=draw(st.booleans()),
        state_reason=draw(words)[:300],
        dimension_id=draw(st.sampled_from([None, dimension, "gone"])),
        from_level=levels[0],
        to_level=levels[1],
        effort=ProposedEffort(draw(amounts), draw(amounts), draw(amounts)),
        benefits=draw(st.sampled_from([(), ("gone",), tuple(each.id for each in framework.benefits)])),
        marks=tuple(Mark(each, BULB, True, NOW + timedelta(seconds=1)) for each in CROWD[:crowd]),
        accepted=draw(st.sampled_from([None, Accepted("x" * 60, NIA, NOW)])),
    )


def made_item(proposal: Proposal) -> PlanItem:
    reason = proposal.title.ljust(PLAN_REASON_LIMIT, "&")[:PLAN_REASON_LIMIT]
    status = ItemStatus.DROPPED
    return PlanItem(
        "I1", proposal.title, "d", 1, 2, status, NIA, NOW, NIA, NOW, NIA, NOW, status_reason=reason
    )


def named(name: str) -> Names:
    return Names(dict.fromkeys((*CROWD, GRACE, NIA), name))


@pytest.mark.parametrize("unit", UNITS)
@given(st.data(), words)
@settings(max_examples=25, deadline=None)
def test_slack_takes_everything_that_everybody_sees(unit: str, data: st.DataObject, name: str) -> None:
    of = framework(unit, *SHAPES[2])
    proposal = data.draw(proposals(of))
    check_shown(proposal_card(of, proposal, names=named(name), address=ADDRESS, emoji="light_bulb"))
    item = replace(made_item(proposal), status=data.draw(st.sampled_from(ItemStatus)))
    card = proposal_card(of, proposal, names=named(name), address=ADDRESS, emoji="light_bulb", item=item)
    check_shown(card)
    check_shown(
        proposal_card(of, proposal, names=named(name), address=ADDRESS, emoji="x", item=item, ended=True)
    )
    check_shown(support_notice(of, proposal, names=named(name), address=ADDRESS))


@pytest.mark.parametrize("unit", UNITS)
@given(st.data())
@settings(max_examples=10, deadline=None)
def test_slack_takes_every_form(unit: str, data: st.DataObject) -> None:
    of = framework(unit, *data.draw(st.sampled_from(SHAPES)))
    proposal, assessment = data.draw(proposals(of)), started(of)
    check_modal(propose_modal(assessment, text=proposal.text))
    dimension = data.draw(st.sampled_from([None, assessment.scope[0]]))
    check_modal(
        propose_message_modal(
            assessment, proposal.text, channel_id="C0123456789", ts="1.2", dimension_id=dimension
        )
    )
    check_modal(edit_proposal_modal(assessment, proposal))
    check_modal(plan_proposal_modal(assessment, proposal, proposes=True))
    check_modal(dismiss_modal(proposal))
    check_modal(library_modal(of, proposal))


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_slack_takes_every_receipt(data: st.DataObject) -> None:
    proposal = data.draw(proposals(framework("word ", 1, 1)))
    receipts: tuple[str | Message, ...] = (
        proposed_receipt(proposal),
        joined_receipt(proposal),
        supported_receipt(proposal),
        taken_back_receipt(proposal, NIA),
        edited_receipt(),
        new_text_receipt(),
        planned_receipt(waits=True),
        planned_receipt(waits=False),
        dismissed_receipt(),
        reconsidered_receipt(),
        propose_offer(Reference(assessment=proposal.assessment_id)),
        accepted_receipt(proposal.title, COMMAND),
        *(each.format(command=COMMAND) for each in (NOTHING_SAID, NO_ASSESSMENT, CANCELLED, MESSAGE_GONE)),
    )
    for receipt in receipts:
        check_shown(Message(receipt) if isinstance(receipt, str) else receipt, pings=(NIA,))


def plain(**changes: object) -> Proposal:
    made = Proposal("P1", "A1", "C1", "Bin days", "Bin days", NIA, NOW, ProposalState.DRAFT, NIA, NOW)
    return replace(made, **changes)  # type: ignore[arg-type]


def read(proposal: Proposal) -> str:
    names = Names({NIA: "Nia", GRACE: "Grace"})
    card = proposal_card(framework("word ", 1, 1), proposal, names=names, address=ADDRESS, emoji="bulb")
    return readable(card.text, card.blocks)


def test_the_card_says_what_a_person_needs_in_sentences() -> None:
    source = Source("C1", "1.2", author=GRACE)
    text = read(plain(source=source, text="Bin days\nPlease.", shortened=True))
    assert "Written by Grace, proposed by Nia." in text and "Go to the message" in text
    assert "This is the beginning of a longer message." in text
    assert "or with :bulb: (bulb) on the message." in text
    edited = read(plain(source=replace(source, edited_text="Other")))
    assert "The message was edited since." in edited and "[Take the new text]" in edited
    planned = read(plain(source=replace(source, edited_text="Other"), state=ProposalState.PLANNED))
    assert "The message was edited since." in planned and "[Take the new text]" not in planned
    gone = read(plain(source=replace(source, deleted=True)))
    assert "The message was deleted since. The copy here stays." in gone
    assert "Go to the message" not in gone and "on the message" not in gone
    assert "Written by an app, proposed by Nia." in read(plain(source=replace(source, author=None)))
    assert "Written and proposed by Nia." in read(plain(source=replace(source, author=NIA)))
    library = read(plain(accepted=Accepted("x1", GRACE, NOW)))
    assert "In your library: Grace added it on" in library and "draft is withdrawn" not in library


def test_a_crowd_is_counted_and_the_first_are_named() -> None:
    card = proposal_card(
        framework("word ", 1, 1),
        plain(marks=tuple(Mark(each, BULB, True, NOW) for each in CROWD)),
        names=Names(),
        address=None,
        emoji="bulb",
    )
    assert "200 supporters: a colleague, " in card.text and " and 185 more." in card.text


def test_where_an_own_action_came_from() -> None:
    names = Names({NIA: "Nia", GRACE: "Grace"})
    proposed = origin_words(Provenance(NOW, NIA, GRACE, "C1", "1.2"), names=names, address=ADDRESS)
    assert proposed.startswith("Your council's own: proposed by Grace, added by Nia on ")
    assert "Go to the message" in proposed
    filed = origin_words(Provenance(NOW, changed_at=NOW), names=names, address=None)
    assert filed.startswith("Your council's own, added from a file on ") and "Its words were changed" in filed
    assert "added by Nia on" in origin_words(Provenance(NOW, NIA), names=names, address=None)


@pytest.mark.parametrize("name", ["&" * 80, "<!channel>"])
def test_slack_takes_an_own_action_at_length(name: str) -> None:
    of = framework("&", 1, 1)
    data = action_data("x" * 60, title="&" * 75, dimension=of.dimensions[0].id, benefits=[])
    library: Library = library_of([data])
    origin = origin_words(Provenance(NOW, NIA, GRACE, "C1", "1.2", NOW), names=named(name), address=ADDRESS)
    remove = Reference(action="x" * 60, channel="C" * 20)
    check_modal(action_modal(of, library, library.actions[0], None, origin, remove))
    check_modal(remove_modal(library.actions[0], "C" * 20))
    ids = frozenset(each.id for each in library.actions)
    check_shown(found_actions(of, "&", library.actions, 300, COMMAND, own=ids))


def test_every_flaw_has_a_sentence_at_its_field() -> None:
    said = {flaw: draft_faults([DraftFault("steps", flaw, 3, 2)])[InputId.STEPS] for flaw in Flaw}
    assert said[Flaw.TOO_FEW] == "Line 2: please write at least 3 lines."
    assert all(len(sentence) > 10 and sentence.endswith(".") for sentence in said.values())
    both = draft_faults([DraftFault("why", Flaw.MISSING), DraftFault("why", Flaw.TOO_LONG, 400)])
    assert both == {InputId.WHY: "Please fill this in."}
