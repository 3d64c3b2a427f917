"""What people read and hear: whole, plain sentences, without a bar of blocks or two full stops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.reports.readable_text import readable
from bot.views.assessment.board import board
from bot.views.assessment.dimension_card import dimension_card
from bot.views.assessment.level_card import level_card
from bot.views.assessment.receipts import level_receipt
from bot.views.assessment.status import status
from bot.views.block_kit.blocks import Message
from bot.views.last_time import last_time_modal
from bot.views.questions.quick_card import prompt_card
from bot.views.questions.receipts import vote_stands
from bot.views.refusals.refusals import refusal_sentence
from bot.views.results.radar_svg import radar_alt_text
from bot.views.results.results import radar_chart, results, scores
from bot.views.wording.people import Names
from bot.views.wording.text import slack_date
from model.assessment.assessment import Assessment, Mode, Role
from model.assessment.history import ALL_HAD_VOTED, THE_CLOSING_DATE
from model.assessment.last_time import LastTime
from model.assessment.reviewing import as_reviewed
from model.assessment.steps import (
    AddEvidence,
    AddPeople,
    Agree,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    Step,
)
from model.refusals import Reason, Refusal
from tests.bot.views.hostile import framework
from tests.model.assessments import (
    GRACE,
    LATER,
    NIA,
    NOW,
    OMAR,
    after,
    answered,
    confirmed,
    finished,
    opened,
    refused,
    started,
)
from tests.model.frameworks import LEVEL_NAMES

NAMES = Names({NIA: "Nia", OMAR: "Omar", GRACE: "Grace"})
# Slack shows a moment to each reader in their own zone.
WHEN = slack_date(NOW, "{date_long} at {time}")


def board_of(assessment: Assessment) -> Message:
    return board(assessment, names=NAMES, threads={})


def paragraphs(message: Message) -> list[str]:
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def small_print(message: Message) -> str:
    element = next(block["elements"][0] for block in message.blocks if block["type"] == "context")
    return str(element["text"])


def buttons(message: Message) -> list[str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row]


def nothing_applies(dimension: str) -> Assessment:
    assessment = after(started(scope=[dimension]), OpenDimension(dimension))
    prompts = [prompt.prompt_id for prompt in assessment.prompts]
    assessment = after(assessment, *(MarkNotApplicable(prompt, "None here.") for prompt in prompts))
    return after(assessment, ConfirmLevel(dimension, None, None))


class TestBoard:
    def test_the_bar_is_for_the_eye_only(self) -> None:
        shown = board_of(confirmed(answered(opened("bins"), "bins", 3), "bins"))
        assert not re.search("[▓░]", shown.text)
        assert any("▓▓▓░░░░░░░ 1 of 3 dimensions confirmed" in text for text in paragraphs(shown))

    def test_the_text_names_every_dimension_with_its_state(self) -> None:
        assessment = answered(after(opened("roads", "bins"), PutOff("roads-q1")), "bins", 3)
        lines = board_of(assessment).text.split("\n")
        assert lines[0] == "How are we doing? 0 of 3 dimensions confirmed; under way."
        assert lines[1:4] == [
            "Roads: open, 0 of 5 answered, 1 put off",
            "Parks: not opened",
            "Bins: 3 Impactful, to be confirmed",
        ]

    def test_the_closing_date_is_named_without_saying_that_it_is_still_to_come(self) -> None:
        closing = replace(finished(), closing_date=NOW.date())
        assert " · closing date: 23 November 2026 · " in small_print(board_of(closing))
        over = small_print(board_of(after(closing, Close(), at=LATER)))
        assert " · the closing date was 23 November 2026 · " in over

    @pytest.mark.parametrize("mode", Mode)
    def test_people_is_there_until_the_end(self, mode: Mode) -> None:
        running = replace(started(), mode=mode)
        now, paused, cancelled = (
            readable("", board_of(each).blocks)
            for each in (running, after(running, Pause()), after(running, Cancel()))
        )
        assert "[People…]" in now and "[Resume] [People…]" in paused and "[People…]" not in cancelled
        assert ("[Join]" in now) == (mode is Mode.TOGETHER)

    def test_a_dimension_can_be_given_to_somebody_in_both_modes(self) -> None:
        for mode in Mode:
            card = dimension_card(replace(opened("bins"), mode=mode), "bins", names=NAMES)
            assert buttons(card) == ["More about this", "Lead…"]

    def test_one_dimension_is_one(self) -> None:
        assert "0 of 1 dimension confirmed" in board_of(started(scope=["bins"])).text

    @pytest.mark.parametrize(
        ("assessment", "said"),
        [
            (after(opened(), Pause(), by=OMAR), f"paused by Omar on {WHEN}"),
            (after(opened(), Pause(), Resume(), by=OMAR), f"resumed by Omar on {WHEN}"),
            (after(finished(), Close(), by=OMAR), f"closed by Omar on {WHEN}"),
            (after(opened(), Cancel("No time."), by=OMAR), f"cancelled by Omar on {WHEN} · reason: No time."),
        ],
    )
    def test_says_who_brought_it_where_it_is(self, assessment: Assessment, said: str) -> None:
        assert small_print(board_of(assessment)).endswith(said)


class TestStatus:
    @pytest.mark.parametrize(
        ("assessment", "said"),
        [
            (
                after(opened(), Pause(), by=OMAR),
                f"It was paused by <@{OMAR}> on {WHEN}. Next: a facilitator resumes it on the board.",
            ),
            (after(opened(), Pause(), Resume(), by=OMAR), "Next: answer the open questions, in the threads."),
            (after(finished(), Close(), by=OMAR), f"is closed. It was closed by <@{OMAR}> on {WHEN}."),
            (after(opened(), Cancel("No time."), by=OMAR), f"It was cancelled by <@{OMAR}> on {WHEN}."),
        ],
    )
    def test_says_who_brought_it_where_it_is_and_what_comes_next(
        self, assessment: Assessment, said: str
    ) -> None:
        assert paragraphs(status(assessment, board_address=None))[-1].endswith(said)


class TestLastTime:
    """Beside a question it never looks like an answer; in the results it is a change."""

    last = LastTime(
        after(
            confirmed(
                answered(after(opened("bins"), AddEvidence("bins-q1", "E1", "The survey", "")), "bins", 2),
                "bins",
            ),
            Pause(),
        )
    )

    def test_the_card_says_that_it_is_not_confirmed(self) -> None:
        card = prompt_card(opened("bins"), "bins-q1", names=NAMES, last=self.last)
        when = slack_date(NOW, "{date_long}")
        said = (
            "Last time, not confirmed: 2 Developing, 1 piece of evidence "
            f"(How are we doing?, closed on {when})."
        )
        assert said in card.text.split("\n")
        assert said in [
            block["elements"][0].get("text") for block in card.blocks if block["type"] == "context"
        ]
        assert buttons(card)[-1] == "Last time…"
        assert "2 Developing" not in paragraphs(card)[0]

    def test_a_card_without_last_time_says_nothing_of_it(self) -> None:
        for last in (None, self.last):
            card = prompt_card(opened("roads"), "roads-q1", names=NAMES, last=last)
            assert "Last time" not in card.text and "Last time…" not in buttons(card)

    def test_a_settled_card_is_one_line(self) -> None:
        card = prompt_card(answered(opened("bins"), "bins", 4), "bins-q1", names=NAMES, last=self.last)
        assert "Last time" not in card.text and "Last time…" not in buttons(card)

    def test_the_window_has_the_words_of_the_evidence(self) -> None:
        view = last_time_modal(opened("bins"), self.last, "bins-q1")
        said = readable("", view["blocks"])
        assert "Last time, not confirmed: *2 Developing*. It does not count now." in said
        assert "The survey" in said and f"<@{NIA}>" in said
        assert view["submit"]["text"] == "Carry over" and "Carry over to this time" in said

    def test_once_it_is_over_nothing_can_be_carried_over(self) -> None:
        for over in (after(opened("bins"), Cancel()), started()):
            assert "submit" not in last_time_modal(over, self.last, "bins-q1")

    def test_the_window_when_nothing_is_known_any_more(self) -> None:
        for last in (None, self.last):
            view = last_time_modal(opened("roads"), last, "roads-q1")
            assert "Nothing is known of last time any more." in readable("", view["blocks"])

    @pytest.mark.parametrize(("level", "said"), [(3, "up from 2"), (1, "down from 2"), (2, "as last time")])
    def test_the_results_say_the_change(self, level: int, said: str) -> None:
        now = confirmed(
            answered(after(started(scope=["bins"]), OpenDimension("bins")), "bins", level), "bins"
        )
        text = results(now, self.last).text
        name = f"{level} {LEVEL_NAMES[level - 1]}"
        assert f"Bins: {name}, {said}" in text.split("\n")
        assert f"Overall: {name}, {said} (of 3 dimensions then, 1 dimension now)." in text
        assert "Last time is How are we doing?, closed on" in text
        assert f"Bins: {level}, was 2" in radar_alt_text(
            radar_chart(
                replace(finished(), dimensions=(*finished().dimensions[:2], *now.dimensions)), self.last
            )
        )

    def test_what_did_not_apply_is_said(self) -> None:
        nothing = LastTime(nothing_applies("parks"))
        now = confirmed(
            answered(after(started(scope=["parks"]), OpenDimension("parks")), "parks", 3), "parks"
        )
        assert "Parks: 3 Impactful, not applicable last time" in results(now, nothing).text
        assert "Parks: not applicable, 3 last time" in results(nothing_applies("parks"), LastTime(now)).text
        assert "Overall: 3 Impactful." in results(now, nothing).text

    def test_the_same_scope_needs_no_count(self) -> None:
        assert "Overall: 3 Impactful, as last time." in results(finished(), LastTime(finished())).text


class TestReview:
    """The results of a review: the change of its dimension, and the overall level of the whole with it."""

    whole = LastTime(
        after(
            confirmed(
                answered(
                    confirmed(
                        answered(
                            confirmed(answered(opened("roads", "parks", "bins"), "roads", 3), "roads"),
                            "parks",
                            4,
                        ),
                        "parks",
                    ),
                    "bins",
                    2,
                ),
                "bins",
            ),
            Close(),
        )
    )

    def review(self, level: int) -> Assessment:
        """All answered, nothing confirmed."""
        begun = replace(started(scope=["bins"], title="Bins again"), review=True, previous="A0")
        return answered(after(begun, OpenDimension("bins")), "bins", level)

    @pytest.mark.parametrize(
        ("level", "said"), [(5, "4 Mainstreamed, up from 3"), (3, "3 Impactful, as last time")]
    )
    def test_a_review_has_the_overall_level_of_the_whole(self, level: int, said: str) -> None:
        text = results(confirmed(self.review(level), "bins"), self.whole).text
        lines = text.split("\n")
        assert lines[0].endswith(f". Bins: {level} {LEVEL_NAMES[level - 1]}, up from 2.")
        assert f"Overall level of How are we doing? with this counted: {said}." in lines
        assert "Overall: the levels 3, 4 and" in text, "the sum is that of the whole"
        assert "Overall: " not in lines[0] and len([each for each in lines if "Bins: " in each]) == 1

    def test_a_review_counts_once_it_is_confirmed(self) -> None:
        review = self.review(5)
        text = scores(review, self.whole).text
        assert "Bins: 5 Transformative (provisional), up from 2." in text
        assert "Overall level of How are we doing?, where this does not count yet: 3 Impactful." in text
        gone = after(confirmed(review, "bins"), Cancel())
        assert "where this does not count: 3 Impactful." in results(gone, self.whole).text

    def test_last_time_was_when_it_was_looked_at_again(self) -> None:
        now = confirmed(self.review(4), "bins")
        last = LastTime(as_reviewed(self.whole.earlier, [now]))
        when = slack_date(NOW, "{date_long}")
        card = prompt_card(opened("bins", "roads"), "bins-q1", names=NAMES, last=last).text
        assert f"(How are we doing?, looked at again on {when})." in card
        card = prompt_card(opened("bins", "roads"), "roads-q1", names=NAMES, last=last).text
        assert f"(How are we doing?, closed on {when})." in card
        said = f"Last time is How are we doing?, closed on {when}; Bins was looked at again after that."
        assert said in results(finished(), last).text

    def test_a_review_of_what_was_deleted_has_no_overall_level(self) -> None:
        text = results(replace(confirmed(self.review(5), "bins"), previous=None)).text
        assert "Bins: 5 Transformative." in text and "verall" not in text
        assert "Bins: 5 Transformative." in status(confirmed(self.review(5), "bins"), board_address=None).text


class TestPromptCard:
    def test_the_text_has_question_place_and_five_levels(self) -> None:
        text = prompt_card(opened(), "roads-q1", names=NAMES).text
        assert text.startswith("Roads, question 1 of 5: Question of roads-q1?")
        for number, name in enumerate(LEVEL_NAMES, 1):
            assert f"{number} {name}: Seen at level {number}." in text

    def test_an_answer_is_one_line_with_its_name_and_evidence(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 3), by=GRACE)
        card = prompt_card(assessment, "roads-q1", names=NAMES)
        assert paragraphs(card) == ["Question of roads-q1?\n*3 Impactful*, recorded by Grace."]
        assert small_print(card) == "Roads, question 1 of 5 · no evidence yet"
        assert buttons(card) == ["Change", "Add evidence"]

    @pytest.mark.parametrize(("pieces", "said"), [(1, "1 piece of evidence"), (2, "2 pieces of evidence")])
    def test_evidence_is_counted_in_english(self, pieces: int, said: str) -> None:
        steps = [AddEvidence("roads-q1", f"E{number}", "Survey", "") for number in range(pieces)]
        card = prompt_card(after(opened(), RecordLevel("roads-q1", 3), *steps), "roads-q1", names=NAMES)
        assert small_print(card).endswith(said)

    def test_what_was_put_off_says_by_whom(self) -> None:
        card = prompt_card(after(opened(), PutOff("roads-q1"), by=GRACE), "roads-q1", names=NAMES)
        assert "*Put off* by Grace." in card.text
        assert buttons(card) == ["Answer now", "Add evidence"]

    def test_not_applicable_has_its_reason(self) -> None:
        assessment = after(opened(), MarkNotApplicable("roads-q1", "The county's."), by=GRACE)
        assert (
            "*Not applicable*, recorded by Grace. Reason: The county's."
            in prompt_card(assessment, "roads-q1", names=NAMES).text
        )

    def test_a_change_shows_what_stands_meanwhile(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 3), ReopenAnswer("roads-q1"), by=GRACE)
        card = prompt_card(assessment, "roads-q1", names=NAMES)
        assert "*3 Impactful*, recorded by Grace. Press another level to change it" in card.text


class TestLevelCard:
    def test_one_question_makes_no_sum(self) -> None:
        lines = paragraphs(level_card(answered(opened("bins"), "bins", 4), "bins", names=NAMES))
        assert lines == ["*Bins: 4 Mainstreamed, calculated*", "Bins: level 4 (Mainstreamed)."]

    def test_several_make_one(self) -> None:
        text = level_card(answered(opened("parks"), "parks", 2, 3), "parks", names=NAMES).text
        assert (
            "the levels 2 and 3 add up to 5; divided by 2 that is 2.5, and a half rounds up to level 3"
            in text
        )
        assert "No evidence yet for 2 of 2 answers. A facilitator confirms the level: Nia and Omar." in text

    def test_one_answer_is_one(self) -> None:
        text = level_card(answered(opened("bins"), "bins", 4), "bins", names=NAMES).text
        assert "No evidence yet for 1 of 1 answer." in text

    def test_evidence_for_all(self) -> None:
        assessment = after(answered(opened("bins"), "bins", 4), AddEvidence("bins-q1", "E1", "Survey", ""))
        assert "Every answer has evidence." in level_card(assessment, "bins", names=NAMES).text

    def test_where_no_question_applies_there_is_no_evidence_to_speak_of(self) -> None:
        card = level_card(nothing_applies("parks"), "parks", names=NAMES)
        assert "evidence" not in card.text
        assert "*Parks: not applicable, confirmed by Nia*" in card.text

    def test_another_level_stands_beside_the_calculated_one(self) -> None:
        assessment = after(answered(opened("bins"), "bins", 4), ConfirmLevel("bins", 4, 2, "Audit."))
        text = level_card(assessment, "bins", names=NAMES).text
        assert "*Bins: 2 Developing, confirmed by Nia (calculated: 4 Mainstreamed)*" in text
        assert "Reason: Audit." in text

    @pytest.mark.parametrize("was_confirmed", [False, True])
    def test_while_a_question_is_open_again_nothing_can_be_confirmed(self, was_confirmed: bool) -> None:
        assessment = answered(opened("parks"), "parks", 3)
        assessment = confirmed(assessment, "parks") if was_confirmed else assessment
        together = replace(assessment, mode=Mode.TOGETHER)
        reopened = after(together, ReopenAnswer("parks-q1", "New facts."))
        card = level_card(reopened, "parks", names=NAMES)
        assert not buttons(card)
        assert "The level can be confirmed again by Nia and Omar when every question is answered" in card.text
        again = after(reopened, Reveal("parks-q1"), Agree("parks-q1", 3), at=LATER)
        assert "Confirm 3 Impactful" in buttons(level_card(again, "parks", names=NAMES))


class TestResultsAndStatus:
    def test_a_title_that_is_a_question_ends_once(self) -> None:
        assessment = finished()
        texts = [
            results(assessment).text,
            scores(opened()).text,
            status(assessment, board_address=None).text,
            board_of(assessment).text,
            radar_alt_text(radar_chart(assessment)),
        ]
        assert [text for text in texts if not re.search(r"How are we doing\? \w", text)] == []
        assert [text for text in texts if re.search(r"[?!.][.:]|[.:] ?[.:]", text)] == []

    def test_other_titles_get_a_full_stop(self) -> None:
        text = results(started(title="Digital quality")).text
        assert text.startswith("Levels so far: Digital quality. Overall: no level yet.")

    def test_provisional_until_all_are_confirmed(self) -> None:
        text = scores(confirmed(answered(opened("bins"), "bins", 4), "bins")).text
        assert "Overall: 4 Mainstreamed, provisional: 1 of 3 dimensions confirmed." in text
        assert "Overall: 3 Impactful.\n" in results(finished()).text

    def test_the_status_counts_once(self) -> None:
        text = status(answered(opened("bins"), "bins", 4), board_address=None).text
        head, *_ = text.split("\n")
        assert head == (
            "How are we doing? Under way, 0 of 3 dimensions confirmed. Overall: 4 Mainstreamed, provisional."
        )
        assert "• *Bins*: 4 Mainstreamed, to be confirmed, no evidence yet" in text
        assert text.endswith("Next: a facilitator confirms 1 level, in the threads.")

    def test_answers_without_evidence_are_counted(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4))
        said = "• *Roads*: 4 Mainstreamed, open, 1 of 5 answered, no evidence for 1 answer\n"
        assert said in status(assessment, board_address=None).text
        assert "no evidence for 5 answers" in status(answered(opened(), "roads", 4), board_address=None).text

    def test_answers_without_evidence_are_named(self) -> None:
        assessment = after(answered(opened("bins", "roads"), "bins", 4), RecordLevel("roads-q1", 4))
        bare = status(assessment, board_address=None).text
        question = assessment.framework.prompt("roads-q1").question
        assert "*Agreed without evidence so far*:\n" in bare
        assert f"• Roads, question 1 of 5: {question}\n" in bare
        shown = after(assessment, AddEvidence("roads-q1", "E1", "Survey", ""))
        assert "• Roads, question 1 of 5" not in status(shown, board_address=None).text
        assert "• Bins, question 1 of 1" in status(shown, board_address=None).text
        full = after(shown, AddEvidence("bins-q1", "E2", "Survey", ""))
        assert "without evidence" not in status(full, board_address=None).text

    def test_as_many_as_fit_are_named_and_then_how_many_more(self) -> None:
        long = started(framework("word ", 10, 5))
        assessment = after(long, *map(OpenDimension, long.scope))
        for _ in range(5):
            asked = [prompt.prompt_id for prompt in assessment.prompts if prompt.takes_level]
            assessment = after(assessment, *(RecordLevel(prompt_id, 3) for prompt_id in asked))
        lines = "\n".join(paragraphs(status(assessment, board_address=None))).split("\n")
        named = [line for line in lines if ", question " in line]
        assert 0 < len(named) < 50
        assert f"• and {50 - len(named)} more" in lines

    def test_results_say_for_how_many_there_is_no_evidence(self) -> None:
        assert "No evidence yet for 8 of 8 answers." in results(finished()).text
        assert (
            "No evidence yet for 7 of 8 answers."
            in results(after(finished(), AddEvidence("bins-q1", "E1", "Survey", ""))).text
        )

    @pytest.mark.parametrize(
        ("assessment", "said"),
        [
            (started(), "Next: open a dimension on the board."),
            (opened(), "Next: answer the open questions, in the threads."),
            (finished(), "Next: a facilitator closes the assessment on the board."),
        ],
    )
    def test_the_status_says_what_comes_next(self, assessment: Assessment, said: str) -> None:
        assert status(assessment, board_address=None).text.endswith(said)

    def test_results_in_which_nothing_applies(self) -> None:
        text = results(nothing_applies("parks")).text
        assert "Overall: no level, since no dimension applies." in text
        assert "yet" not in text

    def test_what_holds_the_council_back(self) -> None:
        assessment = after(finished(), ConfirmLevel("bins", 3, 1, "Audit."))
        assert "What holds it back most: Bins." in results(assessment).text
        assert "holds it back" not in results(finished()).text


class TestOthers:
    def test_a_dimension_card_counts_its_questions(self) -> None:
        assert "0 of 5 questions answered." in dimension_card(opened(), "roads", names=NAMES).text
        assert "0 of 1 question answered." in dimension_card(opened("bins"), "bins", names=NAMES).text

    def test_a_receipt_says_what_stands_when_another_was_first(self) -> None:
        before = after(opened(), RecordLevel("roads-q1", 4), by=GRACE)
        now = after(before, RecordLevel("roads-q1", 2), by=OMAR)
        told = level_receipt(before, now, "roads-q1", OMAR, 2)
        assert told.startswith("Your level is kept: *2 Developing*.")
        assert "so *4 Mainstreamed* stands" in told

    def test_a_receipt_names_the_level_before(self) -> None:
        before = after(opened(), RecordLevel("roads-q1", 4))
        now = after(before, RecordLevel("roads-q1", 2))
        assert level_receipt(before, now, "roads-q1", NIA, 2).startswith(
            "Recorded: *2 Developing* (it was 4 Mainstreamed)."
        )


class TestAgreedAlready:
    """Who comes too late is told who decided, and nobody's name where the votes did."""

    def told(self, *votes: tuple[str, int], then: Sequence[Step] = ()) -> str:
        people = AddPeople((OMAR, GRACE), Role.ASSESSOR)
        together = replace(started(), mode=Mode.TOGETHER)
        assessment = after(together, people, OpenDimension("bins"))
        for person, level in votes:
            assessment = after(assessment, RecordLevel("bins-q1", level), by=person)
        assessment = after(assessment, *then, at=LATER)
        refusal = refused(assessment, RecordLevel("bins-q1", 2), by=NIA)
        return refusal_sentence(refusal, assessment.framework, ZoneInfo("Europe/London"), NIA)

    def test_votes_that_were_all_the_same(self) -> None:
        told = self.told((OMAR, 3), (GRACE, 3))
        said = (
            "was agreed at 3 Impactful on 23 November 2026 at 09:30, since no vote was for another level, so"
        )
        assert said in told
        assert OMAR not in told and GRACE not in told and f"<@{NIA}> can reopen it" in told

    def test_the_last_one_left_it_to_the_others(self) -> None:
        told = self.told((OMAR, 3), then=[RemovePerson(GRACE)])
        assert "since no vote was for another level" in told

    def test_a_facilitator_is_named(self) -> None:
        told = self.told((OMAR, 3), (GRACE, 4), then=[Agree("bins-q1", 3)])
        assert f"was agreed at 3 Impactful by <@{NIA}> on " in told and "no vote" not in told

    def test_a_facilitator_who_agreed_anew_what_all_had_said_is_named(self) -> None:
        anew: list[Step] = [ReopenAnswer("bins-q1", "New facts."), Agree("bins-q1", 3)]
        assert f"was agreed at 3 Impactful by <@{NIA}> on " in self.told((OMAR, 3), (GRACE, 3), then=anew)


class TestRevealedAlready:
    """Who presses Reveal too late is told what revealed the votes, and no voter is taken for it."""

    def told(self, by: str | None) -> str:
        refusal = Refusal(Reason.REVEALED_ALREADY, by=by, at=NOW)
        return refusal_sentence(refusal, None, ZoneInfo("Europe/London"), NIA)

    @pytest.mark.parametrize(
        ("by", "said"),
        [
            (OMAR, f"by <@{OMAR}> on 23 November 2026 at 09:30"),
            (THE_CLOSING_DATE, "on 23 November 2026 at 09:30, since the closing date had passed"),
            (ALL_HAD_VOTED, "on 23 November 2026 at 09:30, since no vote was waited for any more"),
            (None, "on 23 November 2026 at 09:30"),
        ],
    )
    def test_says_what_it_was(self, by: str | None, said: str) -> None:
        assert self.told(by) == f"The votes on this question were revealed {said}; nothing was changed."


class TestWhatStandsAlready:
    """Who does once more what they did is told what stands, and how to change it."""

    def told(self, refusal: Refusal) -> str:
        return refusal_sentence(refusal, started().framework, ZoneInfo("Europe/London"), NIA)

    @pytest.mark.parametrize(
        ("role", "said"),
        [
            (Role.FACILITATOR, "You facilitate this assessment already, and can answer as well"),
            (Role.ASSESSOR, "You take part as an assessor already"),
            (
                Role.OBSERVER,
                f"You are an observer here, who reads along. <@{NIA}> can make you an assessor",
            ),
        ],
    )
    def test_joining_says_as_what_they_take_part(self, role: Role, said: str) -> None:
        assert self.told(Refusal(Reason.ON_THE_LIST, who_can=(NIA,), part=role.value)).startswith(said)

    @pytest.mark.parametrize("reason", Reason)
    def test_where_nobody_facilitates_no_sentence_begins_with_a_small_letter(self, reason: Reason) -> None:
        for role in Role:
            told = self.told(Refusal(reason, part=role.value, length=2, limit=1))
            assert re.search(r"(^|[.?] )a facilitator", told) is None

    @pytest.mark.parametrize("reason", [Reason.ON_THE_LIST, Reason.WITH_OTHER_TEAM, Reason.OBSERVERS_WATCH])
    def test_where_nobody_facilitates_they_are_told_of_taking_over(self, reason: Reason) -> None:
        assert "Whoever takes over on the board can" in self.told(Refusal(reason, part=Role.OBSERVER.value))

    @pytest.mark.parametrize(("level", "said"), [(3, "3 Impactful"), (None, "not for you")])
    def test_the_same_vote_says_what_it_is(self, level: int | None, said: str) -> None:
        assert said in self.told(Refusal(Reason.VOTE_STANDS, level=level, at=NOW))

    def test_the_answer_to_the_same_vote_has_the_menu_to_change_it(self) -> None:
        together = replace(started(), mode=Mode.TOGETHER)
        assessment = after(together, AddPeople((OMAR, GRACE), Role.ASSESSOR), OpenDimension("bins"))
        assessment = after(assessment, RecordLevel("bins-q1", 3), by=GRACE)
        answer = vote_stands(assessment, "bins-q1", GRACE)
        assert answer.text.startswith("Your vote stands: *3 Impactful*. It is hidden until the reveal")
        look = readable("", answer.blocks)
        assert "/ 5 Transformative> [Add evidence] [Not for me]" in look
