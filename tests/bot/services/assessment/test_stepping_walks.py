"""Whatever people do in together mode, in whatever order and however often it is delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.services.asking import Refused
from bot.services.assessment.closing_date import reveal_past_closing
from bot.services.assessment.leaving import left_channel
from bot.services.assessment.starting import start_assessment
from bot.services.assessment.stepping import take_step
from model.assessment.assessment import Assessment, AssessmentState, Kind, Mode, PromptState, Role
from model.assessment.history import THE_CLOSING_DATE, Happened, HistoryEntry
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Agree,
    Cancel,
    GiveLead,
    Join,
    Leave,
    LeaveChannel,
    MarkNotApplicable,
    NewAssessment,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    SetClosingDate,
    SetRole,
    Step,
    TakeOver,
    VoteAgain,
)
from model.refusals import Reason
from tests.bot.services.walking import WORKSPACE, ServiceWalk, walk
from tests.model.assessments import GRACE, NIA, NOW, OMAR

PEOPLE = (NIA, OMAR, GRACE, "U4ANA")
PROMPTS = ("roads-q1", "roads-q2", "bins-q1")
prompts, people, levels = st.sampled_from(PROMPTS), st.sampled_from(PEOPLE), st.integers(1, 5)
# None is whoever leads at that moment, so that most of it is allowed.
leading = st.sampled_from([None, None, None, *PEOPLE])
reasons = st.sampled_from(["", "Because."])
LEADING = st.one_of(
    st.builds(Reveal, prompts),
    st.builds(Reveal, prompts),
    st.builds(Agree, prompts, levels, reasons, reasons),
    st.builds(VoteAgain, prompts, reasons),
    st.builds(ReopenAnswer, prompts, reasons),
    st.builds(MarkNotApplicable, prompts, reasons),
    st.builds(PutOff, prompts),
    st.builds(Pause),
    st.builds(Resume),
)
ROSTER = st.one_of(
    st.builds(Join),
    st.builds(Leave),
    st.builds(TakeOver),
    st.builds(AddPeople, st.tuples(people), st.sampled_from(Role)),
    st.builds(SetRole, people, st.sampled_from(Role)),
    st.builds(RemovePerson, people),
    st.builds(GiveLead, st.sampled_from(["roads", "bins"]), st.none() | people),
)
# What issue 4 wants in the history with who and when; reveals and agreements may follow from any step.
ENTRY_OF: dict[type, Happened] = {
    VoteAgain: Happened.VOTE_AGAIN,
    ReopenAnswer: Happened.ANSWER_REOPENED,
    Pause: Happened.PAUSED,
    Resume: Happened.RESUMED,
    Cancel: Happened.CANCELLED,
}
NAMED = {*ENTRY_OF.values(), Happened.REVEALED, Happened.LEVEL_AGREED}


class Together(ServiceWalk):
    """Beside what is stored runs a record of what was cast, and of what the history has to tell."""

    def __init__(self, migrated: Path) -> None:
        super().__init__(migrated, *PEOPLE)
        self.begin(NIA)

    def begin(self, by: str) -> None:
        """Start an assessment, which this person facilitates, with both dimensions open."""
        self.last_one_left = False
        self.cast: dict[tuple[str, str, int], int | None] = {}
        self.told: list[HistoryEntry] = []
        self.closed = False
        scope, self.today = ("roads", "bins"), NOW.date()
        today = self.today
        new = NewAssessment("C1", "Walk", Kind.SELF, Mode.TOGETHER, scope, (by,), closing_date=today)
        begun = self.run_it(start_assessment(self.desk, self.asked(by), new))
        assert begun is not None
        self.id = begun.id
        self.state: Assessment = begun
        self.checked: Assessment | None = None
        self.step(OpenDimension("roads"), by)
        self.step(OpenDimension("bins"), by)
        self.step(AddPeople((OMAR, GRACE), Role.ASSESSOR), by)

    def step(self, step: Step, by: str) -> None:
        """Take a step, then deliver the same once more, which must change nothing."""
        asked, before = self.asked(by), self.state
        try:
            taken = self.run_it(take_step(self.desk, asked, self.id, step))
        except Refused as refused:
            outside = by not in self.inside
            assert (refused.refusal.reason is Reason.NOT_IN_CHANNEL) == outside
            assert self.find(self.id) == before
            return
        assert taken is not None
        self.state = taken.after
        self.last_one_left = self.last_one_left and not self.state.facilitators
        if isinstance(step, RecordLevel | Abstain):
            level = step.level if isinstance(step, RecordLevel) else None
            self.cast[step.prompt_id, by, before.prompt(step.prompt_id).round] = level
        self.check_reveals(before, step, by)
        self.note(before, step, by, asked.at)
        assert by in self.inside, "whoever is not in the channel has no part in it"
        assert self.run_it(take_step(self.desk, asked, self.id, step)) is None
        assert self.find(self.id) == self.state

    def check_reveals(self, before: Assessment, step: Step, by: str) -> None:
        """Votes come to light by whoever leads, or when no assessor is waited for."""
        for prompt in self.state.prompts:
            if prompt.revealed_at is None or before.prompt(prompt.prompt_id).revealed_at is not None:
                continue
            if isinstance(step, Reveal):
                dimension = before.dimension_of(prompt.prompt_id)
                assert by in before.leaders(dimension.dimension_id)
            else:
                assert self.state.assessors and not self.state.waiting_for(prompt.prompt_id)

    def note(self, before: Assessment, step: Step | None, by: str, at: datetime) -> None:
        """Work out from the states, not from the rules, what the history has to tell of a step."""
        if type(step) in ENTRY_OF:
            prompt_id, reason = getattr(step, "prompt_id", None), getattr(step, "reason", "")
            self.told.append(HistoryEntry(ENTRY_OF[type(step)], by, at, prompt_id=prompt_id, reason=reason))
        for was, now in zip(before.prompts, self.state.prompts, strict=True):
            if now.revealed_at is not None and was.revealed_at is None:
                self.told.append(HistoryEntry(Happened.REVEALED, by, at, prompt_id=now.prompt_id))
            if now.state is PromptState.AGREED and was.state is not PromptState.AGREED:
                agreed = HistoryEntry(Happened.LEVEL_AGREED, by, at, prompt_id=now.prompt_id)
                self.told.append(
                    replace(agreed, level_after=now.level, reason=now.reason, dissent=now.dissent)
                )

    @rule(prompt_id=prompts, level=levels, by=people)
    def vote(self, prompt_id: str, level: int, by: str) -> None:
        self.step(RecordLevel(prompt_id, level), by)

    @rule(prompt_id=prompts, by=people)
    def abstain(self, prompt_id: str, by: str) -> None:
        self.step(Abstain(prompt_id), by)

    @rule(prompt_id=prompts, level=levels, apart=st.integers(0, 1))
    def all_vote(self, prompt_id: str, level: int, apart: int) -> None:
        for number, person in enumerate(self.state.waiting_for(prompt_id)):
            self.step(RecordLevel(prompt_id, max(1, level - apart * number)), person)

    @rule(prompt_id=prompts, again=st.booleans(), by=leading)
    def decide(self, prompt_id: str, again: bool, by: str | None) -> None:
        """Go on with what is revealed or agreed, so that walks come to several rounds and reopenings."""
        prompt = self.state.prompt(prompt_id)
        if prompt.state is PromptState.REVEALED:
            step = VoteAgain(prompt_id) if again else Agree(prompt_id, prompt.median or 1)
            self.step(step, self.leader(by))
        elif prompt.answered:
            self.step(ReopenAnswer(prompt_id, "Because."), self.leader(by))

    @rule(by=leading)
    def pause_or_resume(self, by: str | None) -> None:
        paused = self.state.state is AssessmentState.PAUSED
        self.step(Resume() if paused else Pause(), self.leader(by))

    @rule(step=LEADING, by=leading)
    def lead(self, step: Step, by: str | None) -> None:
        self.step(step, self.leader(by))

    def leader(self, by: str | None) -> str:
        return by or next(iter(self.state.facilitators), NIA)

    @rule(step=ROSTER, by=people)
    def take_part(self, step: Step, by: str) -> None:
        self.step(step, by)

    @rule(by=people)
    def leave_channel(self, by: str) -> None:
        """The event comes after the fact, and may come twice."""
        self.inside.discard(by)
        asked, before = self.asked(by), self.state
        for _ in range(2):
            self.run_it(left_channel(self.database, asked, "C1"))
            self.state = self.find(self.id)
        self.check_reveals(before, LeaveChannel(), by)
        self.note(before, LeaveChannel(), by, asked.at)
        self.last_one_left = not self.state.facilitators
        assert self.state.participant(by) is None

    @rule(by=people)
    def come_back(self, by: str) -> None:
        self.inside.add(by)

    @rule()
    def closing_date_passes(self) -> None:
        """It reveals once a date what has votes, while the assessment runs, and nothing else."""
        before, at = self.state, self.asked(THE_CLOSING_DATE).at
        if before.closing_date is not None:
            self.today = max(self.today, before.closing_date + timedelta(days=1))
        for _ in range(2):
            self.run_it(reveal_past_closing(self.database, WORKSPACE, self.today, at))
            self.state = self.find(self.id)
        running = before.state is AssessmentState.RUNNING and before.closing_date is not None
        for was, now in zip(before.prompts, self.state.prompts, strict=True):
            due = running and not self.closed and was.state is PromptState.ASKED and bool(was.levels)
            assert (now.revealed_at == at) == due
            assert not due or now.revealed_by == THE_CLOSING_DATE
        self.closed = self.closed or running
        self.note(before, None, THE_CLOSING_DATE, at)

    @rule(days=st.sampled_from([None, -1, 0, 1]), by=leading)
    def change_closing_date(self, days: int | None, by: str | None) -> None:
        """A new one reveals anew, whether or not the one before it has."""
        before = self.state.closing_date
        day = None if days is None else self.today + timedelta(days=days)
        self.step(SetClosingDate(day, self.today), self.leader(by))
        self.closed = self.closed and self.state.closing_date == before

    @precondition(lambda self: len(self.cast) > 2)
    @rule(reason=reasons, by=leading)
    def cancel(self, reason: str, by: str | None) -> None:
        """What is cancelled is kept as it is; the walk goes on with another assessment."""
        by = self.leader(by)
        self.step(Cancel(reason), by)
        if self.state.active:
            return
        self.the_history_is_complete()
        kept = self.state
        self.step(RecordLevel("roads-q1", 3), by)
        self.step(Resume(), by)
        assert self.state == kept
        self.begin(by)

    @invariant()
    def no_vote_is_lost(self) -> None:
        stored = {
            (prompt.prompt_id, vote.person, vote.round): vote.level
            for prompt in self.state.prompts
            for vote in (*prompt.votes, *prompt.earlier_votes)
        }
        assert stored == self.cast

    @invariant()
    def levels_and_states_agree(self) -> None:
        for prompt in self.state.prompts:
            assert (prompt.level is not None) == (prompt.state is PromptState.AGREED)
            if prompt.state in {PromptState.REVEALED, PromptState.AGREED}:
                assert prompt.revealed_at is not None
            if prompt.state is PromptState.ASKED:
                assert prompt.revealed_at is None and not prompt.dissent
        assert self.state.facilitators or self.last_one_left, "somebody leads, unless the last one left"

    @invariant()
    def the_history_is_complete(self) -> None:
        """Once each, in order, with who and when, and with the level, the reason and the dissent."""
        if self.state == self.checked:
            return
        self.checked, entries = self.state, self.history(self.id)
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        named = [entry for entry in entries if entry.what in NAMED]
        assert [replace(entry, dimension_id=None, level_before=None) for entry in named] == self.told
        for prompt in self.state.prompts:
            own = [entry.what for entry in named if entry.prompt_id == prompt.prompt_id]
            assert own.count(Happened.LEVEL_AGREED) <= own.count(Happened.ANSWER_REOPENED) + 1
            assert prompt.round == own.count(Happened.VOTE_AGAIN) + 1


def test_together(migrated_file: Path) -> None:
    walk(Together, migrated_file, examples=12, steps=40)
