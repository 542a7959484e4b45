"""The door of the page: its socket, its server, and the policy that lets it load from this server alone.

Knows nothing of what the page shows.
"""

import contextlib
import re
import socket
from collections.abc import Callable, Sequence
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


_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\Z")


def page_policy(image_hosts: Sequence[str] = ()) -> str:
    """The policy of the page; pictures may come over https from the hosts named, and from nowhere else.

    ValueError for what is no host name.
    """
    for host in image_hosts:
        if not _HOST.match(host):
            raise ValueError(f"image host {host!r}, expected a name such as images.example.org, in small letters")
    named = "".join(f" https://{host}" for host in image_hosts)
    return PAGE_POLICY.replace("img-src 'self'", f"img-src 'self'{named}")


class Policy:
    """ASGI middleware that adds a content security policy to every HTTP answer."""

    def __init__(self, app: Any, image_hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._page_policy = page_policy(image_hosts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = PICTURE_POLICY if scope["path"].startswith("/pictures/") else self._page_policy
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
