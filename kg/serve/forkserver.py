"""Fork server: one process holds the graph; each that answers queries is forked from it.

The graph is loaded once and shared; a process that a query has used up is replaced in a
millisecond. Works where processes can be forked (not on Windows).
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query import engine
from kg.query.hints import vocabulary
from kg.serve import replies

if TYPE_CHECKING:
    from pyoxigraph import Store


def main(file: str, control: int) -> None:
    """Load the Turtle in ``file``; fork a process for every socket that comes over ``control``."""
    from pyoxigraph import RdfFormat, Store

    with socket.socket(fileno=control) as asked:
        store = Store()
        try:
            store.bulk_load(path=file, format=RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            asked.sendall(b"!" + str(error).encode()[:2000])
            return
        engine.warm(store)
        vocabulary()  # no file can be opened later
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead leave no zombies
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked decides when to end
        asked.sendall(b"r")
        while True:
            message, sockets, _, _ = socket.recv_fds(asked, 1, 1)
            if not message:
                return
            child = os.fork()
            if child == 0:
                asked.close()
                _answer(store, sockets[0])
            os.close(sockets[0])
            asked.sendall(child.to_bytes(8, "big"))


def _answer(store: Store, descriptor: int) -> None:
    """The life of a forked process: answer what comes until nobody asks; never returns."""
    status = 1
    # What Rust says when memory ends is told to the one who asked, not to who watches the server.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        with socket.socket(fileno=descriptor) as side:
            inward, outward = side.makefile("rb"), side.makefile("wb")
            engine.loop(store, inward, outward, replies.respond)
        status = 0
    finally:
        os._exit(status)


def command(file: Path, control: int) -> list[str]:
    """What starts this module as a process."""
    return [sys.executable, "-P", "-m", __name__, str(file), str(control)]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
