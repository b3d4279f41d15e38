"""One POST to a checked address: no proxy, no redirect, an end to its time and to its size.

`http.client` knows neither proxies nor redirects, and is handed the address instead of a name. A
timeout of the socket bounds only the wait for the next byte, so a watchdog cuts the line when the
whole answer takes too long.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from openimr.adapters.private_address import Endpoint

_OK = 200
_REDIRECTS = range(300, 400)
SLOW = "no whole answer in the time allowed"
UNREACHED = "nobody answers at the address"
BROKE_OFF = "the connection broke off"
UNTRUSTED = "the server's certificate does not hold"
REDIRECTED = "the server sends elsewhere, which is not followed"
TOO_LONG = "the answer is longer than allowed"


class Broken(Exception):
    """There is no answer; `reason` is a phrase of our own and holds nothing of what was sent."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _Connection(http.client.HTTPConnection):
    """A connection to the checked address, under the host's name."""

    def __init__(self, place: Endpoint, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self._place = place
        self.expired = threading.Event()
        self._seconds = seconds
        self._watchdog: threading.Timer | None = None
        self._line: socket.socket | None = None

    def connect(self) -> None:
        raw = self._reach()
        self.sock = raw
        self._line = raw.dup()
        self._watchdog = threading.Timer(self._seconds, self._cut)
        self._watchdog.daemon = True
        self._watchdog.start()
        if self._place.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(raw, server_hostname=self._place.host)

    def _reach(self) -> socket.socket:
        """The first of the checked addresses that answers: `localhost` is often two."""
        *others, last = self._place.addresses
        for address in others:
            with suppress(OSError):
                return socket.create_connection((address, self._place.port), self._seconds)
        return socket.create_connection((last, self._place.port), self._seconds)

    def _cut(self) -> None:
        self.expired.set()
        with suppress(OSError):
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)

    @property
    def reached(self) -> bool:
        """Whether somebody took the call."""
        return self._line is not None

    def finish(self) -> None:
        """Let go of everything; `close` is called by `getresponse` while the body still comes."""
        if self._watchdog is not None:
            self._watchdog.cancel()
        self.close()
        if self._line is not None:
            self._line.close()


def post(
    place: Endpoint, body: bytes, *, headers: Mapping[str, str], seconds: float, most_bytes: int
) -> bytes:
    """The body of the answer.

    Args:
        place: whose address was checked.
        body: to send.
        headers: beside length and host.
        seconds: from the connection to the last byte, and to connect to each address.
        most_bytes: of the answer.

    Raises:
        Broken: there is no whole answer of status 200 within the limits.
    """
    connection = _Connection(place, seconds)
    try:
        with _told(connection):
            connection.request("POST", place.path, body=body, headers=dict(headers))
            with connection.getresponse() as response:
                if response.status in _REDIRECTS:
                    raise Broken(REDIRECTED)
                if response.status != _OK:
                    raise Broken(f"the server answers with status {response.status}")
                received = response.read(most_bytes + 1)
    finally:
        connection.finish()
    if len(received) > most_bytes:
        raise Broken(TOO_LONG)
    if connection.expired.is_set():
        raise Broken(SLOW)
    return received


@contextmanager
def _told(connection: _Connection) -> Iterator[None]:
    """Every way in which a connection fails, as one of our phrases."""
    try:
        yield
    except Broken:
        raise
    except Exception as error:
        # Their texts can quote what was received: none is kept, nor is the chain of causes.
        if connection.expired.is_set() or isinstance(error, TimeoutError):
            raise Broken(SLOW) from None
        if isinstance(error, ssl.SSLCertVerificationError):
            raise Broken(UNTRUSTED) from None
        if isinstance(error, OSError) and not connection.reached:
            raise Broken(UNREACHED) from None
        if isinstance(error, OSError | http.client.HTTPException | ValueError):
            raise Broken(BROKE_OFF) from None
        raise
