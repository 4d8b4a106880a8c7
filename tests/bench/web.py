"""A web server as portals stand behind: files, compressed; it counts what goes over the wire."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


@cache
def compressed(path: Path) -> bytes:
    """A file, compressed as servers do by default."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@dataclass
class Wire:
    """What was sent: (path, bytes of head and body) of each answer."""

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Bytes in all."""
        return sum(size for _, size in self.sent)


@contextmanager
def serve(folder: Path) -> Iterator[Wire]:
    """Serve a folder on a free port of this machine."""
    wire = Wire("")

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_dir():
                path /= "index.html"
            if not path.is_file():
                self.send_error(404)
                return
            is_text = path.suffix in COMPRESSED
            body = compressed(path) if is_text else path.read_bytes()
            head = {
                "Content-Type": self.guess_type(path),
                "Content-Length": str(len(body)),
                "Cache-Control": "max-age=600",
            }
            if is_text:
                head["Content-Encoding"] = "gzip"
            self.send_response(200)
            for key, value in head.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)
            length = len(body) + sum(len(k) + len(v) + 4 for k, v in head.items())
            wire.sent.append((self.path.partition("?")[0], length))

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Handler(*a, directory=str(folder)))
    wire.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
