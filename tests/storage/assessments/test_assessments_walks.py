"""Whatever course an assessment takes, it is read back as it was written."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.assessment.assessment import Mode, Role
from model.assessment.evidence import CameFrom, Source, Strength
from model.assessment.history import HistoryEntry
from model.assessment.state_machine import take
from model.assessment.steps import (
    Abstain,
    AddEvidence,
    AddPeople,
    Agree,
    Cancel,
    Close,
    ConfirmLevel,
    GiveLead,
    Join,
    Leave,
    MarkNotApplicable,
    MoveEvidence,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    Step,
    Taken,
    VoteAgain,
    WithdrawEvidence,
)
from storage.database import Database
from tests.storage.material import FRAMEWORK, NOW, PEOPLE, WORKSPACE, started

_words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
_levels = st.integers(1, 5)
_dimensions = st.sampled_from([dimension.id for dimension in FRAMEWORK.dimensions])
_prompts = st.sampled_from([prompt.id for prompt in FRAMEWORK.prompts])
_evidence_ids = st.sampled_from(["E1", "E2", "E3", "E4"])

_steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(OpenDimension, _dimensions),
    st.builds(RecordLevel, _prompts, _levels),
    st.builds(RecordLevel, _prompts, _levels),
    st.builds(MarkNotApplicable, _prompts, _words),
    st.builds(PutOff, _prompts),
    st.builds(ReopenAnswer, _prompts),
    st.builds(
        AddEvidence,
        _prompts,
        _evidence_ids,
        _words,
        st.just("https://a.example/"),
        st.none() | st.sampled_from(Strength),
        st.none() | st.sampled_from(PEOPLE),
        st.none() | st.just(NOW - timedelta(days=400, microseconds=1)),
        st.builds(Source, st.sampled_from(CameFrom), _words, _words),
    ),
    st.builds(MoveEvidence, _evidence_ids, _prompts),
    st.builds(MoveEvidence, _evidence_ids, _prompts),
    st.builds(WithdrawEvidence, _evidence_ids),
    st.builds(ConfirmLevel, _dimensions, st.none() | _levels, st.none() | _levels, _words),
    st.builds(Pause),
    st.builds(Resume),
    st.builds(Abstain, _prompts),
    st.builds(Reveal, _prompts),
    st.builds(Agree, _prompts, _levels, _words, _words),
    st.builds(VoteAgain, _prompts, _words),
    st.builds(ReopenAnswer, _prompts, _words),
    st.builds(Join),
    st.builds(Leave),
    st.builds(AddPeople, st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple), st.sampled_from(Role)),
    st.builds(RemovePerson, st.sampled_from(PEOPLE)),
    st.builds(GiveLead, _dimensions, st.none() | st.sampled_from(PEOPLE)),
    st.builds(Cancel, _words),
    st.builds(Close),
)
_moves = st.lists(
    st.tuples(st.sampled_from(PEOPLE), _steps, st.timedeltas(timedelta(hours=-1), timedelta(days=9))),
    max_size=6,
)
_numbers = count()


@given(st.lists(_moves, max_size=6), st.sampled_from(Mode))
@settings(
    max_examples=25,
    deadline=None,
    # The database is shared by the examples; each has an assessment and a channel of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_a_walk_is_read_back_unchanged(
    database: Database, walk: list[list[tuple[str, Step, timedelta]]], mode: Mode
) -> None:
    id_ = f"A{next(_numbers)}"
    current, entries = started(id_, channel=f"C-{id_}", mode=mode)
    expected = list(entries)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(current, entries)
        await work.commit()
    opening: list[tuple[str, Step, timedelta]] = [
        (PEOPLE[0], OpenDimension(dimension), timedelta()) for dimension in current.scope
    ]
    for moves in [opening, *walk]:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.assessments.lock(id_)
            assert before == current
            written: list[HistoryEntry] = []
            for person, step, later in moves:
                outcome = take(current, step, by=person, at=NOW + later)
                if isinstance(outcome, Taken):
                    current = outcome.assessment
                    written += outcome.entries
            await work.assessments.save(before, current, written)
            await work.commit()
        expected += written
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get(id_) == current
        assert await work.assessments.history(id_) == expected
