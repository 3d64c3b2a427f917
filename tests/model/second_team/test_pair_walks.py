"""Whatever two teams in one channel do, in whatever order, nothing of a prompt is shown too early."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from model.assessment.assessment import Assessment, AssessmentState, PromptProgress, PromptState, Role
from model.assessment.history import Happened
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Agree,
    Cancel,
    Join,
    Leave,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    SetClosingDate,
    Step,
    VoteAgain,
)
from model.second_team.pair import pair_of
from tests.model.assessments import GRACE, NIA, NOW, OMAR
from tests.model.pairs import ANA, JO, TOM, Sides

PROMPTS = st.sampled_from(["roads-q1", "roads-q2", "bins-q1"])
LEVELS = st.integers(1, 5)
PEOPLE = st.sampled_from([NIA, OMAR, GRACE, JO, TOM, ANA])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(RecordLevel, PROMPTS, LEVELS),
    st.builds(RecordLevel, PROMPTS, LEVELS),
    st.builds(RecordLevel, PROMPTS, LEVELS),
    st.builds(Abstain, PROMPTS),
    st.builds(Reveal, PROMPTS),
    st.builds(Agree, PROMPTS, LEVELS, st.just("Because.")),
    st.builds(VoteAgain, PROMPTS),
    st.builds(ReopenAnswer, PROMPTS, st.just("Because.")),
    st.builds(MarkNotApplicable, PROMPTS, st.just("Because.")),
    st.builds(PutOff, PROMPTS),
    st.builds(OpenDimension, st.sampled_from(["roads", "bins"])),
    st.builds(Join),
    st.builds(Leave),
    st.builds(AddPeople, st.tuples(PEOPLE), st.sampled_from(Role)),
    st.builds(RemovePerson, PEOPLE),
    st.builds(SetClosingDate, st.sampled_from([None, NOW.date()]), st.just(NOW.date())),
    st.builds(Pause),
    st.builds(Resume),
    st.builds(Resume),
)
MOVES = st.lists(st.tuples(st.booleans(), STEPS, PEOPLE), max_size=60)


def waits_for_nobody(assessment: Assessment, prompt_id: str) -> bool:
    asked = assessment.prompt(prompt_id).state is not PromptState.WAITING
    return asked and bool(assessment.assessors) and not assessment.waiting_for(prompt_id)


class Walk:
    """Both sides, and beside them a record of which had voted, or were said to be ready, on what."""

    def __init__(self) -> None:
        self.sides = Sides.opened()
        self.had_their_say: set[tuple[str, str]] = set()
        self.votes: dict[tuple[str, str, str, int], int | None] = {}

    def move(self, on_first: bool, step: Step, by: str) -> None:
        own = self.sides.first if on_first else self.sides.second
        shown = {(each.id, prompt.prompt_id) for each, prompt in self._prompts() if prompt.came_to_light}
        if self.sides.attempt(own, step, by) is not None:
            return
        if isinstance(step, RecordLevel | Abstain):
            level = step.level if isinstance(step, RecordLevel) else None
            self.votes[own.id, step.prompt_id, by, own.prompt(step.prompt_id).round] = level
        if isinstance(step, Reveal | MarkNotApplicable):
            self.had_their_say.add((own.id, step.prompt_id))
        for each, prompt in self._prompts():
            if prompt.ready_at is not None or waits_for_nobody(each, prompt.prompt_id):
                self.had_their_say.add((each.id, prompt.prompt_id))
        for each, prompt in self._prompts():
            newly = prompt.came_to_light and (each.id, prompt.prompt_id) not in shown
            if newly and pair_of(self.sides.first, self.sides.second) is not None:
                assert {("A1", prompt.prompt_id), ("A2", prompt.prompt_id)} <= self.had_their_say

    def _prompts(self) -> list[tuple[Assessment, PromptProgress]]:
        return [(each, prompt) for each in (self.sides.first, self.sides.second) for prompt in each.prompts]

    def check(self) -> None:
        stored = {
            (each.id, prompt.prompt_id, vote.person, vote.round): vote.level
            for each, prompt in self._prompts()
            for vote in (*prompt.votes, *prompt.earlier_votes)
        }
        assert stored == self.votes, "no vote is lost"
        for each, prompt in self._prompts():
            if prompt.ready_at is not None:
                assert prompt.state in {PromptState.ASKED, PromptState.PUT_OFF} and not prompt.came_to_light
            told = [one for one in self.sides.histories[each.id] if one.prompt_id == prompt.prompt_id]
            if prompt.revealed_at is not None:
                assert any(one.what is Happened.REVEALED for one in told)


@given(MOVES)
@settings(max_examples=150, deadline=None)
def test_nothing_is_shown_before_both_teams_had_their_say(moves: list[tuple[bool, Step, str]]) -> None:
    walk = Walk()
    for on_first, step, by in moves:
        walk.move(on_first, step, by)
        walk.check()


@given(MOVES, st.booleans())
@settings(max_examples=60, deadline=None)
def test_nothing_waits_for_a_team_that_has_given_up(
    moves: list[tuple[bool, Step, str]], first_gives_up: bool
) -> None:
    walk = Walk()
    for on_first, step, by in moves:
        walk.move(on_first, step, by)
    sides = walk.sides
    left, over = (sides.second, sides.first) if first_gives_up else (sides.first, sides.second)
    if not over.facilitators or sides.attempt(over, Cancel(), over.facilitators[0]) is not None:
        return
    left = sides.second if first_gives_up else sides.first
    assert left.other is None
    for prompt in left.prompts:
        assert not left.held_back(prompt.prompt_id)
        if left.state is AssessmentState.RUNNING and prompt.state is PromptState.ASKED:
            assert prompt.ready_at is None, "what was ready is shown"
