"""Whatever people type and whatever happens: Slack takes every message and view, and nobody is notified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.block_kit import check_message, check_view
from bot.sandbox.block_kit import check_message_blocks
from bot.sandbox.block_kit import check_view as sandbox_check_view
from bot.sandbox.pings import all_pings, pings_in_blocks
from bot.services.projection import MessageKind, read_note_subject, shown
from bot.views import (
    agree_modals,
    deletion,
    evidence_asks,
    evidence_modals,
    evidence_receipts,
    guide,
    library,
    modals,
    receipts,
    refusals,
    roster_modals,
    status,
)
from bot.views.blocks import Message, View
from bot.views.board import board
from bot.views.dimension_card import dimension_card
from bot.views.evidence_note import evidence_note, moved_note, withdrawn_note
from bot.views.home import home_view
from bot.views.last_time import last_time_modal
from bot.views.level_card import level_card
from bot.views.notices import channel_closed
from bot.views.offers import offer
from bot.views.people import Names
from bot.views.prompt_card import prompt_card
from bot.views.radar import radar_svg
from bot.views.radar_chart import ALT_TEXT_LIMIT, radar_alt_text
from bot.views.reference import Reference
from bot.views.results import radar_chart, results, scores
from bot.views.start_modal import StartDefaults, start_modal
from bot.views.text import escape
from bot.views.what_if import how_to_ask, what_if_answer
from model.assessment import (
    FACILITATOR_LIMIT,
    LINK_LIMIT,
    TITLE_LIMIT,
    Assessment,
    DimensionState,
    Kind,
    Mode,
)
from model.deletion import Deletion
from model.evidence import FILE_NAMES_LIMIT, CameFrom, Evidence, Source, Strength, copied
from model.evidencing import get_evidence
from model.framework import Framework
from model.framework_text import DIMENSION_LIMIT, PROMPT_LIMIT
from model.home import DueMilestone, Home, ItemToSee, ProposalToSee, Task
from model.last_time import LastTime
from model.proposal import Proposal, ProposalState
from model.refusals import Reason, Refusal
from model.state_machine import take
from model.steps import (
    AddEvidence,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    MoveEvidence,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Step,
    Taken,
    WithdrawEvidence,
)
from model.what_if import what_if
from model.what_if_asked import NotUnderstood, Unclear
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.model.assessments import GRACE, NIA, NOW, calculated, started
from tests.model.plans import item_step, planned

LONDON = ZoneInfo("Europe/London")
COMMAND = "/" + "milepost-of-the-council"
FACILITATORS = (NIA, *(f"U{number}FACILITATOR" for number in range(FACILITATOR_LIMIT - 1)))
LINK = "https://a.example/" + "&" * (LINK_LIMIT - 18)

frameworks = st.builds(
    lambda unit, shape: framework(unit, *shape), st.sampled_from(UNITS), st.sampled_from(SHAPES)
)
titles = words.map(lambda text: text.strip()[:TITLE_LIMIT].strip() or "?")


def called(name: str) -> Names:
    """Everybody has this display name."""
    return Names(dict.fromkeys((*FACILITATORS, GRACE), name))


names = words.map(called)


def attempt(assessment: Assessment, step: Step, by: str = NIA) -> Assessment:
    outcome = take(assessment, step, by=by, at=NOW)
    return outcome.assessment if isinstance(outcome, Taken) else assessment


class Walked:
    """An assessment that says little of itself when a test fails: a framework at its limits is long."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment

    def __repr__(self) -> str:
        states = [dimension.state.value for dimension in self.assessment.dimensions]
        return f"Walked({self.assessment.title!r}, {self.assessment.state.value}, {states})"


@st.composite
def assessments(draw: st.DrawFn) -> Walked:
    """An assessment in which people did something of everything, at any stage of its life."""
    title = draw(titles)
    closing = NOW.date() + timedelta(days=draw(st.integers(0, 400)))
    assessment = started(draw(frameworks), title=title, facilitators=FACILITATORS, closing_date=closing)
    # As long as ids are in earnest: a card holds dozens of them.
    assessment = replace(assessment, id="a" * 32)
    for dimension in assessment.scope[: draw(st.integers(0, 24))]:
        assessment = attempt(assessment, OpenDimension(dimension), GRACE)
    typed = [draw(words) for _ in range(3)]
    for _ in range(draw(st.sampled_from([0, 1, 3, 20]))):
        assessment = _everything_asked(draw, assessment, typed)
    for progress in assessment.dimensions:
        if progress.state is DimensionState.ANSWERED and draw(st.booleans()):
            level = draw(st.none() | st.integers(1, 5))
            seen = calculated(assessment, progress.dimension_id)
            reason = draw(st.sampled_from(typed))[:1_000]
            assessment = attempt(assessment, ConfirmLevel(progress.dimension_id, seen, level, reason))
    last = draw(st.sampled_from([None, Pause(), Cancel(typed[0][:1_000]), Close()]))
    if last is not None:
        assessment = attempt(assessment, last)
    return Walked(assessment)


def _everything_asked(draw: st.DrawFn, assessment: Assessment, typed: list[str]) -> Assessment:
    """Do something with each prompt that is asked."""
    for prompt in assessment.prompts:
        if not prompt.takes_level:
            continue
        id_ = prompt.prompt_id
        assessment = attempt(
            assessment, AddEvidence(id_, f"E{id_}", draw(st.sampled_from(typed)), LINK), GRACE
        )
        assessment = _from_a_message(draw, assessment, id_, typed)
        moves: list[Step] = [
            RecordLevel(id_, draw(st.integers(1, 5))),
            MarkNotApplicable(id_, draw(st.sampled_from(typed))[:1_000]),
            PutOff(id_),
        ]
        assessment = attempt(assessment, draw(st.sampled_from(moves)), GRACE)
        if draw(st.integers(0, 4)) == 0:
            assessment = attempt(assessment, ReopenAnswer(id_))
    return assessment


def _from_a_message(draw: st.DrawFn, assessment: Assessment, prompt_id: str, typed: list[str]) -> Assessment:
    """Log a message of somebody else's, and perhaps move it or withdraw it."""
    evidence_id, first = f"M{prompt_id}", assessment.prompts[0].prompt_id
    source = Source(
        CameFrom.MESSAGE, address("00") + "?thread_ts=1700000000.000100", (typed[1] * 9 + "x")[:500]
    )
    text = copied(draw(st.sampled_from(typed)) * 9)
    logged = AddEvidence(prompt_id, evidence_id, text, LINK, Strength.DOCUMENTED, GRACE, NOW, source)
    assessment = attempt(assessment, logged)
    if draw(st.booleans()):
        assessment = attempt(assessment, MoveEvidence(evidence_id, first))
    return attempt(assessment, WithdrawEvidence(evidence_id)) if draw(st.booleans()) else assessment


def address(dimension_id: str) -> str:
    workspace = "https://the-council-of-somewhere-or-other.slack.com"
    return f"{workspace}/archives/C0123456789/p1700000000{dimension_id[-2:]}0100"


def messages_of(assessment: Assessment, names: Names) -> Iterator[tuple[str, Message]]:
    """Every message that everybody sees, as if the same had been found last time."""
    last = LastTime(replace(assessment, state_changed_at=NOW))
    threads = {each: address(each) for each in assessment.scope}
    yield "board", board(assessment, names=names, threads=threads)
    for each in shown(assessment).values():
        subject = each.message.subject or ""
        match each.message.kind:
            case MessageKind.DIMENSION:
                yield "dimension", dimension_card(assessment, subject, names=names)
            case MessageKind.PROMPT:
                yield "prompt", prompt_card(assessment, subject, names=names, last=last)
            case MessageKind.LEVEL:
                yield "level", level_card(assessment, subject, names=names)
            case MessageKind.EVIDENCE:
                prompt_id, evidence = get_evidence(assessment, read_note_subject(subject)[0])
                for note in (evidence_note, moved_note, withdrawn_note):
                    yield "evidence", note(assessment, prompt_id, evidence, names=names)
    yield "results", results(assessment, last)
    yield "scores", scores(assessment, last)
    yield "how to ask", how_to_ask(assessment, COMMAND)
    yield from (("what if", each) for each in what_ifs(assessment))


def what_ifs(assessment: Assessment) -> Iterator[Message]:
    """Answers to questions about every dimension, about one and about none that there is."""
    framework, scope = assessment.framework, assessment.scope
    unclear = [Unclear(why, "<!channel>" * 40, scope[0], "7") for why in NotUnderstood]
    for wished in (dict.fromkeys(scope, 5), dict.fromkeys(scope, 1), {scope[0]: 4}):
        result = what_if(framework, assessment.levels(), wished, scope)
        yield what_if_answer(assessment, result, unclear, COMMAND)
    nothing = what_if(framework, assessment.levels(), {}, scope)
    yield what_if_answer(assessment, nothing, unclear * 2, COMMAND)


def receipts_of(assessment: Assessment) -> Iterator[str]:
    """Every sentence about an assessment that only the person who pressed sees."""
    yield receipts.started_receipt(assessment)
    yield offer(assessment, "delete").text
    yield refusals.already_running(escape(assessment.title), COMMAND)
    for dimension in assessment.scope:
        yield receipts.opened_receipt(assessment, dimension)
        yield receipts.confirm_receipt(assessment, dimension)
    for prompt in assessment.prompts:
        if prompt.votes:
            yield receipts.level_receipt(assessment, assessment, prompt.prompt_id, NIA, 4)


def views_of(assessment: Assessment) -> Iterator[View]:
    """Every modal of an assessment."""
    dimension, prompt = assessment.scope[0], assessment.prompts[0].prompt_id
    asked = sorted(assessment.prompts, key=lambda each: not each.answered)
    yield evidence_modals.evidence_modal(assessment, prompt)
    yield from evidence_forms(assessment, prompt)
    yield modals.not_applicable_modal(assessment, prompt)
    yield modals.set_level_modal(assessment, dimension, calculated(assessment, dimension))
    yield modals.cancel_modal(assessment)
    yield deletion.delete_modal(assessment)
    yield from (last_time_modal(assessment, LastTime(assessment), each.prompt_id) for each in asked[:3])
    yield agree_modals.agree_modal(assessment, prompt)
    yield agree_modals.vote_again_modal(assessment, prompt)
    yield agree_modals.reopen_modal(assessment, prompt)
    yield roster_modals.people_modal(assessment)
    yield roster_modals.lead_modal(assessment, dimension)
    for refused in Reason:
        refusal = Refusal(
            refused,
            FACILITATORS,
            by=GRACE,
            at=NOW,
            level=3,
            limit=1_000,
            length=1_001,
            words=assessment.title,
        )
        yield modals.notice_modal(refusals.refusal_sentence(refusal, assessment.framework, LONDON, NIA))
    yield start_modal(
        assessment.framework,
        StartDefaults(
            assessment.title, Kind.PEER, Mode.TOGETHER, assessment.scope, FACILITATORS, "C0123456789"
        ),
    )


def evidence_forms(assessment: Assessment, prompt: str) -> Iterator[View]:
    """The forms about one piece of evidence, the longest there can be."""
    about = Reference(assessment="a" * 32, message="1700000000.000100", dimension=assessment.scope[0])
    source = Source(CameFrom.FILE, address("00"), "<!here>" * 70)
    evidence = Evidence("e" * 27, GRACE, "💡" * 3_000, LINK, NOW, logged_by=NIA, source=source)
    yield evidence_modals.withdraw_modal(assessment, prompt, evidence)
    if evidence_modals.has_elsewhere(assessment, prompt):
        yield evidence_modals.move_modal(assessment, prompt, evidence)
        for dimension in ("", assessment.scope[0]):
            if not dimension or assessment.dimension(dimension).opened_at is not None:
                where = about.model_copy(update={"dimension": dimension})
                yield evidence_modals.log_modal(assessment, where, "💡" * 3_000, "&" * FILE_NAMES_LIMIT)


def evidence_answers(assessment: Assessment) -> Iterator[Message]:
    """What one person is asked and told about messages as evidence."""
    prompt = assessment.prompts[-1].prompt_id
    source = Source(CameFrom.FILE, address("00"), "<!here>" * 70)
    evidence = Evidence("e" * 27, GRACE, "<!channel>" * 300, "", NOW, logged_by=NIA, source=source)
    for reacted in (True, False):
        yield Message(evidence_receipts.logged_receipt(assessment, prompt, evidence, NIA, reacted=reacted))
    yield Message(evidence_receipts.already_logged(assessment, prompt, evidence))
    yield Message(evidence_receipts.moved_receipt(assessment, prompt))
    yield Message(evidence_receipts.taken_back_receipt(assessment, prompt))
    yield Message(evidence_receipts.kept_receipt(assessment, prompt))
    opened = [each.dimension_id for each in assessment.dimensions if each.opened_at is not None]
    if opened:
        yield evidence_asks.ask_which(assessment, "1700000000.000100")
        yield evidence_asks.ask_which(assessment, "1700000000.000100", dimension_id=opened[0])
        yield evidence_asks.ask_about_file(assessment, "1700000000.000100", opened[-1])


def guide_of(framework: Framework) -> Iterator[Message | View]:
    """All that the guide shows."""
    yield guide.dimension_guide(framework, framework.dimensions[-1].id)
    yield guide.prompt_guide(framework, framework.prompts[-1].id)
    yield guide.benefit_guide(framework, framework.benefits[0].id)
    yield guide.handbook_guide(framework)
    yield guide.so_what(framework, COMMAND)
    yield guide.why_dimension(framework, framework.dimensions[0].id)
    yield guide.why_benefit(framework, framework.benefits[0].id)
    yield guide.about_model(framework)
    yield Message(guide.unknown_subject(framework, "<!channel>", framework.dimensions[0].name))


def check_shown(message: Message, *, pings: tuple[str, ...] = ()) -> None:
    """Slack takes it as a new message and as an edit, and only these people are notified."""
    payload = message.payload()
    assert check_message(payload) == ()
    assert check_message(payload, update=True) == ()
    assert check_message_blocks(payload["blocks"]) == []
    assert payload["text"].strip()
    assert set(all_pings(payload["text"], payload["blocks"])) <= set(pings)


def check_modal(view: View, *, pings: tuple[str, ...] = ()) -> None:
    assert check_view(view) == ()
    assert sandbox_check_view(view) == []
    assert set(pings_in_blocks(view["blocks"])) <= set(pings)


@given(assessments(), names)
@settings(max_examples=40, deadline=None)
def test_messages(walked: Walked, names: Names) -> None:
    for _, message in messages_of(walked.assessment, names):
        check_shown(message)


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_the_status(walked: Walked) -> None:
    """Only one person sees it, so that it may mention people."""
    message = status.status(walked.assessment, board_address=address("00"))
    check_shown(message, pings=(*FACILITATORS, GRACE))


@given(words.filter(str.strip), st.integers(1, 40), st.sampled_from(UNITS))
@settings(max_examples=30, deadline=None)
def test_last_time_with_much_evidence(typed: str, pieces: int, unit: str) -> None:
    """As many of the longest pieces as a window of Slack's holds, in any alphabet."""
    earlier = attempt(started(framework(unit, 1, 1)), OpenDimension(started(framework(unit, 1, 1)).scope[0]))
    prompt = earlier.prompts[0].prompt_id
    for number in range(pieces):
        text = (typed * 3_000)[:3_000] if number % 2 else "💡" * 3_000
        earlier = attempt(earlier, AddEvidence(prompt, f"E{number}", text, LINK), GRACE)
    earlier = attempt(earlier, RecordLevel(prompt, 4), GRACE)
    check_modal(last_time_modal(earlier, LastTime(earlier), prompt), pings=(GRACE,))


@given(assessments())
@settings(max_examples=15, deadline=None)
def test_the_home_tab(walked: Walked) -> None:
    """With everything that may be on it, of the longest words, many times over."""
    assessment = walked.assessment
    prompts = [Task(assessment, each.prompt_id, address("00")) for each in assessment.prompts]
    dimensions = [Task(assessment, each, address("00")) for each in assessment.scope]
    whole = [Task(assessment, "", address("00"))] * 30
    [planned_item] = planned(item_step()).items
    item = replace(planned_item, title="*R&D* <@U1> " * 15)
    milestone = replace(item.milestones[0], name="<!channel> " * 20)
    due = DueMilestone(assessment.id, item, milestone)
    proposal = Proposal(
        "P1", "A1", "C1", "<!here> " * 25, "", NIA, NOW, state=ProposalState.DRAFT, state_by=NIA, state_at=NOW
    )
    home = Home(
        votes=tuple(prompts * 2),
        reveal=tuple(prompts),
        agree=tuple(prompts),
        confirm=tuple(dimensions),
        leads=tuple(dimensions),
        under_way=tuple(whole),
        results=tuple(whole),
        milestones=(due,) * 30,
        proposals=(ProposalToSee(proposal, address("00")),) * 30,
        to_decide=(ItemToSee("A1", due.item),) * 30,
        to_judge=(ItemToSee("A1", due.item),) * 30,
    )
    check_modal(home_view(home, today=NOW.date(), command=COMMAND), pings=(due.item.added_by,))
    check_modal(home_view(Home(), today=NOW.date(), command=COMMAND))


@given(titles, names)
@settings(max_examples=40, deadline=None)
def test_deletions(title: str, names: Names) -> None:
    gone = Deletion("A1", "C0123456789", title, NIA, NOW)
    check_shown(deletion.deletion_note(gone, names=names))
    check_shown(Message(deletion.deleted_receipt(gone)))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_modals(walked: Walked) -> None:
    # A refusal names who can help, to one person only; a modal notifies nobody.
    for view in views_of(walked.assessment):
        check_modal(view, pings=(*FACILITATORS, GRACE))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_receipts(walked: Walked) -> None:
    for sentence in receipts_of(walked.assessment):
        check_shown(Message(sentence), pings=(*FACILITATORS, GRACE))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_answers_about_evidence(walked: Walked) -> None:
    for message in evidence_answers(walked.assessment):
        check_shown(message, pings=(NIA, GRACE))


def everything_open(unit: str, shape: tuple[int, int]) -> Assessment:
    """Every question asked, of a framework at its limits."""
    assessment = started(framework(unit, *shape), facilitators=FACILITATORS)
    for dimension in assessment.scope:
        assessment = attempt(assessment, OpenDimension(dimension))
        for prompt in assessment.dimension(dimension).prompts:
            assessment = attempt(assessment, PutOff(prompt.prompt_id))
    return assessment


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", [*SHAPES, (DIMENSION_LIMIT, PROMPT_LIMIT)])
def test_a_menu_of_every_question_of_a_long_framework(unit: str, shape: tuple[int, int]) -> None:
    """It fits a form whole. Where a message has no room for it, a button opens that form."""
    assessment = everything_open(unit, shape)
    for message in evidence_answers(assessment):
        check_shown(message, pings=(NIA, GRACE))
    offered = [
        [each["value"] for group in element["option_groups"] for each in group["options"]]
        for view in evidence_forms(assessment, assessment.prompts[0].prompt_id)
        for element in (block.get("element", {}) for block in view["blocks"])
        if "option_groups" in element
    ]
    everything = [Reference(prompt=prompt.prompt_id).encode() for prompt in assessment.prompts]
    if len(everything) > 1:
        assert everything[1:] in offered and everything in offered
    for view in evidence_forms(assessment, assessment.prompts[0].prompt_id):
        check_modal(view)


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_charts(walked: Walked) -> None:
    if any(each.message.kind == MessageKind.CHART for each in shown(walked.assessment).values()):
        chart = radar_chart(walked.assessment, LastTime(walked.assessment))
        assert 0 < len(radar_alt_text(chart)) <= ALT_TEXT_LIMIT
        assert radar_svg(chart).endswith("</svg>")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_guide(unit: str, shape: tuple[int, int]) -> None:
    for each in guide_of(framework(unit, *shape)):
        if isinstance(each, Message):
            check_shown(each)
        else:
            check_modal(each)


@given(words, st.none() | st.sampled_from(status.COMMAND_WORDS))
@settings(max_examples=40, deadline=None)
def test_words_that_mean_nothing(typed: str, nearest: str | None) -> None:
    check_shown(Message(status.unknown_word(COMMAND, typed, nearest)))
    check_shown(library.found_actions(framework("&", 1, 1), typed, (), 90, COMMAND))


@given(st.lists(words | st.text(min_size=2_990, max_size=3_010), max_size=8))
@settings(max_examples=40, deadline=None)
def test_words_that_are_given_back(typed: list[str]) -> None:
    check_modal(modals.kept_words_modal(refusals.OLD_FORM, typed))


def test_the_longest_words_that_a_form_can_send_are_given_back_whole() -> None:
    typed = ["💡" * 3_000, "https://a.example/" + "é" * 1_982]
    view = modals.kept_words_modal(refusals.OLD_FORM, typed)
    check_modal(view)
    given_back = "".join(
        run["text"] for block in view["blocks"][1:] for run in block["elements"][0]["elements"]
    )
    assert given_back == "".join(typed)


@pytest.mark.parametrize(
    "message",
    [
        status.help_message(COMMAND),
        status.no_assessment(COMMAND, "C0123456789"),
        channel_closed("C0123456789", "is_archived"),
        channel_closed("C0123456789", "restricted_action"),
        *map(
            Message,
            (
                receipts.not_applicable_receipt(started()),
                receipts.put_off_receipt(),
                evidence_receipts.evidence_receipt(),
                evidence_receipts.withdrawn_receipt(),
                evidence_receipts.no_assessment_here(COMMAND),
                receipts.reopened_receipt(),
                receipts.paused_receipt(started()),
                receipts.resumed_receipt(started()),
                receipts.cancelled_receipt(),
                receipts.closed_receipt(),
            ),
        ),
    ],
)
def test_what_is_always_the_same(message: Message) -> None:
    check_shown(message)


@pytest.mark.parametrize("view", [modals.loading_modal(), modals.notice_modal(refusals.TOO_LATE)])
def test_windows_that_only_say_something(view: dict[str, Any]) -> None:
    check_modal(view)
