"""A server on this machine that behaves as a test tells it to, byte by byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket], None]


@dataclass
class Stub:
    """Where it listens, and the requests it got."""

    port: int
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def body(self) -> dict[str, object]:
        """The JSON of the last request."""
        told: dict[str, object] = json.loads(self.requests[-1].split(b"\r\n\r\n", 1)[1])
        return told


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Stub]:
    """A stub that reads each request and then behaves."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stub = Stub(listener.getsockname()[1])
        threads: list[threading.Thread] = []

        def serve(line: socket.socket) -> None:
            with line, suppress(OSError):
                stub.requests.append(_request(line))
                behaviour(line)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    thread = threading.Thread(target=serve, args=(line,), daemon=True)
                    threads.append(thread)
                    thread.start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield stub
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            accepting.join(5)
            for thread in threads:
                thread.join(5)


def _request(line: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(row.split(b":")[1])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def reply(body: bytes, *, status: str = "200 OK", headers: str = "") -> Behaviour:
    """Answers in one piece."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n"
    return lambda line: line.sendall(head.encode() + body)


def completion(content: object) -> bytes:
    """A chat completion that says something."""
    return json.dumps(
        {"choices": [{"message": {"role": "assistant", "content": content}}]}
    ).encode()
