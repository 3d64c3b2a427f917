"""Every message, modal and sentence that an assessment or its framework may show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_assessments import read_note_subject, shown
from bot.views import guide
from bot.views.assessment import closing_date, receipts
from bot.views.assessment import people_forms as roster_modals
from bot.views.assessment.board import board
from bot.views.assessment.dimension_card import dimension_card
from bot.views.assessment.level_card import level_card
from bot.views.assessment.start_form import StartDefaults, start_modal
from bot.views.block_kit import modals
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.reference import Reference
from bot.views.evidence import forms as evidence_modals
from bot.views.evidence import receipts as evidence_receipts
from bot.views.evidence import which_question as evidence_asks
from bot.views.evidence.note import evidence_note, moved_note, withdrawn_note
from bot.views.last_time import last_time_modal
from bot.views.offers import DELETE, offer
from bot.views.questions import agree_forms as agree_modals
from bot.views.questions.quick_card import prompt_card
from bot.views.records import deletion
from bot.views.refusals import refusals
from bot.views.results.results import results, scores
from bot.views.results.what_if import how_to_ask, what_if_answer
from bot.views.wording.people import Names
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment, Kind, Mode
from model.assessment.evidence import FILE_NAMES_LIMIT, CameFrom, Evidence, Source
from model.assessment.evidence_rules import get_evidence
from model.assessment.last_time import LastTime
from model.calculation.what_if import what_if
from model.calculation.what_if_question import NotUnderstood, Unclear
from model.framework.framework import Framework
from model.refusals import Reason, Refusal
from tests.bot.views.hostile_assessments import COMMAND, FACILITATORS, LINK, LONDON, address
from tests.model.assessments import GRACE, NIA, NOW, calculated


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
    yield offer(assessment, DELETE).text
    yield closing_date.closing_date_receipt(assessment)
    yield closing_date.closing_date_receipt(replace(assessment, closing_date=None, mode=Mode.TOGETHER))
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
    yield closing_date.closing_date_modal(assessment)
    yield closing_date.closing_date_modal(replace(assessment, closing_date=None))
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
