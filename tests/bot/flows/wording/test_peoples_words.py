"""People's words of every kind: kept as typed, shown safely, and nobody is notified by them."""

from __future__ import annotations

from tests.bot.flows.payloads import option_state, text_state
from tests.bot.flows.small import about, form, notice, press, sent, typed_words
from tests.bot.stage import Stage, read

HOSTILE = (
    "<!channel> <!here> <@U0NIAPRYCE> @channel &amp; & <https://evil.example|click> "
    "`code` ```\nblock\n``` *b* _i_ ~s~ \u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627 "
    "👩‍👩‍👧‍👦 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f \x00 \ud800 \u2028 end"
)


async def test_the_longest_words_fit(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1")
    answer = await sent(opened, "evidence", metadata, evidence_text=text_state("&" * 3_000))
    assert answer == {}
    assert "&" * 2_000 in read(await opened.find("evidence:"))
    assert (await opened.assessment()).prompt("culture-1").evidence[0].text == "&" * 3_000


async def test_hostile_words_are_kept_and_shown_and_ping_nobody(opened: Stage) -> None:
    metadata = await about(opened, prompt="culture-1", dimension="culture", calculated=None)
    assert await sent(opened, "evidence", metadata, evidence_text=text_state(HOSTILE)) == {}
    note = await opened.find("evidence:")
    words = typed_words(note.blocks)
    assert words == HOSTILE.replace("\x00", "\ufffd").replace("\ud800", "\ufffd").replace("\u2028", "\n")
    assert "<!" not in note.text
    assert await sent(opened, "not_applicable", metadata, reason=text_state(HOSTILE)) == {}
    card = await opened.until_reads((await opened.card("prompt", "culture-1")).ts, "Reason:")
    assert "&lt;!channel&gt;" in read(card)
    level = await opened.card("level", "culture")
    answer = await sent(
        opened, "set_level", metadata, level=option_state("4"), reason=text_state(HOSTILE[:900])
    )
    assert answer == {}
    await opened.until_reads(level.ts, "Reason: &lt;!channel&gt;")
    assert await sent(opened, "cancel", metadata, reason=text_state(HOSTILE)) == {}
    board = await opened.until_reads((await opened.board()).ts, "reason:")
    assert "&lt;!channel&gt;" in read(board)
    seen = await opened.still()
    assert [m.pings for m in seen.messages(opened.channel) if m.by_bot and m.pings] == []
    stored = await opened.assessment()
    assert stored.state_reason.startswith("<!channel> <!here> <@U0NIAPRYCE>"), "kept as typed"


async def test_a_hostile_title_is_shown_as_typed(stage: Stage) -> None:
    title = "<!channel> <@U0NIAPRYCE> & *us* `x` \u202e👩‍👧"
    await stage.start("culture", title=title)
    await stage.omar.command(stage.channel, "/milepost status")
    assert "&lt;!channel&gt; &lt;@U0NIAPRYCE&gt; &amp; *us*" in await stage.whisper(
        stage.omar, "Where you are"
    )
    await stage.omar.command(stage.channel, "/milepost start")
    await notice(stage, stage.omar, "&lt;!channel&gt;")
    board = await stage.board()
    assert board.pings == [] and (await stage.assessment()).title == title


async def test_evidence_typed_while_it_was_cancelled(opened: Stage) -> None:
    """The same with real people, who meanwhile have the form open."""
    await press(opened, opened.omar, await opened.card("prompt", "culture-1"), "evidence.add")
    await form(opened, opened.omar, "evidence")
    await press(opened, opened.nia, await opened.board(), "assessment.cancel")
    await form(opened, opened.nia, "cancel")
    await opened.nia.submit({})
    await opened.until_reads((await opened.board()).ts, "cancelled by")
    outcome = await opened.omar.submit(
        {"evidence_text": "Minutes of May", "evidence_link": "https://a.example"}
    )
    assert outcome.response_action == "update"
    text = await notice(opened, opened.omar, "Minutes of May")
    assert "Not recorded" in text and "https://a.example" in text and "was cancelled by" in text
