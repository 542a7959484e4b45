"""The door of the page: a policy on every answer, and sockets that say when they cannot be had."""

import asyncio
import socket
from typing import Any

import pytest

from assistant.web import PAGE_POLICY, PICTURE_POLICY, Policy, listen, page_policy


def headers_of(path: str, kind: str = "http") -> dict[bytes, bytes]:
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Policy(app)({"type": kind, "path": path}, None, send))
    return dict(sent[0]["headers"])


def test_the_page_may_load_from_its_own_server_alone() -> None:
    policy = headers_of("/")[b"content-security-policy"].decode()
    assert policy == PAGE_POLICY
    assert "http" not in policy
    assert "*" not in policy
    assert headers_of("/")[b"x"] == b"y"


def test_a_picture_runs_nothing_even_when_opened_alone() -> None:
    headers = headers_of("/pictures/mouse.svg")
    assert headers[b"content-security-policy"].decode() == PICTURE_POLICY
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_pictures_come_from_the_hosts_that_are_named_and_from_nowhere_else() -> None:
    policy = page_policy(["a.example", "img.b.example"])
    assert "img-src 'self' https://a.example https://img.b.example data: blob:" in policy
    assert policy.replace(" https://a.example https://img.b.example", "") == PAGE_POLICY
    assert page_policy() == PAGE_POLICY
    for host in (
        "",
        "*",
        "*.a.example",
        "http://a.example",
        "a.example/x",
        "a.example; script-src *",
        "a",
        "A.example",
    ):
        with pytest.raises(ValueError, match="expected a name"):
            page_policy([host])


def test_what_is_not_http_passes_unchanged() -> None:
    assert headers_of("/", kind="lifespan") == {b"x": b"y"}


def test_a_taken_port_is_an_error_and_a_free_one_is_found() -> None:
    with listen("127.0.0.1", None) as door:
        port = door.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", port)
        with listen("127.0.0.1", None) as other:
            assert other.getsockname()[1] != port
    assert isinstance(door, socket.socket)
