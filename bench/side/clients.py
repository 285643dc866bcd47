"""How a picture reaches a server: over one connection that stays open, or through Gradio's own client."""

import base64
import json
import socket
from collections.abc import Callable
from pathlib import Path

from gradio_client import Client, handle_file

from pictures import Picture

PATIENCE = 60.0

Send = Callable[[], bytes]


class Connection:
    """HTTP/1.1 with as little as possible of the client's time in what is measured: the request is there beforehand."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def post(self, request: bytes) -> bytes:
        try:
            return self.answer(request)
        except ConnectionError:  # servers close a connection that was idle for long
            self.close()
            return self.answer(request)

    def answer(self, request: bytes) -> bytes:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head, body = self.head()
        status = head.split(b" ", 2)[1]
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        while len(body) < length:
            body += self.received()
        if b"connection: close" in head.lower():
            self.close()
        if status != b"200":
            raise RuntimeError(f"port {self.port} answered {status.decode()}: {body[:300].decode(errors='replace')}")
        return body

    def head(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.received()
        head, _, body = data.partition(b"\r\n\r\n")
        return head, body

    def received(self) -> bytes:
        data = self.socket.recv(65_536) if self.socket else b""
        if not data:
            raise ConnectionError(f"port {self.port} closed the connection in the middle of an answer")
        return data

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def request(port: int, path: str, picture: Picture, form: str) -> bytes:
    body, kind = picture.content, picture.type
    if form == "json":
        body, kind = json.dumps({"image": base64.b64encode(body).decode()}).encode(), "application/json"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def over_http(port: int, path: str, picture: Picture, form: str) -> Send:
    connection, sent = Connection(port), request(port, path, picture, form)
    return lambda: connection.post(sent)


def through_gradio(port: int, picture: Picture, folder: Path) -> Send:
    """As Gradio's guide to its Python client has it: the picture is a file, the client uploads it and waits in the queue."""
    file = folder / f"sent.{picture.format}"
    file.write_bytes(picture.content)
    client = Client(f"http://127.0.0.1:{port}/", verbose=False)
    return lambda: json.dumps(client.predict(handle_file(file), api_name="/classify")).encode()
