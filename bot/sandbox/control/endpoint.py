"""Where orders come in: POST /control/ORDER with a JSON object, answered with a JSON object."""

import json

from aiohttp import web

from bot.sandbox.control import people, workspace
from bot.sandbox.control.people import Order
from bot.sandbox.gestures.scene import Scene
from bot.sandbox.refusals import ControlRefusal

ORDERS: dict[str, Order] = {**people.ORDERS, **workspace.ORDERS}


class ControlApi:
    """Carries out orders; what cannot be done is HTTP 400 with `{"error": "..."}`."""

    def __init__(self, scene: Scene) -> None:
        """Act on `scene`."""
        self._scene = scene

    async def handle(self, request: web.Request) -> web.Response:
        """Carry out one order."""
        order = ORDERS.get(request.match_info["order"])
        if order is None:
            return web.json_response(
                {"error": f"there is no order {request.match_info['order']}"}, status=404
            )
        try:
            body = await request.text() if request.can_read_body else ""
            args = json.loads(body) if body else dict(request.query)
            if not isinstance(args, dict):
                raise ControlRefusal("an order is a JSON object")
            return web.json_response(await order(self._scene, args))
        except ControlRefusal as refusal:
            return web.json_response({"error": str(refusal)}, status=400)
        except ValueError as fault:
            return web.json_response({"error": f"this order cannot be read: {fault}"}, status=400)
