"""Settings: from the environment and .env, each fault one sentence, and no secret in any of them."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest

from bot.conversation.emoji import Meaning
from bot.settings import REAL_SLACK, Settings, SettingsProblem, load_settings
from model.calendar.council_calendar import Nation
from model.digest.schedule import DigestRules
from model.reminders.occasions import ReminderSettings

ROOT = Path(__file__).parent.parent.parent
BOT, APP, SECRET = "xoxb-1-mysecretbot", "xapp-1-mysecretapp", "mysecretsigning"
GOOD = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
FIELDS = {
    field.validation_alias if isinstance(field.validation_alias, str) else name: name
    for name, field in Settings.model_fields.items()
}
"""The name of each setting in small letters, and that of its field."""


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FIELDS:
        monkeypatch.delenv(name.upper(), raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """The settings with these in the environment."""
    for name, value in {**GOOD, **values}.items():
        monkeypatch.setenv(name, value)
    return load_settings(None)


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch)
    assert settings.slack_api_url == REAL_SLACK
    assert settings.socket_mode
    assert (settings.port, settings.command, settings.log_level) == (3000, "/milepost", "INFO")
    assert str(settings.zone) == "Europe/London"
    assert (settings.nation, settings.nudge_after_hours) == (Nation.ENGLAND, 8)
    assert settings.retention_months is None, "kept until somebody deletes it"
    assert settings.digests == DigestRules(0, time(9, 30), settings.zone)
    assert settings.reminders == ReminderSettings(before=(5, 1), send_at=time(9, 30))
    assert not settings.strict_payloads


def test_emoji_for_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"white_check_mark": Meaning.PLAN, "bulb": Meaning.PROPOSAL}
    assert given(monkeypatch).emoji == {"paperclip": Meaning.EVIDENCE, **plan}
    chosen = given(monkeypatch, MILEPOST_EVIDENCE_EMOJI=":pushpin:, +1").emoji
    assert chosen == {"pushpin": Meaning.EVIDENCE, "+1": Meaning.EVIDENCE, **plan}


def test_emoji_for_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = given(monkeypatch, MILEPOST_PLAN_EMOJI=":heavy_check_mark:").emoji
    others = {"paperclip": Meaning.EVIDENCE, "bulb": Meaning.PROPOSAL}
    assert chosen == {**others, "heavy_check_mark": Meaning.PLAN}
    with pytest.raises(SettingsProblem) as told:
        given(monkeypatch, MILEPOST_PLAN_EMOJI="paperclip")
    assert "The emoji paperclip is set for both evidence and plan: choose one." in str(told.value)


def test_emoji_and_support_for_proposals(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, MILEPOST_PROPOSAL_EMOJI="bulb, :rocket:", MILEPOST_SUPPORT_THRESHOLD="5")
    named = {name for name, meaning in settings.emoji.items() if meaning is Meaning.PROPOSAL}
    assert (named, settings.support_threshold) == ({"bulb", "rocket"}, 5)
    with pytest.raises(SettingsProblem, match="The emoji paperclip is set for both evidence and proposal"):
        given(monkeypatch, MILEPOST_PROPOSAL_EMOJI="paperclip")
    monkeypatch.setenv("MILEPOST_PROPOSAL_EMOJI", "bulb")
    with pytest.raises(SettingsProblem, match="MILEPOST_SUPPORT_THRESHOLD is not valid: input should be"):
        given(monkeypatch, MILEPOST_SUPPORT_THRESHOLD="0")


@pytest.mark.parametrize("written", ["northern-ireland", "Northern Ireland", " NORTHERN_IRELAND "])
def test_a_nation_may_be_written_as_people_do(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    assert given(monkeypatch, MILEPOST_NATION=written).nation is Nation.NORTHERN_IRELAND


@pytest.mark.parametrize(
    ("written", "read"), [("9:00", time(9)), ("16:59", time(16, 59)), (" 09.45 ", time(9, 45))]
)
def test_a_time_may_be_written_as_people_do(
    monkeypatch: pytest.MonkeyPatch, written: str, read: time
) -> None:
    assert given(monkeypatch, MILEPOST_REMINDER_TIME=written).reminders.send_at == read


@pytest.mark.parametrize(
    ("written", "before"),
    [("5,1,0", (5, 1)), ("10, 5 ,5, 2", (10, 5, 2)), ("0", ()), ("60", (60,)), ("1,2,3", (3, 2, 1))],
)
def test_the_day_itself_is_always_among_the_reminders(
    monkeypatch: pytest.MonkeyPatch, written: str, before: tuple[int, ...]
) -> None:
    assert given(monkeypatch, MILEPOST_REMINDER_OFFSETS=written).reminders.before == before


def test_without_anything_the_first_sentence_says_what_to_do() -> None:
    with pytest.raises(SettingsProblem) as told:
        load_settings(None)
    assert str(told.value).splitlines() == [
        "SLACK_BOT_TOKEN is not set. Put it in the environment or in a file called .env; see README.md."
    ]


def test_neither_way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    sentence = r"^Set SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET for HTTP mode\.$"
    with pytest.raises(SettingsProblem, match=sentence):
        load_settings(None)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    assert not load_settings(None).socket_mode


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1-mysecret", "SLACK_BOT_TOKEN must start with xoxb-; "),
        ("SLACK_BOT_TOKEN", "xoxb-", "SLACK_BOT_TOKEN must start with xoxb-; "),
        ("SLACK_BOT_TOKEN", "xoxb-1 mysecret", "SLACK_BOT_TOKEN must start with xoxb-; "),
        ("SLACK_BOT_TOKEN", "xoxb-1-mysecret,xoxp-2-mysecret", "SLACK_BOT_TOKEN must start with xoxb-; "),
        ("SLACK_BOT_TOKEN", "xoxb-1-mysecret,", "SLACK_BOT_TOKEN must have something before and after each"),
        ("SLACK_BOT_TOKEN", "xoxb-1,xoxb-1", "SLACK_BOT_TOKEN must not hold the same one twice."),
        ("SLACK_APP_TOKEN", "xoxb-1-mysecret", "SLACK_APP_TOKEN must start with xapp-; "),
        ("SLACK_API_URL", "slack.com", "SLACK_API_URL must be a web address such as https://slack.com/api/."),
        ("PORT", "eighty", "PORT is not valid: input should be a valid integer"),
        ("PORT", "65536", "PORT is not valid: input should be less than or equal to 65535."),
        ("PORT", "-1", "PORT is not valid: input should be greater than or equal to 0."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is not valid: input should be 'DEBUG'"),
        ("MILEPOST_COMMAND", "milepost", "MILEPOST_COMMAND must be a slash and up to 31 small letters"),
        ("MILEPOST_COMMAND", "/Mile Post", "MILEPOST_COMMAND must be a slash and up to 31 small letters"),
        ("MILEPOST_EVIDENCE_EMOJI", "paper clip", "MILEPOST_EVIDENCE_EMOJI must be names of emoji with"),
        ("MILEPOST_PLAN_EMOJI", "check mark", "MILEPOST_PLAN_EMOJI must be names of emoji with"),
        ("MILEPOST_TIMEZONE", "Saltmarsh", "MILEPOST_TIMEZONE must be the name of a time zone such as"),
        (
            "MILEPOST_NATION",
            "great-britain",
            "MILEPOST_NATION must be england, wales, scotland or northern-i",
        ),
        (
            "MILEPOST_NUDGE_AFTER_HOURS",
            "0",
            "MILEPOST_NUDGE_AFTER_HOURS is not valid: input should be greater",
        ),
        ("MILEPOST_NUDGE_AFTER_HOURS", "81", "MILEPOST_NUDGE_AFTER_HOURS is not valid: input should be less"),
        ("MILEPOST_NUDGE_AFTER_HOURS", "1.5", "MILEPOST_NUDGE_AFTER_HOURS is not valid: "),
        *(
            (
                "MILEPOST_REMINDER_TIME",
                wrong,
                "MILEPOST_REMINDER_TIME must be a time of day from 09:00 to 16:59, such as 09:30.",
            )
            for wrong in ("8:59", "17:00", "half past nine", "24:00", "09:60", "9")
        ),
        (
            "MILEPOST_DIGEST_DAY",
            "sunday",
            "MILEPOST_DIGEST_DAY must be monday, tuesday, wednesday, thursday or friday.",
        ),
        ("MILEPOST_DIGEST_TIME", "18:00", "MILEPOST_DIGEST_TIME must be a time of day from 09:00 to 16:59"),
        *(
            (
                "MILEPOST_REMINDER_OFFSETS",
                wrong,
                "MILEPOST_REMINDER_OFFSETS must be up to 10 numbers of working days before the date, each ",
            )
            for wrong in ("5,1,", "a", "-1", "61", "1.5", "5;1", "[5, 1]", ",".join("1" * 11))
        ),
        ("MILEPOST_CONCURRENCY", "0", "MILEPOST_CONCURRENCY is not valid: "),
        ("MILEPOST_DRAIN_SECONDS", "-1", "MILEPOST_DRAIN_SECONDS is not valid: "),
        ("MILEPOST_STRICT_PAYLOADS", "perhaps", "MILEPOST_STRICT_PAYLOADS is not valid: "),
    ],
)
def test_each_fault_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsProblem) as told:
        given(monkeypatch, **{name: value})
    [line] = str(told.value).splitlines()
    assert line.startswith(sentence)
    assert line.endswith(".")
    assert "mysecret" not in line


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsProblem) as told:
        given(monkeypatch, PORT="x", LOG_LEVEL="y", MILEPOST_TIMEZONE="z")
    assert [line.split()[0] for line in str(told.value).splitlines()] == [
        "PORT",
        "LOG_LEVEL",
        "MILEPOST_TIMEZONE",
    ]


@pytest.mark.parametrize("blank", ["", "   "])
@pytest.mark.parametrize("name", [name.upper() for name in FIELDS if name != "slack_bot_token"])
def test_a_blank_line_is_no_setting(monkeypatch: pytest.MonkeyPatch, name: str, blank: str) -> None:
    expected = given(monkeypatch, SLACK_SIGNING_SECRET=SECRET)
    field = FIELDS[name.lower()]
    settings = given(monkeypatch, **{"SLACK_SIGNING_SECRET": SECRET, name: blank})
    default = Settings.model_fields[field].default
    assert getattr(settings, field) == default
    others = set(Settings.model_fields) - {field}
    assert all(getattr(settings, each) == getattr(expected, each) for each in others)


def test_a_blank_bot_token_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for blank in ("", "  "):
        with pytest.raises(SettingsProblem, match=r"^SLACK_BOT_TOKEN is not set\."):
            given(monkeypatch, SLACK_BOT_TOKEN=blank)


def test_spaces_around_values_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(
        monkeypatch,
        SLACK_BOT_TOKEN=f" {BOT} ",
        SLACK_APP_TOKEN=f"{APP}\t",
        SLACK_API_URL=" http://127.0.0.1:1/api ",
        LOG_LEVEL=" debug ",
        MILEPOST_COMMAND=" /mile ",
    )
    assert [each.get_secret_value() for each in settings.slack_bot_tokens] == [BOT]
    assert [each.get_secret_value() for each in settings.slack_app_tokens] == [APP]
    assert settings.slack_api_url == "http://127.0.0.1:1/api/"
    assert (settings.log_level, settings.command) == ("DEBUG", "/mile")


def test_a_token_for_each_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(
        monkeypatch,
        SLACK_BOT_TOKEN="xoxb-1, xoxb-2",
        SLACK_APP_TOKEN="xapp-1,xapp-2",
        SLACK_SIGNING_SECRET=" first , second ",
    )
    assert [each.get_secret_value() for each in settings.slack_bot_tokens] == ["xoxb-1", "xoxb-2"]
    assert [each.get_secret_value() for each in settings.slack_app_tokens] == ["xapp-1", "xapp-2"]
    assert [each.get_secret_value() for each in settings.slack_signing_secrets] == ["first", "second"]


def test_a_secret_for_each_token_or_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    three = "xoxb-1,xoxb-2,xoxb-3"
    assert given(monkeypatch, SLACK_BOT_TOKEN=three, SLACK_SIGNING_SECRET=SECRET).slack_signing_secrets
    with pytest.raises(SettingsProblem) as told:
        given(monkeypatch, SLACK_BOT_TOKEN=three, SLACK_SIGNING_SECRET=f"{SECRET},{SECRET}2")
    assert str(told.value) == (
        "SLACK_SIGNING_SECRET must hold one for each token in SLACK_BOT_TOKEN, in the same order, or a "
        "single one if all belong to the same Slack app."
    )


def test_no_secret_is_ever_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(
        monkeypatch, SLACK_SIGNING_SECRET=SECRET, DATABASE_URL="postgresql://me:mysecretword@db/milepost"
    )
    for shown in (repr(settings), str(settings), f"{settings.slack_bot_tokens} {settings.slack_app_tokens}"):
        assert "mysecret" not in shown


def test_a_file_called_env_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN='{APP}'\nPORT=8080\nPORTS=1\nLOG_LEVEL=\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert load_settings().port == 8080
    monkeypatch.setenv("PORT", "9090")
    assert load_settings().port == 9090


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsProblem, match="cannot be read. Check its permissions and that it is UTF-8"):
        load_settings(str(file))


def test_the_example_shows_every_setting_with_its_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    shown = re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)
    listed = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert shown == listed
    assert sorted(shown) == sorted(each.upper() for each in FIELDS)
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^# (?=[A-Z_]+=)", "", example, flags=re.MULTILINE), "utf-8")
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP)
    assert load_settings(str(file)) == load_settings(None)
