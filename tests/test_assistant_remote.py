import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.llm import Message, Stop, generate, load_chat
from assistant.remote import RemoteChat, RemoteError


class Server:
    """A stand-in for an OpenAI-compatible server; `answer` writes the reply of each request."""

    def __init__(self, answer: Callable[["Request"], None]) -> None:
        self.requests: list[dict[str, object]] = []
        outer = self

        class Handler(Request):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append({"path": self.path, "key": self.headers["Authorization"], **body})
                self.body = body
                answer(self)

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._http.server_port}/v1"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class Request(BaseHTTPRequestHandler):
    body: dict[str, list[dict[str, str]]]

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    @property
    def asked(self) -> str:
        return self.body["messages"][-1]["content"]

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def event(self, text: str) -> None:
        self.wfile.write(f"data: {text}\n\n".encode())
        self.wfile.flush()

    def write(self, *words: str, end: bool = True) -> None:
        for word in words:
            self.event(chunk(word))
        if end:
            self.event(chunk("", "stop"))
            self.event("[DONE]")


def chunk(text: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    return json.dumps({"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]})


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[Request], None]], Server]]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    servers: list[Server] = []

    def start(answer: Callable[[Request], None]) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


Serve = Callable[[Callable[[Request], None]], Server]


def prompt(text: str) -> list[Message]:
    return [Message("system", "Answer."), Message("user", text)]


def test_answers_stream_by_row(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: Request) -> None:
        request.begin()
        request.write("to ", request.asked, " \u00fc\U0001f600")

    server = serve(answer)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    chat = load_chat(f"{server.address}#small")
    assert chat.name == "small"
    pieces = list(chat.stream([prompt("a"), prompt("b")], max_tokens=7))
    for row, asked in enumerate("ab"):
        assert [text for place, text in pieces if place == row] == ["to ", asked, " \u00fc\U0001f600"]
    sent = server.requests[0]
    assert (sent["path"], sent["key"], sent["model"]) == ("/v1/chat/completions", "Bearer sk-own", "small")
    assert (sent["max_tokens"], sent["temperature"], sent["stream"]) == (7, 0, True)
    assert sent["messages"] == [{"role": "system", "content": "Answer."}, {"role": "user", "content": "a"}] or (
        sent["messages"] == [{"role": "system", "content": "Answer."}, {"role": "user", "content": "b"}]
    )


def test_more_prompts_than_connections_are_all_answered(serve: Serve) -> None:
    def answer(request: Request) -> None:
        request.begin()
        request.write(request.asked)

    chat = RemoteChat(serve(answer).address, "m")
    assert generate(chat, [prompt(str(n)) for n in range(11)], max_tokens=5) == [str(n) for n in range(11)]


@pytest.mark.parametrize("how", ["without an end", "in the middle of an event"])
def test_a_cut_connection_keeps_its_text_finishes_the_others_and_is_told(serve: Serve, how: str) -> None:
    first = threading.Event()

    def answer(request: Request) -> None:
        request.begin()
        if request.asked == "cut":
            request.write("half an ", end=False)
            if how != "without an end":
                request.wfile.write(b'data: {"id": "1", "cho')
            request.close_connection = True
            first.set()
        else:
            first.wait(5)
            request.write("a whole ", "answer")

    texts = ["", ""]
    with pytest.raises(RemoteError, match=r"server http://127\.0\.0\.1.*check that it runs and serves 'm'") as error:
        for row, text in RemoteChat(serve(answer).address, "m").stream([prompt("cut"), prompt("go")], max_tokens=9):
            texts[row] += text
    assert texts == ["half an ", "a whole answer"]
    assert "\n" not in str(error.value)


def test_a_server_under_load_is_asked_again_after_the_time_it_says(serve: Serve) -> None:
    times: list[float] = []

    def answer(request: Request) -> None:
        times.append(time.monotonic())
        if len(times) == 1:
            request.send_response(429)
            request.send_header("Retry-After", "1")
            request.send_header("Content-Length", "0")
            request.end_headers()
        else:
            request.begin()
            request.write("now")

    assert generate(RemoteChat(serve(answer).address, "m"), [prompt("x")], max_tokens=9) == ["now"]
    assert len(times) == 2
    assert 0.95 <= times[1] - times[0] < 3


@pytest.mark.parametrize("broken", ['{"id": ', '{"choices": [{"delta": null}]}', '{"choices": 3}', "[1, 2]"])
def test_a_malformed_chunk_is_told_in_one_sentence(serve: Serve, broken: str) -> None:
    def answer(request: Request) -> None:
        request.begin()
        request.write("so far", end=False)
        request.event(broken)
        request.write(" never read")

    texts: list[tuple[int, str]] = []
    with pytest.raises(RemoteError, match="no chat completion"):
        texts.extend(RemoteChat(serve(answer).address, "m").stream([prompt("x")], max_tokens=9))
    assert texts == [(0, "so far")]


def test_a_refusal_and_an_absent_server_are_told(serve: Serve) -> None:
    def answer(request: Request) -> None:
        request.send_error(404)

    with pytest.raises(RemoteError, match="status 404"):
        generate(RemoteChat(serve(answer).address, "m"), [prompt("x")], max_tokens=9)
    nowhere = serve(answer)
    nowhere.close()
    with pytest.raises(RemoteError, match="could not be reached"):
        generate(RemoteChat(nowhere.address, "m", retries=0), [prompt("x")], max_tokens=9)


@pytest.mark.parametrize("way", ["stop", "close"])
def test_a_stop_closes_the_connection(serve: Serve, way: str) -> None:
    gone = threading.Event()

    def answer(request: Request) -> None:
        request.begin()
        try:
            for _ in range(2000):
                request.write("word ", end=False)
                time.sleep(0.005)
        except OSError:
            gone.set()

    stop = Stop()
    stream = RemoteChat(serve(answer).address, "m").stream([prompt("x")], max_tokens=9, stop=stop)
    next(stream)
    if way == "stop":
        stop.set()
        assert len(list(stream)) <= 1
    else:
        stream.close()  # type: ignore[attr-defined]
    assert gone.wait(3), "the server must see that nobody reads any more"


def test_a_stopped_row_ends_and_the_other_goes_on(serve: Serve) -> None:
    gone = threading.Event()

    def answer(request: Request) -> None:
        request.begin()
        if request.asked == "long":
            try:
                for _ in range(2000):
                    request.write("word ", end=False)
                    time.sleep(0.005)
            except OSError:
                gone.set()
        else:
            gone.wait(5)
            request.write("whole")

    stop = Stop()
    texts = ["", ""]
    for row, text in RemoteChat(serve(answer).address, "m").stream(
        [prompt("long"), prompt("b")], max_tokens=9, stop=stop
    ):
        texts[row] += text
        stop.set_row(0)
    assert texts == ["word ", "whole"]
