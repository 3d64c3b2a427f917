"""The one error ladder: known errors speak plainly, unknown ones give an id that is in the log."""

from __future__ import annotations

from uuid import uuid4

from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.reading import MessageNotThere, MessageUnread
from bot.log import logger
from bot.running.bot import Bot, TriggerExpired
from bot.services.asking import NoSuchAssessment, Refused
from bot.services.assessment.starting import AlreadyRunningHere
from bot.views.block_kit.reference import BadReference
from bot.views.evidence.receipts import MESSAGE_GONE
from bot.views.refusals.refusals import (
    ERROR_SENTENCE,
    GONE,
    GONE_FROM_LIBRARY,
    OLD_BUTTON,
    OLD_FORM,
    TOO_LATE,
    UNAVAILABLE,
    UNREAD,
    already_running,
    refusal_sentence,
)
from bot.views.wording.text import escape
from model.errors import UnknownAction
from model.framework.framework import Framework
from model.refusals import Refusal
from storage.engine.errors import StorageUnavailable

_log = logger(__name__)

# What says the same whatever it was about.
_SENTENCES: dict[type[Exception], str] = {
    NoSuchAssessment: GONE,
    BadReference: OLD_BUTTON,
    UnreadableForm: OLD_FORM,
    UnknownAction: GONE_FROM_LIBRARY,
    TriggerExpired: TOO_LATE,
    MessageNotThere: MESSAGE_GONE,
    MessageUnread: UNREAD,
}


def told_refusal(bot: Bot, refusal: Refusal, framework: Framework | None, reader: str) -> str:
    """What the person, `reader`, is told whom the rules refuse something; the log has the reason."""
    _log.debug("refused", reason=refusal.reason.value)
    return refusal_sentence(refusal, framework, bot.zone, reader)


def error_sentence(bot: Bot, error: Exception, reader: str) -> str:
    """What the person, `reader`, is told whose press, word or form failed."""
    match error:
        case Refused():
            framework = None if error.assessment is None else error.assessment.framework
            return told_refusal(bot, error.refusal, framework, reader)
        case AlreadyRunningHere():
            _log.debug("refused", reason=type(error).__name__)
            return already_running(escape(error.running.title), bot.command)
        case StorageUnavailable():
            _log.warning("database_unavailable")
            return UNAVAILABLE
    for kind, sentence in _SENTENCES.items():
        if isinstance(error, kind):
            _log.debug("refused", reason=kind.__name__)
            return sentence.replace("{command}", bot.command)
    error_id = uuid4().hex[:8]
    _log.error("listener_failed", error_id=error_id, exc_info=error)
    return ERROR_SENTENCE.format(error_id=error_id)
