"""The settings form and the words for days, with the longest texts and in whole sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.reports.readable_text import readable
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.reference import Reference
from bot.views.settings import settings_modal, settings_offer, settings_receipt
from bot.views.wording.days import line_faults, range_words
from bot.views.wording.people import Names
from model.calendar.council_calendar import DateRange, Nation
from model.calendar.day_lines import NAME_LIMIT, Fault, LineFault, read_lines
from model.calendar.settings import CouncilDays, OwnSettings
from model.digest.schedule import DigestSwitch
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import words
from tests.model.assessments import GRACE, NOW
from tests.model.days import day, ranges, span

hostile_names = st.text(max_size=NAME_LIMIT) | st.sampled_from(["<!channel>" * 10, "&" * NAME_LIMIT])
named_days = st.builds(
    lambda days, name: DateRange(days.first, days.last, " ".join(name.split())), ranges, hostile_names
)


def form(
    own: OwnSettings,
    council: CouncilDays,
    *,
    facilitates: bool,
    name: str = "Grace",
    today: str = "2027-01-01",
    digest: DigestSwitch | None = None,
) -> View:
    return settings_modal(
        own,
        council,
        nation=Nation.NORTHERN_IRELAND,
        zone="America/Argentina/ComodRivadavia",
        today=day(today),
        reference=Reference(channel="C0123456789", seen=council.print),
        facilitates=facilitates,
        digest=digest,
        switches=facilitates,
        names=Names({GRACE: name}),
    )


@given(st.lists(named_days, max_size=100), st.lists(ranges, max_size=20), st.booleans(), words)
@settings(max_examples=40, deadline=None)
def test_slack_takes_the_form_whatever_is_set(
    days: list[DateRange], away: list[DateRange], facilitates: bool, name: str
) -> None:
    council = CouncilDays(tuple(days), tuple(days), GRACE, NOW)
    own = OwnSettings(tuple(away), nudges=facilitates, reminders=not facilitates)
    digest = DigestSwitch(len(days) % 2 == 0, GRACE, NOW)
    check_modal(form(own, council, facilitates=facilitates, name=name, today="2026-01-01", digest=digest))
    check_shown(Message(settings_receipt(own, council_changed=True, digest=facilitates)))
    check_shown(settings_offer("C0123456789"))


@given(st.lists(words, max_size=5), st.data())
@settings(max_examples=40, deadline=None)
def test_faults_fit_at_their_field(typed: list[str], data: st.DataObject) -> None:
    faults = [
        LineFault(number, text or "x", data.draw(st.sampled_from(Fault)))
        for number, text in enumerate(typed, 1)
    ]
    assert len(line_faults(faults)) < 1_000


def test_faults_name_the_line_and_what_to_write() -> None:
    faults = read_lines("Christmas\n2027-12-27\n2027-02-30 Staff day\n2027-05-06 to 2027-03-22").faults
    assert line_faults(faults) == (
        "Line 1, “Christmas”: it does not begin with a date. Write it like this: "
        "2027-03-22 to 2027-05-06 Pre-election period. "
        "Line 3, “2027-02-30 Staff day”: there is no such day. "
        "Line 4, “2027-05-06 to 2027-03-22”: it ends before it begins."
    )
    assert line_faults(read_lines("a\nb\nc\nd\ne").faults).endswith("And 2 more.")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (span("2027-12-24"), "24 December 2027"),
        (span("2027-03-22", "2027-05-06", "Purdah & more"), "22 March to 6 May 2027, Purdah &amp; more"),
        (span("2026-12-24", "2027-01-01"), "24 December 2026 to 1 January 2027"),
    ],
)
def test_days_in_words(days: DateRange, said: str) -> None:
    assert range_words(days) == said


def test_a_colleague_reads_what_is_coming_and_a_facilitator_may_change_it() -> None:
    council = CouncilDays(
        (span("2026-12-31"), span("2027-12-24", name="Closed early")),
        (span("2027-03-22", "2027-05-06", "Pre-election period"),),
        GRACE,
        NOW,
    )
    own = OwnSettings((span("2026-12-01"), span("2027-07-19", "2027-07-30")))
    shown = readable("", form(own, council, facilitates=False)["blocks"])
    assert "Closed: 24 December 2027, Closed early" in shown and "31 December" not in shown
    assert "Quiet: 22 March to 6 May 2027, Pre-election period" in shown
    assert "A facilitator of an assessment can change this" in shown
    assert "Away: 19 July to 30 July 2027" in shown and "1 December" not in shown
    assert "Bank holidays: *Northern Ireland*" in shown and "MILEPOST_NATION" in shown
    mine = readable("", form(own, council, facilitates=True)["blocks"])
    assert "Closed days" in mine and "Pauses" in mine and "Grace changed it last" in mine
    nothing = readable("", form(OwnSettings(), CouncilDays(), facilitates=False)["blocks"])
    assert "For the council" not in nothing and "Away:" not in nothing


def test_the_digest_of_the_channel_is_the_facilitators_and_off_is_told_to_all() -> None:
    off = DigestSwitch(False, GRACE, NOW)

    def shown(digest: DigestSwitch | None, facilitates: bool) -> str:
        view = form(OwnSettings(), CouncilDays(), facilitates=facilitates, digest=digest)
        return readable("", view["blocks"])

    assert "Send the weekly digest here" in shown(DigestSwitch(), True)
    mine = shown(off, True)
    assert "Send the weekly digest here" in mine and "Grace switched it off on" in mine
    theirs = shown(off, False)
    assert "The weekly digest is switched off. Grace switched it off on" in theirs
    assert "Send the weekly digest here" not in theirs
    for nothing in (shown(DigestSwitch(), False), shown(None, True)):
        assert "For this channel" not in nothing


def test_the_receipt_says_what_holds_now() -> None:
    switched = settings_receipt(OwnSettings(), council_changed=False, digest=False)
    assert switched.endswith("The weekly digest of this channel is off, for everybody.")
    assert settings_receipt(OwnSettings(), council_changed=False) == "Your settings are saved."
    own = OwnSettings((span("2027-07-19"), span("2027-08-02", "2027-08-03")), False, False)
    assert settings_receipt(own, council_changed=True) == (
        "Your settings are saved. You are away 19 July 2027; 2 August to 3 August 2027. "
        "You will not be nudged about votes. "
        "You will not be reminded of your milestones; they stay in the plan. "
        "The council's days are changed, for everybody."
    )
    assert date(2027, 7, 19) in own.away[0]
