"""The wire to a second reader: whatever is at the other end, a reason comes back and no more."""

from __future__ import annotations

import logging
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openimr.adapters import guarded_post, second_reader
from openimr.adapters.private_address import endpoint
from openimr.adapters.second_reader import HttpSecondReader, Patience, second_reader_from
from openimr.model.errors import UsageError
from openimr.model.ids import DocumentId
from openimr.model.second_reader import Answer, Question
from stub_server import Behaviour, Stub, completion, reply, serving

PRIVATE = "Rosa Delgado has AIDS"
QUESTION = Question(
    document=DocumentId("D01"),
    page=1,
    sentences=((0, len(PRIVATE)),),
    instruction="Point.",
    text=f"[1] {PRIVATE}",
    schema='{"type": "object"}',
)
QUICK = Patience(seconds=0.4, case_seconds=5.0, answer_bytes=4_096)


def reader(stub: Stub, patience: Patience = QUICK, key: str = "") -> HttpSecondReader:
    place = endpoint(f"{stub.url}/chat/completions", allow_public=False)
    return HttpSecondReader(place, "a-model", key=key, patience=patience)


def ask(behaviour: Behaviour) -> Answer:
    with serving(behaviour) as stub:
        return reader(stub).ask(QUESTION)


def test_a_good_answer_is_handed_on() -> None:
    with serving(reply(completion('{"proposals": []}'))) as stub:
        assert reader(stub, key="sesame").ask(QUESTION) == Answer(text='{"proposals": []}')
    head = stub.requests[0].split(b"\r\n\r\n")[0]
    assert head.startswith(b"POST /v1/chat/completions HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{stub.port}".encode() in head
    assert b"Authorization: Bearer sesame" in head
    body = stub.body()
    assert (body["model"], body["temperature"], body["stream"]) == ("a-model", 0, False)
    assert body["messages"] == [
        {"role": "system", "content": "Point."},
        {"role": "user", "content": QUESTION.text},
    ]


def stall(line: socket.socket) -> None:
    line.recv(1)


def drip(line: socket.socket) -> None:
    """A byte now and then, in the body: no wait for the next one is ever long."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\nConnection: close\r\n\r\n")
    _slowly(line, b"x")


def drip_head(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Pad: ")
    _slowly(line, b"x")


def go_on_and_on(line: socket.socket) -> None:
    _slowly(line, b"HTTP/1.1 100 Continue\r\n\r\n")


def _slowly(line: socket.socket, piece: bytes) -> None:
    end = time.monotonic() + 4
    while time.monotonic() < end:
        line.sendall(piece)
        time.sleep(0.02)


def endless(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")


def hang_up(_: socket.socket) -> None:
    """Closes the line without a word."""


def break_off(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nxxx")


@pytest.mark.parametrize("behaviour", [stall, drip, drip_head, go_on_and_on])
def test_a_slow_answer_is_cut_off(behaviour: Behaviour) -> None:
    start = time.monotonic()
    assert ask(behaviour) == Answer(failure=guarded_post.SLOW)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        (endless, guarded_post.TOO_LONG),
        (reply(b"x" * 1_000_000), guarded_post.TOO_LONG),
        (break_off, guarded_post.BROKE_OFF),
        (lambda line: line.sendall(b"\x00\xff" * 40 + b"\r\n\r\n"), guarded_post.BROKE_OFF),
        (
            lambda line: line.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500),
            guarded_post.BROKE_OFF,
        ),
        (hang_up, guarded_post.BROKE_OFF),
        (reply(b"no", status="503 Busy"), "the server answers with status 503"),
        (reply(PRIVATE.encode(), status="500 " + PRIVATE), "the server answers with status 500"),
        (reply(b""), second_reader._NO_COMPLETION),
        (reply(b"<html>" + PRIVATE.encode()), second_reader._NO_COMPLETION),
        (reply(b"[]"), second_reader._NO_COMPLETION),
        (reply(b'{"choices": []}'), second_reader._NO_COMPLETION),
        (reply(b'{"choices": [{"message": null}]}'), second_reader._NO_COMPLETION),
        (reply(completion(7)), second_reader._NO_COMPLETION),
        (reply(b"\xff\xfe\x00"), second_reader._NO_COMPLETION),
        (reply(b"[" * 4_000), second_reader._NO_COMPLETION),
    ],
)
def test_a_wrong_answer_is_a_reason(behaviour: Behaviour, failure: str) -> None:
    assert ask(behaviour) == Answer(failure=failure)


def test_a_redirect_is_not_followed() -> None:
    with serving(reply(completion("{}"))) as elsewhere:
        location = f"Location: {elsewhere.url}/chat/completions\r\n"
        for status in ("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent"):
            answer = ask(reply(b"", status=status, headers=location))
            assert answer == Answer(failure=guarded_post.REDIRECTED)
    assert elsewhere.requests == []


def test_nobody_there() -> None:
    with serving(stall) as stub:
        pass
    assert reader(stub).ask(QUESTION) == Answer(failure=guarded_post.UNREACHED)


def test_a_proxy_of_the_environment_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(reply(completion("{}"))) as proxy, serving(reply(completion("[]"))) as stub:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert reader(stub).ask(QUESTION).text == "[]"
    assert proxy.requests == []


def test_the_time_of_a_case_ends() -> None:
    patience = Patience(seconds=0.2, case_seconds=0.3)
    with serving(stall) as stub:
        slow = reader(stub, patience)
        failures = [slow.ask(QUESTION).failure for _ in range(3)]
    assert failures[-1] == second_reader._SPENT


@pytest.mark.parametrize("behaviour", [stall, break_off, reply(PRIVATE.encode(), status="500 x")])
def test_nothing_of_the_record_is_logged_or_told(
    behaviour: Behaviour, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask(behaviour)
    told = capfd.readouterr()
    for text in (answer.failure, caplog.text, told.out, told.err):
        assert "Rosa" not in text
        assert "AIDS" not in text


def environment(url: str, **more: str) -> dict[str, str]:
    given = {"URL": url, "MODEL": "a-model", **more}
    return {f"OPENIMR_SECOND_READER_{name}": value for name, value in given.items()}


NOWHERE = "0.0.0.0"  # noqa: S104 - refused, not bound to


def resolving(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda _host, _port: list(addresses)


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["127.9.9.9"], ["10.0.0.8"], ["172.31.255.1"], ["192.168.1.4"], ["::1"],
        ["fd12::1"], ["::ffff:10.0.0.8"], ["10.0.0.8", "10.0.0.9"],
    ],
)  # fmt: skip
def test_private_addresses_are_taken(addresses: list[str]) -> None:
    second_reader_from(environment("http://model.lan:8080/v1"), resolving(*addresses))


@pytest.mark.parametrize(
    "addresses",
    [
        ["8.8.8.8"], ["10.0.0.8", "8.8.8.8"], ["169.254.169.254"], ["fe80::1%eth0"], [NOWHERE],
        ["::"], ["224.0.0.1"], ["100.64.0.1"], ["172.32.0.1"], ["::ffff:8.8.8.8"], ["2001:db8::1"],
        ["::ffff:169.254.169.254"], ["255.255.255.255"], ["64:ff9b::a00:8"], [],
    ],
)  # fmt: skip
def test_other_addresses_are_refused(addresses: list[str]) -> None:
    with pytest.raises(UsageError):
        second_reader_from(environment("https://model.example/v1"), resolving(*addresses))


@pytest.mark.parametrize(
    "addresses", [["169.254.169.254"], [NOWHERE], ["224.0.0.1"], ["8.8.8.8", "fe80::1"]]
)
def test_some_addresses_are_refused_even_with_leave(addresses: list[str]) -> None:
    allowed = environment("https://model.example/v1", ALLOW_PUBLIC="yes")
    with pytest.raises(UsageError):
        second_reader_from(allowed, resolving(*addresses))


def test_a_public_address_needs_leave_and_a_secure_line() -> None:
    public = resolving("8.8.8.8")
    second_reader_from(environment("https://model.example", ALLOW_PUBLIC="yes"), public)
    with pytest.raises(UsageError, match="https only"):
        second_reader_from(environment("http://model.example", ALLOW_PUBLIC="yes"), public)
    with pytest.raises(UsageError, match="ALLOW_PUBLIC"):
        second_reader_from(environment("https://model.example", ALLOW_PUBLIC="1"), public)


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    with serving(reply(completion("{}"))) as stub:
        two = second_reader_from(
            environment(f"http://localhost:{stub.port}/v1"), resolving("::1", "127.0.0.1")
        )
        assert two.ask(QUESTION).text == "{}"


def test_a_name_that_moves_is_not_followed() -> None:
    """DNS rebinding: the second look-up would lead elsewhere, so there is none."""
    answers = iter([["127.0.0.1"], ["8.8.8.8"]])
    with serving(reply(completion("{}"))) as stub:
        moving = second_reader_from(
            environment(f"http://model.lan:{stub.port}/v1"), lambda _host, _port: next(answers)
        )
        assert moving.ask(QUESTION).text == "{}"
        assert moving.ask(QUESTION).text == "{}"
    assert b"Host: model.lan" in stub.requests[0]
    assert next(answers) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/v1", "127.0.0.1:8080", "http://", "http://user:sesame@127.0.0.1/v1",
        "http://127.0.0.1/v1?key=sesame", "http://127.0.0.1/#x", "http://127.0.0.1:99999/",
        "http://[::1", "http://127.0.0.1/a\r\nHost: x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_an_odd_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        second_reader_from(environment(url), resolving("127.0.0.1"))
    assert "sesame" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "value"),
    [("MODEL", ""), ("MODEL", "a\nb"), ("KEY", "a b"), ("KEY", "a\r\nX: y"), ("SECONDS", "0"),
     ("SECONDS", "soon"), ("SECONDS", "601"), ("URL", "")],
)  # fmt: skip
def test_variables_that_cannot_be_used_are_named(name: str, value: str) -> None:
    given = environment("http://127.0.0.1/v1") | {f"OPENIMR_SECOND_READER_{name}": value}
    with pytest.raises(UsageError, match=f"OPENIMR_SECOND_READER_{name}") as caught:
        second_reader_from(given, resolving("127.0.0.1"))
    assert caught.value.exit_status == 2


def test_only_the_rim_speaks_to_the_network() -> None:
    package = Path(second_reader.__file__).parents[1]
    speaks = re.compile(r"http\.client|create_connection|getaddrinfo|urllib\.request")
    speaking = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if speaks.search(path.read_text())
    }
    assert speaking == {"adapters/guarded_post.py", "adapters/private_address.py"}
