"""Whatever two teams do, in one channel or in two, neither sees the other's levels early."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bot.services.asking import Refused
from bot.services.assessment.starting import start_assessment
from bot.services.assessment.stepping import take_step
from bot.services.second_team.second_team import invite_second_team, moderate_level, see_pair
from model.assessment.assessment import (
    Assessment,
    Confirmation,
    Kind,
    Mode,
    Moderation,
    PromptProgress,
    PromptState,
    Role,
    Vote,
)
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Agree,
    ConfirmLevel,
    NewAssessment,
    OpenDimension,
    RecordLevel,
    ReopenAnswer,
    Reveal,
    Step,
    VoteAgain,
)
from model.second_team.comparison import compare
from model.second_team.inviting import Invitation
from model.second_team.moderating import WITHDRAWN, Moderate
from model.second_team.pair import Pair, pair_of, seen_from, standing_moderation
from tests.bot.services.walking import ServiceWalk, walk
from tests.model.assessments import GRACE, NIA, OMAR, calculated
from tests.model.pairs import ANA, JO, TOM
from tests.model.second_team.test_pair_walks import waits_for_nobody

SCOPE = ("parks", "bins")
TEAMS = ((NIA, GRACE, OMAR), (JO, TOM, ANA))
"""Who leads and who votes, on the first side and on the second."""
prompts, levels = st.sampled_from(["parks-q1", "parks-q2", "bins-q1"]), st.integers(1, 5)
dimensions, sides, people = st.sampled_from(SCOPE), st.integers(0, 1), st.integers(0, 2)


class TwoTeams(ServiceWalk):
    """Beside both sides runs a record of what was cast, who had their say, and what was moderated."""

    def __init__(self, migrated: Path) -> None:
        super().__init__(migrated, *TEAMS[0], *TEAMS[1])
        self.cast: dict[tuple[str, str, str, int], int | None] = {}
        self.had_their_say: set[tuple[str, str]] = set()
        self.moderated: dict[str, tuple[Moderation, tuple[Confirmation | None, ...]]] = {}
        new = NewAssessment("C1", "Walk", Kind.SELF, Mode.TOGETHER, SCOPE, (NIA,))
        begun = self.run_it(start_assessment(self.desk, self.asked(NIA), new))
        assert begun is not None
        self.ids, self.now = [begun.id], [begun]
        self.get_ready(0)

    def get_ready(self, side: int) -> None:
        lead, *voters = TEAMS[side]
        self.step(side, AddPeople(tuple(voters), Role.ASSESSOR), lead)
        for dimension in SCOPE:
            self.step(side, OpenDimension(dimension), lead)

    @initialize(channel=st.sampled_from(["C1", "C2"]), early=st.sampled_from([True, True, False]))
    def where(self, channel: str, early: bool) -> None:
        """The second team may be there from the start, or be invited when the first has begun to vote."""
        self.channel = channel
        if early:
            self.invite()

    @precondition(lambda self: len(self.ids) == 1)
    @rule()
    def invite(self) -> None:
        invitation = Invitation(self.channel, Kind.PEER, "Peer team", (JO,))
        shown = any(prompt.came_to_light for prompt in self.now[0].prompts)
        try:
            second = self.run_it(invite_second_team(self.desk, self.asked(NIA), self.ids[0], invitation))
        except Refused:
            assert shown and self.channel == "C1", "only what would be seen is refused"
            return
        assert second is not None and not (shown and self.channel == "C1")
        self.ids.append(second.id)
        self.read()
        self.get_ready(1)

    def read(self) -> None:
        self.now = [self.find(each) for each in self.ids]

    @property
    def pair(self) -> Pair | None:
        return pair_of(*self.now) if len(self.now) == 2 else None

    def step(self, side: int, step: Step, by: str) -> None:
        if side >= len(self.ids):
            return
        own, shown, asked = self.now[side], self.shown(), self.asked(by)
        try:
            assert self.run_it(take_step(self.desk, asked, own.id, step)) is not None
        except Refused:
            assert [self.find(each) for each in self.ids] == self.now
            return
        self.read()
        if isinstance(step, RecordLevel | Abstain):
            level = step.level if isinstance(step, RecordLevel) else None
            self.cast[own.id, step.prompt_id, by, own.prompt(step.prompt_id).round] = level
        if isinstance(step, Reveal):
            self.had_their_say.add((own.id, step.prompt_id))
        for each, prompt in self.every_prompt():
            if prompt.ready_at is not None or waits_for_nobody(each, prompt.prompt_id):
                self.had_their_say.add((each.id, prompt.prompt_id))
        if self.pair is not None and self.channel == "C1":
            for _, prompt_id in self.shown() - shown:
                assert {(each, prompt_id) for each in self.ids} <= self.had_their_say

    def every_prompt(self) -> list[tuple[Assessment, PromptProgress]]:
        return [(each, prompt) for each in self.now for prompt in each.prompts]

    def shown(self) -> set[tuple[str, str]]:
        return {(each.id, prompt.prompt_id) for each, prompt in self.every_prompt() if prompt.came_to_light}

    @rule(side=sides, prompt_id=prompts, level=levels, who=people)
    def vote(self, side: int, prompt_id: str, level: int, who: int) -> None:
        """Somebody who leads may vote too; now and then somebody strays to the other team's card."""
        self.step(side, RecordLevel(prompt_id, level), TEAMS[side][who])
        self.step(1 - side, RecordLevel(prompt_id, level), TEAMS[side][who])

    @rule(side=sides, prompt_id=prompts, level=levels, apart=st.integers(0, 1))
    def all_vote(self, side: int, prompt_id: str, level: int, apart: int) -> None:
        for number, person in enumerate(TEAMS[side][1:]):
            self.step(side, RecordLevel(prompt_id, max(1, level - apart * number)), person)

    @rule(side=sides, prompt_id=prompts, step=st.sampled_from([Abstain, Reveal]), who=people)
    def abstain_or_reveal(self, side: int, prompt_id: str, step: type[Abstain | Reveal], who: int) -> None:
        self.step(side, step(prompt_id), TEAMS[side][who])

    @rule(side=sides, prompt_id=prompts, again=st.integers(0, 3))
    def decide(self, side: int, prompt_id: str, again: int) -> None:
        if side >= len(self.now):
            return
        prompt, lead = self.now[side].prompt(prompt_id), TEAMS[side][0]
        if prompt.state is PromptState.REVEALED:
            step = VoteAgain(prompt_id) if again == 0 else Agree(prompt_id, prompt.median or 1)
            self.step(side, step, lead)
        elif prompt.answered and again == 1:
            self.step(side, ReopenAnswer(prompt_id, "New facts."), lead)

    @precondition(lambda self: len(self.ids) == 2)
    @rule(going=st.sampled_from([(0,), (1,), (0, 1), (0, 1)]), level=levels, apart=st.integers(0, 1))
    def go_far(self, going: tuple[int, ...], level: int, apart: int) -> None:
        """One or both go as far as they can, so that walks come to levels to compare and to moderate."""
        for prompt in self.now[0].prompts:
            for side in going:
                self.all_vote(side, prompt.prompt_id, level, apart)
            for side in going:
                self.decide(side, prompt.prompt_id, 2)
        for dimension_id in SCOPE:
            for side in going:
                self.confirm(side, dimension_id)

    @rule(side=sides, dimension_id=dimensions)
    def confirm(self, side: int, dimension_id: str) -> None:
        if side < len(self.now):
            level = calculated(self.now[side], dimension_id)
            self.step(side, ConfirmLevel(dimension_id, level, level), TEAMS[side][0])

    @precondition(lambda self: self.pair is not None and bool(compare(self.pair).dimensions))
    @rule(side=sides, dimension_id=dimensions, level=st.sampled_from([1, 4, None, WITHDRAWN]), lead=sides)
    def moderate(self, side: int, dimension_id: str, level: int | None, lead: int) -> None:
        """A facilitator of either team may, from either side's message."""
        asked, step = self.asked(TEAMS[lead][0]), Moderate(dimension_id, level, "We looked at it.")
        agreed = [each.dimension(dimension_id).confirmation for each in self.now]
        try:
            pair = self.run_it(moderate_level(self.desk, asked, self.ids[side], step))
        except Refused:
            assert [self.find(each) for each in self.ids] == self.now
            return
        assert pair is not None and None not in agreed, "only what both stand by"
        self.read()
        self.moderated.pop(dimension_id, None)
        if level != WITHDRAWN:
            recorded = Moderation(level, step.reason, asked.person, asked.at)
            self.moderated[dimension_id] = (recorded, tuple(agreed))

    @precondition(lambda self: bool(self.moderated))
    @rule(side=sides)
    def take_up_again(self, side: int) -> None:
        """What one team has confirmed anew is not what both agreed on, even where it is the same."""
        for dimension_id in tuple(self.moderated):
            for prompt in self.now[side].dimension(dimension_id).prompts[:1]:
                self.step(side, ReopenAnswer(prompt.prompt_id, "New facts."), TEAMS[side][0])
                self.decide(side, prompt.prompt_id, 2)
            self.a_moderated_level_counts_while_both_stand_agreed()
            self.confirm(side, dimension_id)

    @rule(side=sides, who=people)
    def look_at_both(self, side: int, who: int) -> None:
        if side >= len(self.ids):
            return
        by, pair = TEAMS[side][who], self.pair
        try:
            seen = self.run_it(see_pair(self.desk, self.asked(by), self.ids[side]))
        except Refused:
            comparable = pair is not None and bool(compare(pair).prompts)
            may = pair is not None and (pair.complete or by in self.now[side].facilitators)
            assert not (comparable and may)
            return
        assert pair is not None and seen == pair
        assert pair.complete or by in self.now[side].facilitators

    @invariant()
    def no_vote_is_lost(self) -> None:
        stored = {
            (each.id, prompt.prompt_id, vote.person, vote.round): vote.level
            for each, prompt in self.every_prompt()
            for vote in (*prompt.votes, *prompt.earlier_votes)
        }
        assert stored == self.cast

    @invariant()
    def what_the_other_has_not_shared_changes_nothing(self) -> None:
        """All that a side shows is drawn from itself and from the comparison; neither depends on it."""
        pair = self.pair
        if pair is None:
            return
        first, second = pair.first, pair.second
        assert seen_from(first, otherwise(second, first)) == first
        assert seen_from(second, otherwise(first, second)) == second
        seen = compare(pair)
        assert compare(Pair(first, otherwise(second, first))) == seen
        assert compare(Pair(otherwise(first, second), second)) == seen

    @invariant()
    def a_moderated_level_counts_while_both_stand_agreed(self) -> None:
        pair = self.pair
        for dimension_id in SCOPE if pair is not None else ():
            assert pair is not None
            agreed = tuple(each.dimension(dimension_id).confirmation for each in self.now)
            recorded = self.moderated.get(dimension_id)
            if recorded is not None and recorded[1] != agreed:
                recorded = self.moderated.pop(dimension_id) and None
            counts = None if recorded is None else recorded[0]
            assert standing_moderation(pair, dimension_id) == counts
            compared = {each.dimension_id: each.moderation for each in compare(pair).dimensions}
            assert compared.get(dimension_id) == counts


def otherwise(side: Assessment, other: Assessment) -> Assessment:
    """The same side, had it said otherwise wherever not both have agreed their levels."""
    for dimension in side.dimensions:
        theirs = other.dimension(dimension.dimension_id).prompts
        both = zip(dimension.prompts, theirs, strict=True)
        apart = [own for own, their in both if not (own.settled and their.settled)]
        for prompt in apart:
            side = side.with_prompt(
                replace(
                    prompt,
                    level=None if prompt.level is None else prompt.level % 5 + 1,
                    votes=tuple(map(other_vote, prompt.votes)),
                    earlier_votes=tuple(map(other_vote, prompt.earlier_votes)),
                )
            )
        changed = side.dimension(dimension.dimension_id)
        confirmation = changed.confirmation
        if apart and confirmation is not None:
            confirmed = replace(confirmation, level=None, calculated=None)
            side = side.with_dimension(replace(changed, confirmation=confirmed))
    return side


def other_vote(vote: Vote) -> Vote:
    return vote if vote.level is None else replace(vote, level=vote.level % 5 + 1)


def test_two_teams(migrated_file: Path) -> None:
    walk(TwoTeams, migrated_file, examples=8, steps=25)
