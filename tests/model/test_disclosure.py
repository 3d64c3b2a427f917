"""A history is shown without what is still hidden."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from model.assessment import Assessment, Mode, PromptState, Role
from model.disclosure import disclosed
from model.history import Happened, HistoryEntry
from model.state_machine import take
from model.steps import (
    Abstain,
    AddPeople,
    MarkNotApplicable,
    OpenDimension,
    RecordLevel,
    Reveal,
    Step,
    Taken,
    VoteAgain,
)
from tests.model.assessments import GRACE, NIA, NOW, OMAR, after, opened, started
from tests.model.pairs import ANA, JO, TOM, Sides

PEOPLE = (GRACE, ANA, TOM)


def play(assessment: Assessment, *steps: tuple[Step, str]) -> tuple[Assessment, list[HistoryEntry]]:
    entries: list[HistoryEntry] = []
    for step, by in steps:
        outcome = take(assessment, step, by=by, at=NOW)
        assert isinstance(outcome, Taken), outcome
        assessment = outcome.assessment
        entries += outcome.entries
    return assessment, entries


def open_for_votes() -> Assessment:
    together = replace(started(), mode=Mode.TOGETHER)
    return after(together, AddPeople((*PEOPLE, "U9NEVER"), Role.ASSESSOR), OpenDimension("roads"))


def levels_of(entries: tuple[HistoryEntry, ...], what: Happened) -> list[int | None]:
    return [each.level_after for each in entries if each.what is what]


def test_hidden_votes_are_told_without_their_level_and_for_whom_it_was_not() -> None:
    assessment, entries = play(
        open_for_votes(),
        (RecordLevel("roads-q1", 2), GRACE),
        (RecordLevel("roads-q1", 4), GRACE),
        (Abstain("roads-q1"), ANA),
    )
    told = disclosed(assessment, entries)
    assert [(each.what, each.by, each.level_before, each.level_after) for each in told] == [
        (Happened.VOTED, GRACE, None, None),
        (Happened.VOTED, GRACE, None, None),
        (Happened.VOTED, ANA, None, None),
    ]


def test_revealed_votes_are_told_whole_and_a_later_round_is_hidden_again() -> None:
    assessment, entries = play(
        open_for_votes(),
        (RecordLevel("roads-q1", 2), GRACE),
        (RecordLevel("roads-q1", 5), TOM),
        (Abstain("roads-q1"), ANA),
        (Reveal("roads-q1"), NIA),
        (VoteAgain("roads-q1"), OMAR),
        (RecordLevel("roads-q1", 4), GRACE),
        (Abstain("roads-q1"), TOM),
    )
    told = disclosed(assessment, entries)
    assert levels_of(told, Happened.VOTED) == [2, 5, None, None]
    assert levels_of(told, Happened.ABSTAINED) == [None]
    again, more = play(assessment, (Reveal("roads-q1"), NIA))
    assert disclosed(again, [*entries, *more]) == (*entries, *more)


def test_what_was_left_out_without_a_reveal_stays_hidden() -> None:
    assessment, entries = play(
        open_for_votes(), (RecordLevel("roads-q1", 2), GRACE), (MarkNotApplicable("roads-q1", "None."), NIA)
    )
    assert assessment.prompt("roads-q1").state is PromptState.NOT_APPLICABLE
    assert levels_of(disclosed(assessment, entries), Happened.VOTED) == [None]


def test_quick_mode_hides_nothing() -> None:
    assessment, entries = play(opened(), (RecordLevel("roads-q1", 2), GRACE))
    assert disclosed(assessment, entries) == tuple(entries)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_histories_that_differ_only_in_hidden_votes_are_told_alike(data: st.DataObject) -> None:
    votes = data.draw(st.lists(st.sampled_from(PEOPLE), max_size=6))

    def steps() -> list[tuple[Step, str]]:
        drawn = [data.draw(st.none() | st.integers(1, 5)) for _ in votes]
        return [
            (Abstain("roads-q1") if level is None else RecordLevel("roads-q1", level), person)
            for person, level in zip(votes, drawn, strict=True)
        ]

    told = []
    for _ in range(2):
        assessment = open_for_votes()
        entries: list[HistoryEntry] = []
        for step, by in steps():
            outcome = take(assessment, step, by=by, at=NOW)
            if isinstance(outcome, Taken):
                assessment = outcome.assessment
                entries += outcome.entries
        shown = disclosed(assessment, entries)
        assert {each.what for each in shown} <= {Happened.VOTED}
        assert all(each.level_after is None and each.level_before is None for each in shown)
        told.append({each.by for each in shown})
    assert told[0] == told[1] == set(votes)


def test_a_side_that_waits_for_the_other_team_hides_its_votes() -> None:
    sides = Sides.opened()
    sides.do_first(RecordLevel("roads-q1", 2), by=GRACE)
    told = disclosed(sides.first, sides.histories["A1"])
    assert levels_of(told, Happened.VOTED) == [None] and Happened.READY in [each.what for each in told]
    sides.do_second(RecordLevel("roads-q1", 4), by=TOM)
    assert levels_of(disclosed(sides.first, sides.histories["A1"]), Happened.VOTED) == [2]
    assert JO in sides.second.facilitators
