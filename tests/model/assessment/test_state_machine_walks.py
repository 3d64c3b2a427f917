"""Whatever people try, in whatever order: what has been said stays, and the state makes sense."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from model.assessment.assessment import Assessment, DimensionState, PromptState
from model.assessment.history import Happened, HistoryEntry
from model.assessment.state_machine import take
from model.assessment.steps import (
    AddEvidence,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    MoveEvidence,
    OpenDimension,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    SetClosingDate,
    Step,
    Taken,
    WithdrawEvidence,
)
from model.calculation.calculator import dimension_score
from tests.model.assessments import FRAMEWORK, NOW, PEOPLE, any_step, calculated, started

WORDS = st.sampled_from(["", "Because.", "<!channel> & co", "x" * 1_001])
ANY = any_step(FRAMEWORK, WORDS)
ENTRY_OF = {
    OpenDimension: Happened.DIMENSION_OPENED,
    MarkNotApplicable: Happened.MARKED_NOT_APPLICABLE,
    PutOff: Happened.PUT_OFF,
    ReopenAnswer: Happened.ANSWER_REOPENED,
    AddEvidence: Happened.EVIDENCE_ADDED,
    MoveEvidence: Happened.EVIDENCE_MOVED,
    WithdrawEvidence: Happened.EVIDENCE_WITHDRAWN,
    ConfirmLevel: Happened.LEVEL_CONFIRMED,
    SetClosingDate: Happened.CLOSING_DATE_SET,
    Close: Happened.CLOSED,
}


class Walk(RuleBasedStateMachine):
    """People take steps; some are refused. Beside it runs a record of what they said."""

    def __init__(self) -> None:
        super().__init__()
        self.assessment: Assessment = started()
        self.at = NOW
        self.history: list[HistoryEntry] = []
        self.pressed: dict[tuple[str, str], int] = {}
        self.said: dict[str, tuple[str, str, str]] = {}
        self.under: dict[str, str] = {}
        self.withdrawn: set[str] = set()

    def attempt(self, step: Step, by: str) -> None:
        """Take a step if the rules allow it, and note what it must have left behind."""
        before = self.assessment
        self.at += timedelta(minutes=1)
        outcome = take(before, step, by=by, at=self.at)
        if not isinstance(outcome, Taken):
            assert self.assessment == before
            return
        self.assessment = outcome.assessment
        self.history += outcome.entries
        assert before.active, "an ended assessment never changes"
        assert outcome.assessment != before
        assert outcome.entries and {(entry.by, entry.at) for entry in outcome.entries} == {(by, self.at)}
        if type(step) in ENTRY_OF:
            assert outcome.entries[0].what is ENTRY_OF[type(step)]
        if isinstance(step, RecordLevel):
            self.pressed[step.prompt_id, by] = step.level
        self.note_evidence(step, by)

    def note_evidence(self, step: Step, by: str) -> None:
        if isinstance(step, AddEvidence):
            assert step.evidence_id not in self.said, "an id is used once"
            self.said[step.evidence_id] = (step.author or by, step.text.strip(), step.link.strip())
            self.under[step.evidence_id] = step.prompt_id
        elif isinstance(step, MoveEvidence):
            assert step.evidence_id not in self.withdrawn
            self.under[step.evidence_id] = step.prompt_id
        elif isinstance(step, WithdrawEvidence):
            self.withdrawn.add(step.evidence_id)

    @rule(step=ANY, by=st.sampled_from(PEOPLE))
    def anything(self, step: Step, by: str) -> None:
        self.attempt(step, by)

    @rule(by=st.sampled_from(PEOPLE), level=st.integers(1, 5), data=st.data())
    def answer_what_is_asked(self, by: str, level: int, data: st.DataObject) -> None:
        """Go on with the work, so that walks come to confirmed dimensions and results."""
        asked = [prompt.prompt_id for prompt in self.assessment.prompts if prompt.takes_level]
        if asked:
            for prompt_id in data.draw(st.lists(st.sampled_from(asked), max_size=3, unique=True)):
                self.attempt(RecordLevel(prompt_id, level), by)

    @rule()
    def open_everything(self) -> None:
        for dimension in self.assessment.scope:
            self.attempt(OpenDimension(dimension), PEOPLE[2])

    @rule(by=st.sampled_from(PEOPLE), data=st.data())
    def put_off_and_take_up_again(self, by: str, data: st.DataObject) -> None:
        asked = [prompt.prompt_id for prompt in self.assessment.prompts if prompt.state is PromptState.ASKED]
        if asked:
            prompt_id = data.draw(st.sampled_from(asked))
            self.attempt(PutOff(prompt_id), by)
            self.attempt(ReopenAnswer(prompt_id), by)

    @rule()
    def confirm_what_is_answered(self) -> None:
        for dimension in self.assessment.dimensions:
            if dimension.state is DimensionState.ANSWERED:
                level = calculated(self.assessment, dimension.dimension_id)
                self.attempt(ConfirmLevel(dimension.dimension_id, level, level), PEOPLE[0])

    @precondition(lambda self: self.assessment.complete)
    @rule()
    def close(self) -> None:
        self.attempt(Close(), PEOPLE[1])

    @invariant()
    def no_press_is_lost(self) -> None:
        votes = {
            (prompt.prompt_id, vote.person): vote.level
            for prompt in self.assessment.prompts
            for vote in prompt.votes
        }
        assert votes == self.pressed

    @invariant()
    def no_evidence_is_lost(self) -> None:
        """In any order of offering, moving and withdrawing: once each, under its prompt, in its own words."""
        kept = [
            (each.id, prompt.prompt_id, (each.author, each.text, each.link), each in prompt.withdrawn)
            for prompt in self.assessment.prompts
            for each in (*prompt.evidence, *prompt.withdrawn)
        ]
        assert sorted(kept) == sorted(
            (id_, self.under[id_], words, id_ in self.withdrawn) for id_, words in self.said.items()
        )
        for prompt in self.assessment.prompts:
            assert all(each.withdrawn is None for each in prompt.evidence)
            assert all(each.withdrawn is not None for each in prompt.withdrawn)

    @rule(by=st.sampled_from(PEOPLE), data=st.data())
    def move_and_withdraw(self, by: str, data: st.DataObject) -> None:
        if self.said:
            evidence_id = data.draw(st.sampled_from(sorted(self.said)))
            prompts = st.sampled_from([prompt.prompt_id for prompt in self.assessment.prompts])
            self.attempt(MoveEvidence(evidence_id, data.draw(prompts)), by)
            if data.draw(st.booleans()):
                self.attempt(WithdrawEvidence(evidence_id), by)

    @invariant()
    def answers_make_sense(self) -> None:
        for prompt in self.assessment.prompts:
            assert (prompt.level is not None) == (prompt.state is PromptState.AGREED)
            assert bool(prompt.reason) == (prompt.state is PromptState.NOT_APPLICABLE)
            assert not (prompt.being_changed and not prompt.answered)
            if prompt.answered:
                assert prompt.decided_by in PEOPLE and prompt.decided_at is not None
            if prompt.state is PromptState.AGREED:
                vote = prompt.vote_of(prompt.decided_by or "")
                assert vote is not None and vote.level == prompt.level

    @invariant()
    def the_next_prompt_is_always_asked(self) -> None:
        """In order, and one at a time; only what was put off is asked beside it."""
        for dimension in self.assessment.dimensions:
            waiting = [prompt.state is PromptState.WAITING for prompt in dimension.prompts]
            assert waiting == sorted(waiting), "prompts are asked in their order"
            if dimension.opened_at is None:
                assert all(waiting)
            elif any(waiting):
                *earlier, newest = dimension.prompts[: waiting.index(True)]
                assert newest.state is PromptState.ASKED
                put_off = {entry.prompt_id for entry in self.history if entry.what is Happened.PUT_OFF}
                asked = {each.prompt_id for each in earlier if each.state is PromptState.ASKED}
                assert asked <= put_off

    @invariant()
    def counts_and_levels_follow_from_the_answers(self) -> None:
        for dimension in self.assessment.dimensions:
            answers = self.assessment.answers(dimension.dimension_id)
            given = [answer for answer in answers.values() if answer is not None]
            assert dimension.answered_count == len(given)
            score = dimension_score(FRAMEWORK, dimension.dimension_id, answers)
            if dimension.state is DimensionState.CONFIRMED:
                confirmation = dimension.confirmation
                assert confirmation is not None and len(given) == len(answers)
                assert confirmation.calculated == (None if score is None else score.level)
                assert confirmation.reason or not confirmation.overridden

    @invariant()
    def the_history_leads_from_each_closing_date_to_the_next(self) -> None:
        told = [each for each in self.history if each.what is Happened.CLOSING_DATE_SET]
        days = [None, *(each.date_after for each in told)]
        assert [each.date_before for each in told] == days[:-1] and days[-1] == self.assessment.closing_date

    @invariant()
    def the_history_is_complete_and_in_order(self) -> None:
        assert [entry.at for entry in self.history] == sorted(entry.at for entry in self.history)
        told = {each.dimension_id for each in self.history if each.what is Happened.DIMENSION_OPENED}
        opened = {each.dimension_id for each in self.assessment.dimensions if each.opened_at is not None}
        assert told == opened
        for prompt in self.assessment.prompts:
            entries = [entry for entry in self.history if entry.prompt_id == prompt.prompt_id]
            levels = [entry.level_after for entry in entries if entry.what is Happened.LEVEL_AGREED]
            if prompt.state is PromptState.AGREED:
                assert levels[-1] == prompt.level
        added = [each.evidence_id for each in self.history if each.what is Happened.EVIDENCE_ADDED]
        gone = {each.evidence_id for each in self.history if each.what is Happened.EVIDENCE_WITHDRAWN}
        assert sorted(map(str, added)) == sorted(self.said) and gone == self.withdrawn
        for entry in self.history:
            if entry.what is Happened.EVIDENCE_MOVED:
                assert entry.from_prompt_id != entry.prompt_id


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
