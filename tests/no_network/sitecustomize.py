"""Keeps a Python process of the tests on this machine: only loopback addresses can be reached.

Python imports `sitecustomize` by itself from PYTHONPATH, so the web server, the worker and the child that renders a
PDF are under the same guard as the tests.
"""

import socket
from typing import Any

LOOPBACK = ("127.", "::1", "localhost")


def _guarded(name: str) -> None:
    original = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise PermissionError(f"A test tried to reach {address[0]}. Tests use this machine only.")
        return original(self, *arguments)

    setattr(socket.socket, name, guarded)


for _name in ("connect", "connect_ex", "sendto"):
    _guarded(_name)
