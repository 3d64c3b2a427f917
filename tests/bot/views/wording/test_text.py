"""People's text can mention nobody, keeps its words and keeps to its limit; sentences read as English."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.block_kit import check_message, check_view
from bot.views.block_kit.blocks import field, modal, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.wording.people import Names, with_names
from bot.views.wording.text import (
    NOTHING,
    count,
    cut,
    escape,
    full_stop,
    join_names,
    link,
    mentioned,
    person,
    plain,
    shorten,
    shorten_escaped,
    slack_date,
    spoken,
    typed,
)

NASTY = st.text(st.sampled_from("<>&;|!@#^ \n\r*_~`aé💡amplt") | st.characters(), max_size=60)
SENTENCES = st.lists(st.text("abcéŵ<>&*_", min_size=1, max_size=9), min_size=1, max_size=12)
ENTITY = re.compile("&(amp|lt|gt);")


def shown(text: str) -> str:
    """What Slack shows of an escaped text."""
    return html.unescape(text)


class TestEscape:
    def test_leaves_formatting_signs_as_they_are(self) -> None:
        assert escape("*a* _b_ ~c~ `d`") == "*a* _b_ ~c~ `d`"

    def test_escapes_what_slack_decodes_and_nothing_else(self) -> None:
        assert escape("<!channel> \"R&D\" 'x' &amp;") == "&lt;!channel&gt; \"R&amp;D\" 'x' &amp;amp;"

    @settings(deadline=None)
    @given(NASTY)
    def test_never_yields_a_mention_or_a_link(self, text: str) -> None:
        escaped = escape(text)
        assert "<" not in escaped and ">" not in escaped
        assert "&" not in ENTITY.sub("", escaped)

    @settings(deadline=None)
    @given(NASTY)
    def test_can_always_be_sent(self, text: str) -> None:
        assert check_message({"text": f"Said: {escape(text)}"}) == ()

    def test_one_kind_of_line_break_and_no_unsendable_character(self) -> None:
        assert escape("a\r\nb\rc\u2028d\x00e\ud800f") == "a\nb\nc\nd\ufffde\ufffdf"


class TestShorten:
    @settings(deadline=None)
    @given(NASTY, st.integers(1, 80))
    def test_keeps_to_the_limit_and_never_cuts_an_entity(self, text: str, limit: int) -> None:
        short = shorten(text, limit)
        assert len(short) <= limit
        assert "&" not in ENTITY.sub("", short)

    @settings(deadline=None)
    @given(NASTY, st.integers(1, 80))
    def test_leaves_what_fits_and_marks_what_does_not(self, text: str, limit: int) -> None:
        whole = escape(text)
        short = shorten(text, limit)
        assert short == whole if len(whole) <= limit else short.endswith("…")
        assert whole.startswith(short.removesuffix("…"))

    def test_counts_after_escaping(self) -> None:
        assert shorten("a&b", 7) == "a&amp;b"
        assert shorten("a&b", 6) == "a…"
        assert shorten("a&bcdef", 7) == "a&amp;…"

    @pytest.mark.parametrize("whole", ["see <@U123>", "see <https://example.org|this>"])
    def test_never_cuts_a_mention_or_a_link_of_ours(self, whole: str) -> None:
        for limit in range(5, len(whole)):
            assert shorten_escaped(whole, limit) == "see…"
        assert shorten_escaped(whole, len(whole)) == whole

    @pytest.mark.parametrize("shortener", [shorten, shorten_escaped, cut])
    def test_a_limit_below_one_is_refused(self, shortener: Callable[[str, int], str]) -> None:
        with pytest.raises(ValueError, match="at least 1"):
            shortener("a", 0)

    @settings(deadline=None)
    @given(NASTY, st.integers(1, 80))
    def test_cut_keeps_to_the_limit_and_escapes_nothing(self, text: str, limit: int) -> None:
        assert len(cut(text, limit)) <= limit
        assert cut("R&D <x>", 75) == "R&D <x>"


class TestExactWords:
    @settings(deadline=None)
    @given(NASTY)
    def test_plain_shows_them_as_typed(self, text: str) -> None:
        element = plain(text)
        label = field(InputId.REASON, text, text_input(longest=9))
        assert label["label"] == element
        assert check_view(modal(ViewId.AGREE, text, [label], submit=text, close=text)) == ()
        if text.strip() and "\r" not in text and escape(text) == shorten(text, 3000):
            assert shown(element["text"]) == shown(escape(text))

    @settings(deadline=None)
    @given(NASTY)
    def test_typed_shows_them_as_typed(self, text: str) -> None:
        block = typed(text)
        assert check_message({"text": "a", "blocks": [block]}) == ()
        runs = [run["text"] for run in block["elements"][0]["elements"]]
        assert "".join(runs) == (cut(text, 3000) if text.strip() else NOTHING)

    def test_typed_keeps_a_channel_mention_as_words(self) -> None:
        runs = typed("Tell <!channel> *now*")["elements"][0]["elements"]
        assert [run["text"] for run in runs] == ["Tell <", "!channel> *now*"]

    def test_both_keep_to_their_limit(self) -> None:
        assert plain("a" * 3001)["text"] == "a" * 2999 + "…"
        assert typed("a" * 3001)["elements"][0]["elements"][0]["text"] == "a" * 2999 + "…"


class TestPieces:
    def test_a_person_is_mentioned_by_id_only(self) -> None:
        assert person("U012ABC") == "<@U012ABC>"
        assert person("W1") == "<@W1>"

    def test_mentions_become_names_where_they_would_not_be_shown(self) -> None:
        sentence = (
            f"Not here: {person('U1')} and {person('W2')}. Ask {person('U1')} <https://a.example|soon>."
        )
        assert mentioned(sentence) == {"U1", "W2"}
        read = with_names(sentence, Names({"U1": "Lee <!here>"}))
        named = "Lee &lt;!here&gt;"
        assert read == f"Not here: {named} and a colleague. Ask {named} <https://a.example|soon>."

    @pytest.mark.parametrize("user_id", ["", "S123", "U1>", "U1\n", "u1", "U1|x", "!channel"])
    def test_what_is_no_id_is_not_mentioned(self, user_id: str) -> None:
        assert person(user_id) == "a colleague"

    @pytest.mark.parametrize(
        ("url", "label", "expected"),
        [
            ("https://example.org/a?b=1&c=2", "R&D", "<https://example.org/a?b=1&amp;c=2|R&amp;D>"),
            ("https://example.org/a|b<c> d", "x", "<https://example.org/a%7Cb%3Cc%3E%20d|x>"),
            ("https://example.org", "a|b\nc", "<https://example.org|a｜b c>"),
            ("https://example.org", " ", "<https://example.org>"),
            ("javascript:alert(1)", "x", "x (javascript:alert(1))"),
            ("!channel", "<!here>", "&lt;!here&gt; (!channel)"),
            ("", "x", "x"),
        ],
    )
    def test_a_link(self, url: str, label: str, expected: str) -> None:
        assert link(url, label) == expected

    @settings(deadline=None)
    @given(NASTY, NASTY)
    def test_a_link_holds_nothing_but_itself(self, url: str, label: str) -> None:
        made = link(f"https://{url}", label)
        assert made.count("<") <= 1 and made.count(">") <= 1
        # An address that is none of the web makes no link, and a bar outside of one is a bar.
        assert made.count("|") <= 1 or "<" not in made
        assert check_message({"text": made or "-"}) == ()

    def test_a_date_names_the_moment_and_its_fallback(self) -> None:
        moment = datetime(2026, 6, 1, 9, 30, 15, 999_999, tzinfo=timezone(timedelta(hours=1)))
        assert slack_date(moment) == "<!date^1780302615^{date_short_pretty} at {time}|1 June 2026, 08:30 UTC>"
        assert datetime.fromtimestamp(1780302615, UTC) == moment.replace(microsecond=0)

    def test_a_date_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            slack_date(datetime(2026, 6, 1))

    @pytest.mark.parametrize(
        ("names", "expected"),
        [([], "nobody"), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
    )
    def test_names_are_joined_as_in_a_sentence(self, names: list[str], expected: str) -> None:
        assert join_names(names) == expected

    @pytest.mark.parametrize(
        ("number", "noun", "plural", "expected"),
        [
            (0, "prompt", None, "0 prompts"),
            (1, "prompt", None, "1 prompt"),
            (2, "prompt", None, "2 prompts"),
            (1200, "vote", None, "1,200 votes"),
            (2, "reply", None, "2 replies"),
            (2, "day", None, "2 days"),
            (2, "guess", None, "2 guesses"),
            (3, "person", "people", "3 people"),
        ],
    )
    def test_a_count_agrees_with_its_noun(
        self, number: int, noun: str, plural: str | None, expected: str
    ) -> None:
        assert count(number, noun, plural) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("How are we doing?", "How are we doing?"),
            ("Done!", "Done!"),
            ("Digital quality, May 2026", "Digital quality, May 2026."),
            ("Ends already.", "Ends already."),
            ("Cut off…", "Cut off…"),
        ],
    )
    def test_a_sentence_ends_once(self, text: str, expected: str) -> None:
        assert full_stop(text) == expected

    def test_labels_for_screen_readers_have_no_angle_brackets(self) -> None:
        assert spoken("Open <!channel> & R&D", 75) == "Open !channel & R&D"

    @settings(deadline=None)
    @given(NASTY, st.integers(1, 75))
    def test_labels_can_always_be_sent(self, text: str, limit: int) -> None:
        label = spoken(f"Open {text}", limit)
        assert 0 < len(label) <= limit
        assert check_message({"text": label.replace("&", "&amp;")}) == ()


class TestManyBroadcasts:
    @pytest.mark.parametrize("times", [1, 49, 50, 300])
    def test_typed_words_notify_nobody_and_keep_small(self, times: int) -> None:
        block = typed("<!channel>" * times)
        payload = {"text": "Evidence", "blocks": [block]}
        assert check_message(payload) == ()
        shown = "".join(run["text"] for run in block["elements"][0]["elements"])
        assert shown.replace(" ", "") == "<!channel>" * times
