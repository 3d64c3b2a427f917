"""Whatever people do in together mode, in whatever order and however often it is delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.services.assessing import Asked, Refused, find_assessment, start_assessment, take_step
from bot.services.leaving import left_channel
from model.assessment import Assessment, Kind, Mode, PromptState, Role
from model.history import Happened, HistoryEntry
from model.refusals import Reason
from model.steps import (
    Abstain,
    AddPeople,
    Agree,
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
    Step,
    TakeOver,
    VoteAgain,
)
from storage.database import Database
from tests.model.assessments import FRAMEWORK, GRACE, NIA, NOW, OMAR

T = TypeVar("T")
WORKSPACE = "T1"
PEOPLE = (NIA, OMAR, GRACE, "U4ANA")
PROMPTS = ("roads-q1", "roads-q2", "bins-q1")
prompts, people, levels = st.sampled_from(PROMPTS), st.sampled_from(PEOPLE), st.integers(1, 5)
reasons = st.sampled_from(["", "Because."])
LEADING = st.one_of(
    st.builds(Reveal, prompts),
    st.builds(Reveal, prompts),
    st.builds(Agree, prompts, levels, reasons, reasons),
    st.builds(VoteAgain, prompts, reasons),
    st.builds(ReopenAnswer, prompts, reasons),
    st.builds(MarkNotApplicable, prompts, reasons),
    st.builds(PutOff, prompts),
)
ROSTER = st.one_of(
    st.builds(Join),
    st.builds(Leave),
    st.builds(TakeOver),
    st.builds(AddPeople, st.tuples(people), st.sampled_from(Role)),
    st.builds(RemovePerson, people),
    st.builds(GiveLead, st.sampled_from(["roads", "bins"]), st.none() | people),
    st.builds(Pause),
    st.builds(Resume),
    st.builds(Resume),
)


class Channel:
    """Who is in the channel, as Slack would say it."""

    def __init__(self) -> None:
        self.people = set(PEOPLE)

    async def inside(self, workspace_id: str, channel_id: str, person: str) -> bool:
        return person in self.people


class Together(RuleBasedStateMachine):
    """Steps go through the service into SQLite; beside it runs a record of what was cast."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.database = self.run_it(Database.open(f"sqlite:///{Path(self.folder.name) / 'walk.db'}"))
        self.at = NOW
        self.channel = Channel()
        self.last_one_left = False
        self.cast: dict[tuple[str, str, int], int | None] = {}
        new = NewAssessment("C1", "Walk", Kind.SELF, Mode.TOGETHER, ("roads", "bins"), (NIA,))
        begun = self.run_it(
            start_assessment(
                self.database,
                self.asked(NIA),
                new,
                framework=FRAMEWORK,
                today=NOW.date(),
                membership=self.channel,
            )
        )
        assert begun is not None
        self.id = begun.id
        self.state: Assessment = begun
        self.step(OpenDimension("roads"), NIA)
        self.step(OpenDimension("bins"), NIA)

    def run_it(self, work: Coroutine[object, object, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run_it(self.database.close())
        self.runner.close()
        self.folder.cleanup()

    def asked(self, by: str) -> Asked:
        self.at += timedelta(minutes=1)
        return Asked(WORKSPACE, by, self.at, f"press:{self.at.isoformat()}")

    def step(self, step: Step, by: str) -> None:
        """Take a step, then deliver the same once more, which must change nothing."""
        asked, before = self.asked(by), self.state
        try:
            taken = self.run_it(take_step(self.database, asked, self.id, step, self.channel))
        except Refused as refused:
            outside = by not in self.channel.people
            assert (refused.refusal.reason is Reason.NOT_IN_CHANNEL) == outside
            assert self.run_it(find_assessment(self.database, WORKSPACE, self.id)) == before
            return
        assert taken is not None
        self.state = taken.after
        self.last_one_left = self.last_one_left and not self.state.facilitators
        if isinstance(step, RecordLevel | Abstain):
            level = step.level if isinstance(step, RecordLevel) else None
            self.cast[step.prompt_id, by, before.prompt(step.prompt_id).round] = level
        self.check_reveals(before, step, by)
        assert by in self.channel.people, "whoever is not in the channel has no part in it"
        assert self.run_it(take_step(self.database, asked, self.id, step, self.channel)) is None
        assert self.run_it(find_assessment(self.database, WORKSPACE, self.id)) == self.state

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

    @rule(prompt_id=prompts, level=levels, by=people)
    def vote(self, prompt_id: str, level: int, by: str) -> None:
        self.step(RecordLevel(prompt_id, level), by)

    @rule(prompt_id=prompts, by=people)
    def abstain(self, prompt_id: str, by: str) -> None:
        self.step(Abstain(prompt_id), by)

    @rule(step=LEADING, by=st.just(NIA) | people)
    def lead(self, step: Step, by: str) -> None:
        self.step(step, by)

    @rule(step=ROSTER, by=people)
    def take_part(self, step: Step, by: str) -> None:
        self.step(step, by)

    @rule(by=people)
    def leave_channel(self, by: str) -> None:
        """The event comes after the fact, and may come twice."""
        self.channel.people.discard(by)
        asked, before = self.asked(by), self.state
        for _ in range(2):
            self.run_it(left_channel(self.database, asked, "C1"))
            self.state = self.run_it(find_assessment(self.database, WORKSPACE, self.id))
        self.check_reveals(before, LeaveChannel(), by)
        self.last_one_left = not self.state.facilitators
        assert self.state.participant(by) is None

    @rule(by=people)
    def come_back(self, by: str) -> None:
        self.channel.people.add(by)

    @rule()
    def restart(self) -> None:
        self.run_it(self.database.close())
        self.database = self.run_it(Database.open(f"sqlite:///{Path(self.folder.name) / 'walk.db'}"))

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
        entries = self.run_it(self.history())
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        for prompt in self.state.prompts:
            own = [entry for entry in entries if entry.prompt_id == prompt.prompt_id]
            agreed = [entry.level_after for entry in own if entry.what is Happened.LEVEL_AGREED]
            reopened = sum(entry.what is Happened.ANSWER_REOPENED for entry in own)
            if prompt.state is PromptState.AGREED:
                assert agreed[-1] == prompt.level and len(agreed) <= reopened + 1
            again = sum(entry.what is Happened.VOTE_AGAIN for entry in own)
            assert prompt.round == again + 1

    async def history(self) -> list[HistoryEntry]:
        async with self.database.reading(WORKSPACE) as work:
            return await work.assessments.history(self.id)


TestTogether = Together.TestCase
TestTogether.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
