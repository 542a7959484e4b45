"""The door of the page: its socket, its server, and the policy that lets it load from this server alone.

Knows nothing of what the page shows.
"""

import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

FIRST_PORT, LAST_PORT = 7860, 7879
# Gradio builds its page with inline scripts and evaluated templates; what matters here is that nothing a
# product text or a model wrote can make the browser speak to another host.
PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Policy:
    """ASGI middleware that adds a content security policy to every HTTP answer."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = PICTURE_POLICY if scope["path"].startswith("/pictures/") else PAGE_POLICY
        added = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]

        async def send_with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await self._app(scope, receive, send_with_policy)


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket; without a port, the first free one from 7860 on. OSError when there is none."""
    if port is not None:
        return socket.create_server((host, port))
    for tried in range(FIRST_PORT, LAST_PORT + 1):
        with contextlib.suppress(OSError):
            return socket.create_server((host, tried))
    return socket.create_server((host, 0))


def serve(app: "FastAPI", door: socket.socket, ready: Callable[[], None]) -> None:
    """Serves until interrupted; calls `ready` once the page answers."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    Server(config).run(sockets=[door])
