"""Who may do what, for every button, form, shortcut and word: product.md, section 7.

A new id without an entry here fails the tests. What an entry says is checked by pressing it as each person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any

from bot.views.block_kit.ids import ActionId, ShortcutId, ViewId
from tests.bot.permissions.scenes import EVIDENCE, ITEM, Who

ANYBODY = frozenset(Who)
INSIDE = ANYBODY - {Who.OUTSIDER}
"""Whoever is in the channel reads, opens dimensions, and offers evidence; in quick mode they answer too."""
NOT_OBSERVING = INSIDE - {Who.OBSERVER}
FACILITATORS = frozenset({Who.FACILITATOR})
OWNERS = frozenset({Who.ASSESSOR, Who.FACILITATOR})
"""Omar owns the item and the evidence of the scenes."""


class Does(Enum):
    """What happens for those who may."""

    CHANGES = auto()
    OPENS = auto()
    READS = auto()


@dataclass(frozen=True)
class Rule:
    """Who may press something, in which scene, with which fields in its value."""

    who: frozenset[Who]
    does: Does
    scene: str
    about: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)


_PROMPT = {"prompt": "data-1"}
_DATA = {"dimension": "data"}
_ITEM = {"item": ITEM}


def _changes(who: frozenset[Who], scene: str, **about: Any) -> Rule:
    return Rule(who, Does.CHANGES, scene, about)


def _opens(who: frozenset[Who], scene: str, **about: Any) -> Rule:
    return Rule(who, Does.OPENS, scene, about)


def _sends(who: frozenset[Who], scene: str, about: Mapping[str, Any], **inputs: Any) -> Rule:
    return Rule(who, Does.CHANGES, scene, about, inputs)


BUTTONS: dict[ActionId, tuple[Rule, ...]] = {
    ActionId.PAUSE: (_changes(FACILITATORS, "new"),),
    ActionId.RESUME: (_changes(FACILITATORS, "paused"),),
    ActionId.CANCEL: (_opens(FACILITATORS, "new"),),
    ActionId.CLOSING_DATE: (_opens(FACILITATORS, "new"), _opens(FACILITATORS, "paused")),
    ActionId.CLOSE: (_changes(FACILITATORS, "quick complete"),),
    ActionId.DELETE: (_opens(FACILITATORS, "new"), _opens(FACILITATORS, "quick closed")),
    ActionId.OPEN_DIMENSION: (_changes(INSIDE, "new", **_DATA),),
    ActionId.LEVEL: (
        _changes(INSIDE, "quick open", **_PROMPT, level=2),
        _changes(NOT_OBSERVING, "open", **_PROMPT, level=2),
        _changes(NOT_OBSERVING, "revealed", **_PROMPT, level=2),
    ),
    ActionId.NOT_APPLICABLE: (
        _opens(INSIDE, "quick open", **_PROMPT),
        _opens(FACILITATORS, "open", **_PROMPT),
    ),
    ActionId.PUT_OFF: (
        _changes(INSIDE, "quick open", **_PROMPT),
        _changes(FACILITATORS, "open", **_PROMPT),
    ),
    ActionId.REOPEN: (_changes(INSIDE, "quick one answered", **_PROMPT),),
    ActionId.REOPEN_AGREED: (_opens(FACILITATORS, "agreed", **_PROMPT),),
    ActionId.ABSTAIN: (_changes(NOT_OBSERVING, "open", **_PROMPT),),
    ActionId.REVEAL: (_changes(FACILITATORS, "voted", **_PROMPT),),
    ActionId.AGREE: (_changes(FACILITATORS, "revealed", **_PROMPT, level=3),),
    ActionId.AGREE_OTHER: (_opens(FACILITATORS, "revealed", **_PROMPT),),
    ActionId.VOTE_AGAIN: (_opens(FACILITATORS, "revealed", **_PROMPT),),
    ActionId.JOIN: (_changes(frozenset({Who.MEMBER}), "new"),),
    ActionId.TAKE_OVER: (_changes(INSIDE, "nobody leads"),),
    ActionId.PEOPLE: (_opens(FACILITATORS, "new"),),
    ActionId.CHANGE_PERSON: (_changes(FACILITATORS, "new", person="U0OMARSHAH", role="observer"),),
    ActionId.GIVE_LEAD: (_opens(FACILITATORS, "new", **_DATA),),
    ActionId.ADD_EVIDENCE: (_opens(INSIDE, "open", **_PROMPT),),
    ActionId.MOVE_EVIDENCE: (_opens(OWNERS, "evidence", evidence=EVIDENCE),),
    ActionId.WITHDRAW_EVIDENCE: (_opens(OWNERS, "evidence", evidence=EVIDENCE),),
    ActionId.LAST_TIME: (_opens(INSIDE, "open", **_PROMPT),),
    ActionId.CONFIRM: (_changes(FACILITATORS, "quick answered", **_DATA, level=3, calculated=3),),
    ActionId.SET_OTHER: (_opens(FACILITATORS, "quick answered", **_DATA, level=3, calculated=3),),
    ActionId.TARGETS: (_opens(FACILITATORS, "quick answered", **_DATA),),
    ActionId.ADD_ITEM: (_opens(NOT_OBSERVING, "planned", **_DATA),),
    ActionId.OPEN_ITEM: (_opens(INSIDE, "planned", **_ITEM),),
    ActionId.EDIT_ITEM: (_opens(OWNERS, "planned", **_ITEM),),
    ActionId.HAND_OVER: (_opens(OWNERS, "planned", **_ITEM),),
    ActionId.INVITE_TEAM: (_opens(FACILITATORS, "new"),),
}
"""What is pressed about an assessment or its plan, and checked here."""

OPEN_TO_ALL = frozenset(
    {
        # A form whose sender must be in the channel that they choose.
        ActionId.START,
        # The guide and the library are the same for everybody.
        ActionId.MORE_ABOUT_DIMENSION,
        ActionId.MORE_ABOUT_PROMPT,
        ActionId.MORE_ABOUT_BENEFIT,
        ActionId.HANDBOOK,
        ActionId.ACTION_DETAILS,
        # One's own days and nudges; the council's are for facilitators, which the form's service checks.
        ActionId.SETTINGS,
        ActionId.REMOVE_AWAY,
        ActionId.STOP_NUDGES,
        ActionId.ALLOW_NUDGES,
    }
)

FORMS: dict[ViewId, tuple[Rule, ...]] = {
    ViewId.EVIDENCE: (_sends(INSIDE, "open", _PROMPT, evidence_text="The survey"),),
    ViewId.WITHDRAW_EVIDENCE: (_sends(OWNERS, "evidence", {"evidence": EVIDENCE}),),
    ViewId.NOT_APPLICABLE: (
        _sends(INSIDE, "quick open", _PROMPT, reason="None here."),
        _sends(FACILITATORS, "open", _PROMPT, reason="None here."),
    ),
    ViewId.SET_LEVEL: (
        _sends(
            FACILITATORS,
            "quick answered",
            {**_DATA, "calculated": 3},
            level=("4",),
            reason="We know better.",
        ),
    ),
    ViewId.CANCEL: (_sends(FACILITATORS, "new", {}, reason="No time."),),
    ViewId.CLOSING_DATE: (
        _sends(FACILITATORS, "new", {}, closing_date=date(2999, 12, 24)),
        _sends(FACILITATORS, "paused", {}, closing_date=date(2999, 12, 24)),
    ),
    ViewId.DELETE: (_sends(FACILITATORS, "new", {}, title="How are we doing?"),),
    ViewId.REOPEN: (_sends(FACILITATORS, "agreed", _PROMPT, reason="Something was forgotten."),),
    ViewId.AGREE: (_sends(FACILITATORS, "revealed", _PROMPT, level=("4",), reason="Because."),),
    ViewId.VOTE_AGAIN: (_sends(FACILITATORS, "revealed", _PROMPT, reason="Once more."),),
    ViewId.PEOPLE: (_sends(FACILITATORS, "new", {}, people=["U0JOKEANE1"], role=("observer",)),),
    ViewId.LEAD: (_sends(FACILITATORS, "new", _DATA, people="U0OMARSHAH"),),
}
"""What is sent about an assessment, and checked here."""

READ_ONLY = frozenset(
    {
        ViewId.LOADING,
        ViewId.NOTICE,
        ViewId.GUIDE,
        ViewId.ACTION,
        ViewId.CHOOSE_ITEM,
        ViewId.ITEM,
        ViewId.RANKING,
        ViewId.COMPARISON,
    }
)
"""Windows that send nothing."""

WORDS: dict[str, tuple[Rule, ...]] = {
    "pause": (_changes(FACILITATORS, "new"),),
    "resume": (_changes(FACILITATORS, "paused"),),
    "join": (_changes(frozenset({Who.MEMBER}), "new"),),
    "leave": (_changes(frozenset({Who.OBSERVER, Who.ASSESSOR, Who.LEAD_ELSEWHERE}), "new"),),
}
"""Words that change something by themselves; a mention and a direct message do the same.

The others answer privately, with a button at most; the button has its own entry.
"""

SHORTCUTS = frozenset(ShortcutId)
"""Each opens a form; the form's service checks who sends it."""
