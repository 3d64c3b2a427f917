"""Proposals: who may do what, when support withdraws them and brings them back, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from model.assessment.assessment import Role
from model.assessment.steps import AddPeople, Cancel, Close
from model.library.library import Amount
from model.proposals.editing import taken_out
from model.proposals.proposal import (
    BUTTON,
    PROPOSAL_TEXT_LIMIT,
    PROPOSAL_TITLE_LIMIT,
    Mark,
    Proposal,
    ProposalState,
    ProposedEffort,
    copied,
    title_from,
)
from model.proposals.state_machine import item_from, propose, supported_enough, take_in_proposal
from model.proposals.steps import (
    DismissProposal,
    MarkAccepted,
    MarkPlanned,
    NewProposal,
    NoteDeletion,
    NoteEdit,
    ProposalHappened,
    ProposalStep,
    ProposalTaken,
    Reconsider,
    Support,
    TakeNewText,
    TakeSupportBack,
)
from model.refusals import Reason, Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, finished
from tests.model.plans import ASSESSED, IVY, ZED
from tests.model.proposals.small_proposal import (
    BULB,
    SOURCE,
    TEXT,
    form,
    proposal_after,
    proposal_refused,
    proposal_taken,
    proposed,
    ready,
)

MINUTE = timedelta(minutes=1)
DISMISS = DismissProposal("We have it already.")


def test_a_proposal_begins_with_its_first_line_and_the_proposers_support() -> None:
    proposal = proposed()
    assert proposal.title == "Let us put the bin days online."
    assert (proposal.text, proposal.shortened) == (TEXT, False)
    assert (proposal.state, proposal.supporters) == (ProposalState.DRAFT, (ZED,))
    assert (proposal.author, proposal.theirs) == (GRACE, (ZED, GRACE))
    assert not proposal.ready


def test_words_of_ones_own_have_their_author_and_a_title_if_given() -> None:
    proposal = proposed(source=None, title="  Bin days\nonline ")
    assert proposal.title == "Bin days online"
    assert (proposal.author, proposal.theirs) == (ZED, (ZED,))


def test_the_words_of_a_bot_have_no_author() -> None:
    proposal = proposed(source=replace(SOURCE, author=None))
    assert (proposal.author, proposal.theirs) == (None, (ZED,))


def test_a_message_in_the_thread_of_a_dimension_is_about_that_dimension() -> None:
    about = proposed(dimension_id="roads")
    assert (about.dimension_id, about.from_level, about.to_level, about.ready) == ("roads", 3, 4, True)
    elsewhere = proposed(dimension_id="moon")
    assert (elsewhere.dimension_id, elsewhere.from_level) == (None, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        (" \n\t\n  One   thing \nand more", "One thing"),
        ("x" * PROPOSAL_TITLE_LIMIT, "x" * PROPOSAL_TITLE_LIMIT),
        ("x" * (PROPOSAL_TITLE_LIMIT + 1), "x" * (PROPOSAL_TITLE_LIMIT - 1) + "…"),
        ("word " * 40, "word " * 22 + "word…"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_from(text) == title
    assert len(title_from(text)) <= PROPOSAL_TITLE_LIMIT


def test_a_long_message_is_copied_in_part() -> None:
    assert copied(" a ") == ("a", False)
    text, shortened = copied("b" * (PROPOSAL_TEXT_LIMIT + 1))
    assert (len(text), text[-1], shortened) == (PROPOSAL_TEXT_LIMIT, "…", True)
    assert copied("b" * PROPOSAL_TEXT_LIMIT) == ("b" * PROPOSAL_TEXT_LIMIT, False)


def test_nothing_to_propose() -> None:
    """Of a message the title is asked for, of words of one's own the words."""
    for source, part in ((None, "text"), (SOURCE, "title")):
        outcome = propose(NewProposal("P1", "  ", BULB, NOW, source=source), ASSESSED, by=ZED, at=NOW)
        assert outcome == Refusal(Reason.PROPOSAL_EMPTY, part=part)


def test_observers_only_read_and_a_cancelled_assessment_takes_nothing() -> None:
    new = NewProposal("P1", TEXT, BULB, NOW)
    observer = propose(new, ASSESSED, by=IVY, at=NOW)
    assert isinstance(observer, Refusal)
    assert observer.reason is Reason.OBSERVERS_READ
    cancelled = after(finished(), Cancel("No time."))
    refused = propose(new, cancelled, by=ZED, at=NOW)
    assert isinstance(refused, Refusal)
    assert (refused.reason, refused.by) == (Reason.ASSESSMENT_CANCELLED, NIA)
    late = take_in_proposal(proposed(), DISMISS, cancelled, by=NIA, at=LATER)
    assert isinstance(late, Refusal)
    assert late.reason is Reason.ASSESSMENT_CANCELLED


def test_signs_from_before_count_but_not_those_of_observers() -> None:
    given = (
        Mark(OMAR, BULB, True, NOW - MINUTE),
        Mark(IVY, BULB, True, NOW - MINUTE),
        Mark(ZED, BULB, True, NOW - MINUTE),
        Mark(ZED, "message:bulb::skin-tone-2", True, NOW - MINUTE),
    )
    outcome = propose(NewProposal("P1", TEXT, BULB, NOW, given=given), ASSESSED, by=ZED, at=NOW)
    assert isinstance(outcome, ProposalTaken)
    assert outcome.proposal.marks == (given[0], given[3], Mark(ZED, BULB, True, NOW))
    assert [(each.what, each.by) for each in outcome.entries] == [
        (ProposalHappened.PROPOSED, ZED),
        (ProposalHappened.SUPPORTED, OMAR),
        (ProposalHappened.SUPPORTED, ZED),
    ]
    left = proposal_after(outcome.proposal, TakeSupportBack(BULB, LATER), by=ZED)
    assert left.supporters == (OMAR, ZED) and left.draft


def test_a_closed_assessment_still_takes_proposals() -> None:
    closed = after(finished(), Close())
    assert proposal_taken(proposed(assessment=closed), Support(BULB, NOW), OMAR, assessment=closed)


def test_supporters_are_people_and_no_copies() -> None:
    proposal = proposal_after(proposed(), Support(BULB, NOW + MINUTE), Support("card:+1", NOW), by=OMAR)
    assert proposal.supporters == (OMAR, ZED)
    back = proposal_after(proposal, TakeSupportBack(BULB, NOW + 2 * MINUTE), by=OMAR)
    assert back.supporters == (OMAR, ZED)


def test_the_same_sign_again_says_since_when() -> None:
    pressed = proposal_after(proposed(), Support(BUTTON, LATER), by=OMAR)
    refusal = proposal_refused(pressed, Support(BUTTON, LATER + MINUTE), OMAR)
    assert (refusal.reason, refusal.by, refusal.at) == (Reason.ALREADY_DONE, OMAR, LATER)
    never = proposal_refused(proposed(), TakeSupportBack(BUTTON, LATER), OMAR)
    assert never.reason is Reason.ALREADY_DONE
    taken = proposal_taken(proposed(), Support(BULB, LATER), ZED)
    assert (taken.entries, taken.proposal.supporters) == ((), (ZED,))


def test_what_arrives_late_changes_nothing() -> None:
    gone = proposal_after(proposed(), TakeSupportBack(BULB, NOW + 2 * MINUTE), by=ZED)
    assert gone.state is ProposalState.WITHDRAWN
    assert proposal_refused(gone, Support(BULB, NOW + MINUTE), ZED).reason is Reason.NOTHING_CHANGED
    back = proposal_after(gone, Support(BULB, NOW + 3 * MINUTE), by=ZED)
    late = proposal_refused(back, TakeSupportBack(BULB, NOW + 2 * MINUTE), ZED)
    assert late.reason is Reason.NOTHING_CHANGED
    early = proposal_after(back, TakeSupportBack(BULB, NOW + MINUTE), by=OMAR)
    assert proposal_refused(early, Support(BULB, NOW), OMAR).reason is Reason.NOTHING_CHANGED


def test_the_last_sign_withdraws_a_draft_and_the_next_brings_it_back() -> None:
    proposal = proposal_after(proposed(), Support("card:+1", NOW), by=OMAR)
    one_left = proposal_after(proposal, TakeSupportBack(BULB, LATER), by=ZED)
    assert one_left.draft
    taken = proposal_taken(one_left, TakeSupportBack("card:+1", LATER), OMAR)
    assert (taken.proposal.state, taken.proposal.state_by) == (ProposalState.WITHDRAWN, OMAR)
    assert [entry.what for entry in taken.entries] == [
        ProposalHappened.SUPPORT_TAKEN_BACK,
        ProposalHappened.WITHDRAWN,
    ]
    back = proposal_taken(taken.proposal, Support("button", LATER + MINUTE), GRACE)
    assert back.proposal.draft
    assert back.proposal.supporters == (GRACE,)
    assert back.entries[-1].what is ProposalHappened.BROUGHT_BACK


@pytest.mark.parametrize("step", [MarkPlanned(), MarkAccepted("put-bin-days-online"), DISMISS])
def test_what_was_decided_is_never_withdrawn(step: ProposalStep) -> None:
    decided = proposal_after(ready(), step)
    left = proposal_after(decided, TakeSupportBack(BULB, LATER), by=ZED)
    assert (left.state, left.supporters) == (decided.state, ())
    assert left.state is not ProposalState.WITHDRAWN


def test_whoever_became_an_observer_may_still_take_support_back() -> None:
    observing = after(ASSESSED, AddPeople((ZED,), Role.OBSERVER))
    taken = proposal_taken(proposed(), TakeSupportBack(BULB, LATER), ZED, assessment=observing)
    assert taken.proposal.state is ProposalState.WITHDRAWN
    refusal = proposal_refused(proposed(), Support("button", LATER), ZED, assessment=observing)
    assert refusal.reason is Reason.OBSERVERS_READ


def test_facilitators_are_told_once() -> None:
    proposal = proposal_after(ready(), Support(BULB, NOW), by=OMAR)
    assert not supported_enough(proposal, 3)
    enough = proposal_after(proposal, Support("card:+1", NOW), by=GRACE)
    assert supported_enough(enough, 3)
    assert not supported_enough(replace(enough, told_at=NOW), 3)
    assert not supported_enough(proposal_after(enough, MarkPlanned()), 3)


def test_whose_it_is_edits_a_draft_and_so_do_those_who_lead() -> None:
    proposal = proposed()
    for person in (ZED, GRACE, NIA, OMAR):
        assert proposal_after(proposal, form(proposal, title="Bin days"), by=person).title == "Bin days"
    refusal = proposal_refused(proposal, form(proposal, title="Mine"), IVY)
    assert (refusal.reason, refusal.who_can) == (Reason.PROPOSERS_ONLY, (ZED, GRACE, NIA, OMAR))


def test_the_form_fills_up_levels_from_where_the_dimension_is() -> None:
    proposal = proposed()
    edited = proposal_after(
        proposal,
        form(
            proposal,
            dimension_id="roads",
            effort=ProposedEffort(Amount.LOW, None, Amount.HIGH),
            benefits=("luck", "efficiency"),
        ),
    )
    assert (edited.from_level, edited.to_level, edited.ready) == (3, 4, True)
    assert edited.benefits == ("efficiency",)
    entries = proposal_taken(proposal, form(proposal, dimension_id="roads")).entries
    assert [(each.what, each.before, each.after) for each in entries] == [
        (ProposalHappened.DIMENSION_CHANGED, "", "roads"),
        (ProposalHappened.LEVELS_CHANGED, "", "3-4"),
    ]
    assert (proposal_after(edited, form(edited, from_level=None, to_level=3))).from_level == 2
    assert (proposal_after(edited, form(edited, from_level=1, to_level=None))).to_level == 2
    bare = proposal_after(proposal, form(proposal, to_level=3))
    assert (bare.from_level, bare.to_level) == (None, 3)


def test_forms_that_make_no_sense() -> None:
    proposal = proposed()

    def reason(**changes: object) -> Refusal:
        return proposal_refused(proposal, form(proposal, **changes))

    assert reason().reason is Reason.NOTHING_CHANGED
    assert reason(seen=1, title="Other").reason is Reason.PROPOSAL_HAS_CHANGED
    assert reason(title="  ") == Refusal(Reason.ITEM_UNNAMED, part="title")
    assert reason(title="t" * 121).reason is Reason.TEXT_TOO_LONG
    assert reason(dimension_id="moon") == Refusal(Reason.UNKNOWN_DIMENSION, part="dimension")
    assert reason(from_level=3, to_level=2).reason is Reason.LEVELS_OUT_OF_ORDER
    assert reason(from_level=5).reason is Reason.LEVEL_OUT_OF_RANGE
    assert reason(dimension_id="roads", to_level=1).reason is Reason.LEVEL_OUT_OF_RANGE
    assert reason(to_level=6).reason is Reason.LEVEL_OUT_OF_RANGE


def test_an_edit_of_the_message_is_offered_and_the_copy_stays() -> None:
    proposal = proposed()
    edited = proposal_after(proposal, NoteEdit("Bin days by text message."))
    assert edited.source is not None
    assert (edited.text, edited.source.edited_text) == (TEXT, "Bin days by text message.")
    assert proposal_refused(edited, NoteEdit("Bin days by text message.")).reason is Reason.NOTHING_CHANGED
    undone = proposal_after(edited, NoteEdit(f" {TEXT} "))
    assert undone.source == SOURCE
    assert proposal_refused(edited, TakeNewText(), IVY).reason is Reason.PROPOSERS_ONLY
    assert proposal_refused(undone, TakeNewText(), ZED).reason is Reason.NOTHING_CHANGED
    taken = proposal_after(edited, TakeNewText(), by=GRACE)
    assert (taken.text, taken.title) == ("Bin days by text message.", "Bin days by text message.")
    assert taken.source == SOURCE


def test_a_title_of_ones_own_outlives_the_new_text() -> None:
    proposal = proposal_after(proposed(), form(proposed(), title="Bin days"))
    taken = proposal_after(proposal, NoteEdit("z" * 4_000), TakeNewText())
    assert (taken.title, len(taken.text), taken.shortened) == ("Bin days", PROPOSAL_TEXT_LIMIT, True)
    assert proposal_refused(taken, NoteEdit("z" * 4_000)).reason is Reason.NOTHING_CHANGED


def test_a_deleted_message_leaves_the_copy() -> None:
    gone = proposal_after(proposed(), NoteEdit("Other"), NoteDeletion())
    assert gone.source is not None
    assert (gone.text, gone.source.deleted, gone.source.edited_text) == (TEXT, True, None)
    assert proposal_refused(gone, NoteDeletion()).reason is Reason.NOTHING_CHANGED
    own = proposed(source=None)
    assert proposal_refused(own, NoteDeletion()).reason is Reason.NOTHING_CHANGED


def test_dismissing_needs_a_reason_and_somebody_who_may() -> None:
    proposal = proposed()
    assert proposal_refused(proposal, DismissProposal(" ")) == Refusal(Reason.REASON_MISSING, part="reason")
    assert proposal_refused(proposal, DISMISS, IVY).reason is Reason.PROPOSERS_ONLY
    assert proposal_refused(proposal, DismissProposal("r" * 301)).reason is Reason.TEXT_TOO_LONG
    mine = proposal_after(proposal, DISMISS, by=ZED)
    assert (mine.state, mine.state_by, mine.state_reason) == (ProposalState.DISMISSED, ZED, DISMISS.reason)
    again = proposal_refused(mine, DISMISS)
    assert (again.reason, again.by, again.at) == (Reason.ALREADY_DONE, ZED, LATER)


def test_what_was_dismissed_can_be_taken_up_again() -> None:
    dismissed = proposal_after(proposed(), DISMISS)
    assert proposal_refused(dismissed, Reconsider(), ZED).reason is Reason.FACILITATORS_ONLY
    assert proposal_after(dismissed, Reconsider(), by=OMAR).draft
    own = proposal_after(proposed(), DISMISS, by=ZED)
    assert proposal_after(own, Reconsider(), by=ZED).draft
    assert proposal_refused(proposed(), Reconsider()).reason is Reason.NOTHING_CHANGED
    assert proposal_after(dismissed, Support("button", LATER), by=OMAR).state is ProposalState.DISMISSED


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        ((DISMISS,), Reason.PROPOSAL_DISMISSED),
        ((MarkPlanned(),), Reason.PROPOSAL_PLANNED),
    ],
)
def test_what_was_decided_is_not_edited(decision: tuple[ProposalStep, ...], reason: Reason) -> None:
    decided = proposal_after(ready(), *decision)
    edit = proposal_refused(decided, form(decided, title="Late"))
    assert (edit.reason, edit.by, edit.at) == (reason, NIA, LATER)
    noted = proposal_after(decided, NoteEdit("Late"))
    assert proposal_refused(noted, TakeNewText()).reason is reason


def test_what_was_withdrawn_is_neither_edited_planned_nor_accepted() -> None:
    gone = proposal_after(proposed(), TakeSupportBack(BULB, LATER), by=ZED)
    for step in (form(gone, title="Late"), DISMISS, MarkPlanned(), MarkAccepted("x1")):
        assert proposal_refused(gone, step).reason is Reason.PROPOSAL_WITHDRAWN


def test_the_plan_and_the_library_stand_beside_each_other() -> None:
    both = proposal_after(ready(), MarkPlanned(), MarkAccepted("put-bin-days-online"))
    assert both.state is ProposalState.PLANNED
    assert both.accepted is not None
    again = proposal_refused(both, MarkAccepted("put-bin-days-online"), OMAR)
    out = taken_out(both, OMAR, LATER)
    assert (out.proposal.accepted, out.proposal.state) == (None, ProposalState.PLANNED)
    [told] = out.entries
    assert (told.what, told.by, told.before) == (ProposalHappened.TAKEN_OUT, OMAR, "put-bin-days-online")
    assert proposal_after(out.proposal, MarkAccepted("bin-days")).accepted is not None
    assert (again.reason, again.by) == (Reason.IN_LIBRARY_ALREADY, NIA)
    assert proposal_refused(proposed(), MarkAccepted("x1"), ZED).reason is Reason.FACILITATORS_ONLY
    assert proposal_after(both, MarkPlanned(), by=GRACE).state_by == GRACE
    assert proposal_refused(proposal_after(proposed(), DISMISS), MarkAccepted("x1")).reason is (
        Reason.PROPOSAL_DISMISSED
    )


def test_the_item_of_a_plan() -> None:
    with pytest.raises(ValueError, match="dimension"):
        item_from(proposed(), "I1")
    item = item_from(ready(), "I1")
    assert (item.title, item.dimension_id, item.from_level, item.to_level) == (ready().title, "roads", 3, 4)
    assert (item.notes, item.proposal_id) == (TEXT, "P1")


def test_whoever_adds_it_to_the_plan_may_fill_in_what_it_lacks() -> None:
    lacking = proposed()
    assert proposal_refused(lacking, MarkPlanned()).reason is Reason.PROPOSAL_INCOMPLETE
    assert proposal_refused(lacking, MarkPlanned(form(lacking, seen=1))).reason is Reason.PROPOSAL_HAS_CHANGED
    assert proposal_refused(lacking, MarkPlanned(form(lacking))).reason is Reason.PROPOSAL_INCOMPLETE
    taken = proposal_taken(lacking, MarkPlanned(form(lacking, dimension_id="roads", title="Bins")), OMAR)
    assert (taken.proposal.state, taken.proposal.title) == (ProposalState.PLANNED, "Bins")
    assert [each.what for each in taken.entries][-1] is ProposalHappened.PLANNED
    assert len(taken.entries) == 4


def test_the_lead_of_its_dimension_may_edit() -> None:
    parks: Proposal = replace(proposed(source=replace(SOURCE, author=ZED)), dimension_id="parks")
    assert proposal_after(parks, form(parks, title="Grace's"), by=GRACE).title == "Grace's"
