"""A real Firefox, driven by WebDriver BiDi (W3C) over its own socket: no driver program is needed."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import websocket
from toollib import require_tool

_PATIENCE = 60  # seconds until a Firefox that does not answer is given up


class Firefox:
    """One tab. ``run`` evaluates an expression in its page."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket
        self._count = 0
        self._call("session.new", capabilities={})
        self._tab = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str) -> None:
        """Go to an address and wait until all of it is loaded."""
        self._call("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """The value of an expression, which must be something that JSON can carry."""
        text = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        target = {"context": self._tab}
        answer = self._call("script.evaluate", expression=text, target=target, awaitPromise=True)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def wait_for(self, expression: str) -> Any:
        """The value of an expression as soon as it is true."""
        end = time.monotonic() + _PATIENCE
        while not (value := self.run(expression)):
            assert time.monotonic() < end, expression
            time.sleep(0.05)
        return value

    def close(self) -> None:
        self._call("browser.close")
        self._socket.close()

    def _call(self, method: str, **params: Any) -> Any:
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while (message := json.loads(self._socket.recv())).get("id") != self._count:
            pass  # events that nobody asked for
        assert message["type"] == "success", message
        return message["result"]


@contextlib.contextmanager
def open_firefox(profile: Path) -> Iterator[Firefox]:
    """A Firefox with a profile of its own; where none is installed the test does not run, and says so."""
    path = require_tool("firefox-esr", "firefox")
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = next(filter(None, (re.search(r"ws://\S+", line) for line in process.stderr)))[0]
            # Firefox refuses a page that would drive it: only a client that names no origin is none.
            socket = websocket.create_connection(f"{address}/session", timeout=_PATIENCE, suppress_origin=True)
            firefox = Firefox(socket)
            yield firefox
            firefox.close()
            process.wait(_PATIENCE)
        finally:
            process.kill()
