"""Evidence by the button: text, link or both, exactly as typed."""

from __future__ import annotations

import pytest

from tests.bot.flows.small import add_evidence, form, press
from tests.bot.stage import Stage, keyed, read


@pytest.mark.parametrize(
    ("text", "link"),
    [("Board minutes, 14 September.", ""), ("", "https://a.example/x?a=1&b=2"), ("Both", "http://a.example")],
)
async def test_evidence_stands_in_the_thread_with_its_author(running: Stage, text: str, link: str) -> None:
    await running.open("culture")
    await add_evidence(running, running.omar, "culture-1", text, link)
    assert "Thank you" in await running.whisper(running.omar, "Your evidence is recorded")
    note = await running.find("evidence:")
    assert note.thread_ts == (await running.card("dimension", "culture")).ts
    assert "*Evidence from Omar Shah*" in read(note)
    assert "For: Culture, asked as number 1?" in read(note)
    assert text in read(note)
    assert not link or f"<{link.replace('&', '&amp;')}|Open the link>" in read(note)
    stored = (await running.assessment()).prompt("culture-1").evidence
    assert [(each.author, each.text, each.link) for each in stored] == [(running.omar.id, text, link)]


async def test_a_level_says_how_much_evidence_there_is(running: Stage) -> None:
    await running.open("data")
    await running.press_level("data-1", 2)
    card = await running.until_reads((await running.card("prompt", "data-1")).ts, "no evidence yet")
    await add_evidence(running, running.omar, "data-1", "One")
    await running.until_reads(card.ts, "1 piece of evidence")
    await add_evidence(running, running.omar, "data-1", "Two")
    await running.until_reads(card.ts, "2 pieces of evidence")
    await running.press_level("data-2", 2)
    level = await running.card("level", "data")
    assert "No evidence yet for 1 of 2 answers." in read(level)
    await add_evidence(running, running.omar, "data-2", "Three")
    await running.until_reads(level.ts, "Every answer has evidence.")
    notes = keyed(await running.still(), running.channel, "evidence:")
    assert [read(note).splitlines()[1].lstrip("> ") for note in notes] == ["One", "Two", "Three"]


async def test_faults_are_named_at_their_fields_and_the_form_stays(running: Stage) -> None:
    await running.open("culture")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    await form(running, running.omar, "evidence")
    outcome = await running.omar.submit({"evidence_text": "  \n\t "})
    assert outcome.errors == {"evidence_text": "Please fill in the text, the link or both."}
    for link in ("our intranet", "ftp://a.example", "javascript:alert(1)", "https://", "https://a b"):
        outcome = await running.omar.submit({"evidence_text": "See there", "evidence_link": link})
        assert outcome.errors == {
            "evidence_link": "Please give a whole web address that begins with https:// or http://."
        }
    outcome = await running.omar.submit({"evidence_link": "https://a.example"})
    assert outcome.response_action is None
    await running.find("evidence:")
    assert len((await running.assessment()).prompt("culture-1").evidence) == 1
