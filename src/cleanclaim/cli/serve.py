"""`cleanclaim serve`: the office in the browser, migrated, with its worker."""

from __future__ import annotations

import socket
import threading

from cleanclaim.cli.office import command_actor, open_office
from cleanclaim.cli.output import DONE, say
from cleanclaim.kernel.errors import InputError, Refused

_THREADS = 8


def serve(*, host: str = "127.0.0.1", port: int = 8321) -> int:
    """Serve the office until it is stopped; prints its address and, on a new home, a one-time link.

    Args:
        host: the address to listen on.
        port: the port; 0 takes a free one.
    """
    if not 0 <= port <= 65_535:
        raise InputError(f"{port} is no port", fix="give 0 to 65535")
    listener = _listen(host, port)
    try:
        open_office()
        from waitress.server import create_server

        from cleanclaim.office.people.services import first_link
        from cleanclaim.office.worker import work_until
        from cleanclaim.office.wsgi import application

        address = f"http://{host}:{listener.getsockname()[1]}/"
        server = create_server(application, sockets=[listener], threads=_THREADS, ident="cleanclaim")
        token = first_link(actor=command_actor())
        say(f"Office: {address}")
        if token is not None:
            say(f"First sign-in: {address}first/{token}/")
        say("Stop with Ctrl+C.")
        stop = threading.Event()
        worker = threading.Thread(target=work_until, args=(stop,), name="worker", daemon=True)
        worker.start()
        try:
            server.run()
        finally:
            stop.set()
            worker.join(timeout=5)
    finally:
        listener.close()
    return DONE


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything else is touched.

    Raises:
        Refused: the port is taken, or the address is not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Refused(
            f"port {port} cannot be used",
            where=host,
            why=(error.strerror or "").lower(),
            fix="stop what listens there, or give another one with --port",
        ) from error
    return listener
