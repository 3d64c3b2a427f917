"""Orders about the app itself: someone allows it into the workspace, and it is removed."""

from urllib.parse import urlencode

from bot.sandbox.control.people import Order, maybe, text
from bot.sandbox.gestures.scene import Scene
from bot.sandbox.permits import Permit
from bot.sandbox.records import Json
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.reports import Allowed
from bot.sandbox.rules import ALL_SCOPES


async def _authorize(scene: Scene, args: Json) -> Json:
    """Press Allow on the page to which the app sent the person, at https://slack.com/oauth/v2/authorize."""
    person, state = scene.person(text(args, "user")), maybe(args, "state") or ""
    if person.is_restricted:
        raise ControlRefusal(f"{person.real_name} cannot install apps: a guest")
    if text(args, "client_id") != scene.slack.identity.client_id:
        raise ControlRefusal("invalid_client_id")
    scopes, redirect = _scopes(maybe(args, "scope")), _redirect(maybe(args, "redirect_uri"))
    code = scene.slack.permits.give(Permit(person.id, scopes, redirect, scene.slack.moment()))
    url = ""
    if redirect is not None:
        url = f"{redirect}{'&' if '?' in redirect else '?'}{urlencode({'code': code, 'state': state})}"
    return Allowed(code=code, state=state, url=url).model_dump()


def _scopes(asked: str | None) -> frozenset[str] | None:
    if asked is None:
        return None
    scopes = frozenset(asked.replace(",", " ").split())
    if not scopes:
        raise ControlRefusal("no_scopes")
    if scopes - ALL_SCOPES:
        raise ControlRefusal(f"invalid_scope: {', '.join(sorted(scopes - ALL_SCOPES))}")
    return scopes


def _redirect(address: str | None) -> str | None:
    if address is not None and (not address.startswith("https://") or "#" in address):
        raise ControlRefusal("bad_redirect_uri: it begins with https:// and has no #")
    return address


async def _uninstall(scene: Scene, args: Json) -> Json:
    if not scene.slack.installed:
        raise ControlRefusal("the app is not installed")
    scene.slack.uninstall()
    scene.feed.tokens_revoked()
    return {}


ORDERS: dict[str, Order] = {"authorize": _authorize, "uninstall": _uninstall}
