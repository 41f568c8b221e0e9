"""A server that answers whatever bytes it is told, as slowly as it is told."""

import contextlib
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from threading import Event, Thread


@contextlib.contextmanager
def raw_server(answers: Sequence[Iterable[bytes]], pause: float = 0) -> Iterator[str]:
    """Yields the address of a server; each connection gets the next answer, the last one again.

    Args:
        answers: Pieces of answers; `{address}` in them is that of the server.
        pause: Seconds before each piece.
    """
    ended = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        left = [list(pieces) for pieces in answers]

        def answer(connection: socket.socket, pieces: Iterable[bytes]) -> None:
            with connection, contextlib.suppress(OSError):
                connection.recv(1 << 16)
                for piece in pieces:
                    time.sleep(pause)
                    if ended.is_set():
                        return
                    connection.sendall(piece.replace(b"{address}", address.encode()))

        def serve() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    connection, _ = listening.accept()
                    pieces = left.pop(0) if len(left) > 1 else left[0]
                    Thread(target=answer, args=(connection, pieces), daemon=True).start()

        Thread(target=serve, daemon=True).start()
        try:
            yield address
        finally:
            ended.set()
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
