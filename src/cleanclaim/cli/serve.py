"""`cleanclaim serve`: the office in the browser, migrated, with its worker."""

from __future__ import annotations

import socket
import sys
import threading

from cleanclaim.cli.office import command_actor, open_office
from cleanclaim.cli.output import DONE, print_json_line, say
from cleanclaim.kernel.errors import InputError, Refused

_THREADS = 8


def serve(*, host: str = "127.0.0.1", port: int = 8321, json: bool = False) -> int:
    """Serve the office until it is stopped; prints its address and, on a new home, a one-time link.

    Args:
        host: the address to listen on.
        port: the port; 0 takes a free one.
        json: print address and link as one line of JSON.
    """
    if not 0 <= port <= 65_535:
        raise InputError(f"{port} is no port", fix="give 0 to 65535")
    if not host.strip():
        raise InputError("--host is empty", why="that would be every address of this machine", fix="name one")
    listener = _listen(host, port)
    try:
        open_office()
        from waitress.server import create_server

        from cleanclaim.office.people.services import first_link
        from cleanclaim.office.worker import work_until
        from cleanclaim.office.wsgi import application

        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
        server = create_server(application, sockets=[listener], threads=_THREADS, ident="cleanclaim")
        token = first_link(actor=command_actor())
        _announce(address, f"{address}first/{token}/" if token is not None else None, json)
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
        # Listening at once makes the port ours: two that only bind it would both seem to have it.
        listener.listen()
    except (OSError, UnicodeError) as error:
        listener.close()
        raise Refused(
            f"port {port} cannot be used",
            where=host,
            why=(getattr(error, "strerror", None) or "this is no address").lower(),
            fix="stop what listens there, or give another one with --port or --host",
        ) from error
    return listener


def _announce(address: str, first_link: str | None, json: bool) -> None:
    if json:
        print_json_line({"address": address, "first_sign_in": first_link})
        sys.stdout.flush()
        return
    say(f"Office: {address}")
    if first_link is not None:
        say(f"First sign-in: {first_link}")
    say("Stop with Ctrl+C.")
