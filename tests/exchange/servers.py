"""Other sides that tests talk to on this machine: a web server that answers as told, a mail server that keeps letters."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Web:
    """What it says to every POST, and what was posted."""

    status: int = 200
    answer: Any = None
    slow: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""
    paths: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


@contextmanager
def web(**told: Any) -> Iterator[Web]:
    side = Web(**told)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            side.paths.append(self.path)
            side.types.append(self.headers["Content-Type"])
            side.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(side.slow)
            body = side.answer if isinstance(side.answer, bytes) else json.dumps(side.answer).encode()
            self.send_response(side.status)
            for name, value in side.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        side.url = f"http://127.0.0.1:{port}"
        yield side


@dataclass
class Post:
    """A mail server: letters it took as (recipients, letter), recipients it refuses."""

    port: int = 0
    refuses: tuple[str, ...] = ()
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)


@contextmanager
def post(**told: Any) -> Iterator[Post]:
    side = Post(**told)

    class Handler(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.say("220 post")
            to: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "RCPT" and any(name in line for name in side.refuses):
                    self.say("550 nobody")
                elif verb == "RCPT":
                    to.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 ok")
                elif verb == "DATA":
                    self.say("354 go on")
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    side.letters.append((to, message_from_bytes(text, policy=policy.default)))
                    to = []
                    self.say("250 ok")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _running(server) as port:
        side.port = port
        yield side


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
