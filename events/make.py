"""Writes the events of this folder, and expected.json with what each is answered.

Run it here: `python make.py` (Pillow 12). All pictures are drawn; the same Pillow gives the same files.
"""

import base64
import io
import json
import random
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

FOLDER = Path(__file__).parent
SIZE = 256
BOUNDARY = "----haricot"
REQUEST_ID = "5d0ab6a4-4f3c-4f5e-9f0e-2a7c0f6b1d11"


def leaf() -> Image.Image:
    """A green leaf with brown spots on earth: drawn, so the model finds it strange."""
    rng = random.Random(7)
    picture = Image.new("RGB", (SIZE, SIZE), (96, 74, 52))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((38, 20, 218, 236), fill=(74, 132, 52))
    draw.line((128, 24, 128, 236), fill=(110, 160, 80), width=5)
    for y in range(60, 210, 30):
        draw.line((128, y, 60, y - 25), fill=(100, 150, 72), width=3)
        draw.line((128, y, 196, y - 25), fill=(100, 150, 72), width=3)
    for _ in range(24):
        x, y, r = rng.randint(70, 186), rng.randint(50, 206), rng.randint(2, 6)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(122, 72, 34))
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with hardly anything in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def form(*parts: tuple[str, str, bytes]) -> bytes:
    """multipart/form-data of (field, file name or nothing, bytes)."""
    out = b""
    for field, name, content in parts:
        file = f'; filename="{name}"\r\nContent-Type: application/octet-stream' if name else ""
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'.encode() + content + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


def text(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def carried(body: bytes | str | None) -> dict[str, object]:
    if isinstance(body, bytes):
        return {"body": text(body), "isBase64Encoded": True}
    return {"body": body, "isBase64Encoded": False}


def rest(method: str, path: str, body: bytes | str | None, kind: str, query: dict[str, str]) -> dict[str, object]:
    """Payload 1.0: the path is a custom domain's, with its base path."""
    own = method == "POST" and path in ("/v1/classify", "/v1/claims")
    headers = {"Accept": "*/*", "Host": "api.farm.example", "Origin": "https://farm.example"} | ({"Content-Type": kind} if kind else {})
    return {
        "resource": path if own or path == "/" else "/{proxy+}",
        "path": "/beans" + path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": query or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
        "pathParameters": None if own or path == "/" else {"proxy": path[1:]},
        "stageVariables": None,
        "requestContext": {"requestId": REQUEST_ID, "stage": "Prod", "httpMethod": method, "path": "/beans" + path,
                           "identity": {"sourceIp": "192.0.2.7", "userAgent": "curl/8"}},
        **carried(body),
    }


def payload2(stage: str, method: str, path: str, body: bytes | str | None, kind: str, query: dict[str, str]) -> dict[str, object]:
    """Payload 2.0: with a stage as HTTP APIs send it, without as function URLs do."""
    raw = ("" if stage == "$default" else "/" + stage) + path
    headers = {"accept": "*/*", "host": "api.farm.example", "origin": "https://farm.example"} | ({"content-type": kind} if kind else {})
    event: dict[str, object] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw,
        "rawQueryString": "&".join(f"{name}={value.replace(' ', '%20')}" for name, value in query.items()),
        "cookies": ["theme=dark"],
        "headers": headers,
        "requestContext": {"requestId": REQUEST_ID, "stage": stage,
                           "http": {"method": method, "path": raw, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7", "userAgent": "curl/8"}},
        **carried(body),
    }
    return {name: value for name, value in event.items() if value is not None}


def front(name: str, method: str, path: str, body: bytes | str | None, kind: str, query: dict[str, str]) -> dict[str, object]:
    if name == "rest":
        return rest(method, path, body, kind, query)
    return payload2("prod" if name == "v2" else "$default", method, path, body, kind, query)


def named(path: str) -> str:
    """The last part of a path; the model as JSON and as a page have the same."""
    return "card" if path == "model" else path.split("/")[-1].removesuffix(".json") or "page"


def main() -> None:
    picture = leaf()
    jpeg, png = encoded(picture, "JPEG", quality=80), encoded(picture.resize((96, 96)), "PNG")
    night = encoded(picture.point(lambda v: v // 24), "JPEG", quality=80)
    webp = encoded(picture, "WEBP", quality=70)
    animated = encoded(picture.resize((16, 16)), "PNG", save_all=True, append_images=[Image.new("RGB", (16, 16))])
    multipart = f"multipart/form-data; boundary={BOUNDARY}"
    octets, jsons = "application/octet-stream", "application/json"

    good: dict[str, tuple[bytes | str, str, dict[str, str]]] = {
        "raw-leaf": (jpeg, "image/jpeg", {}),
        "raw-curl-default": (jpeg, "application/x-www-form-urlencoded", {"topK": "1", "clientId": "row 7"}),
        "raw-night": (night, octets, {}),
        "raw-webp": (webp, "image/webp", {}),
        "raw-png-called-jpeg": (png, "image/jpeg", {}),
        "json-leaf": (json.dumps({"image": text(jpeg), "topK": 2, "clientId": "row-7"}), jsons, {}),
        "json-leaf-as-base64": (json.dumps({"image": text(jpeg)}).encode(), jsons, {}),
        "json-data-url": (json.dumps({"image": "data:image/png;base64," + text(png)}), jsons, {}),
        "json-batch": (json.dumps({"images": [text(png), {"image": text(night), "clientId": "night"}, "%%%"]}), jsons, {}),
        "multipart-one": (form(("image", "leaf.jpg", jpeg), ("clientId", "", b"row-7")), multipart, {}),
        "multipart-two": (form(("image", "leaf.png", png), ("image", "night.jpg", night)), multipart, {}),
    }
    bad: dict[str, tuple[int, str, bytes | str | None, str, dict[str, str]]] = {
        "empty-body": (400, "empty-body", None, "image/jpeg", {}),
        "json-cut-off": (400, "malformed-json", '{"image": "' + text(png)[:400], jsons, {}),
        "json-brackets": (400, "malformed-json", '{"images": [' + "[" * 100_000, jsons, {}),
        "json-array": (400, "malformed-json", '["' + text(png)[:40] + '"]', jsons, {}),
        "topk-as-text": (400, "invalid-field", '{"image": "QUJD", "topK": "three"}', jsons, {}),
        "misspelt-field": (400, "unknown-field", '{"img": "QUJD"}', jsons, {}),
        "image-twice": (400, "duplicate-field", '{"image": "QUJD", "image": "QUJD"}', jsons, {}),
        "no-image": (400, "missing-image", '{"topK": 1}', jsons, {}),
        "bad-base64": (400, "bad-base64", '{"image": "' + text(png)[:41] + "%" + '"}', jsons, {}),
        "image-url": (400, "image-url", '{"image": "https://farm.example/leaf.jpg"}', jsons, {}),
        "seventeen-images": (400, "too-many-images", json.dumps({"images": ["QUJD"] * 17}), jsons, {}),
        "multipart-cut-off": (400, "malformed-multipart", form(("image", "leaf.png", png))[:-40], multipart, {}),
        "picture-as-text": (400, "binary-as-text", png.decode("utf-8", "replace"), "text/plain", {}),
        "topk-zero": (400, "invalid-parameter", png, "image/png", {"topK": "0"}),
        "gif": (415, "unsupported-format", encoded(picture.resize((32, 32)), "GIF"), "image/gif", {}),
        "html": (415, "unsupported-format", "<!doctype html><title>404</title>", "text/html", {}),
        "animated-png": (415, "animated", animated, "image/png", {}),
        "cut-off-jpeg": (422, "truncated", jpeg[: len(jpeg) // 2], "image/jpeg", {}),
        "broken-png": (422, "undecodable", png[:60] + bytes(40) + png[100:], "image/png", {}),
        "30000-pixels-square": (422, "too-many-pixels", png_header(30_000, 30_000), "image/png", {}),
    }
    # An id of long ago: whatever else is right, a claim about it comes too late.
    old = "019dbf4b-1c2e-7a6f-9a52-6f1f4f1c7a3e"
    claims: dict[str, tuple[int, str, str]] = {
        "too-late": (400, "invalid-field", json.dumps({"id": old, "label": "healthy"})),
        "misspelt-field": (400, "unknown-field", json.dumps({"id": old, "lable": "healthy"})),
        "cut-off": (400, "malformed-json", '{"id": "' + old),
    }
    expected: dict[str, dict[str, object]] = {}

    def write(name: str, event: dict[str, object], status: int, code: str = "") -> None:
        (FOLDER / f"{name}.json").write_text(json.dumps(event, indent=1) + "\n")
        expected[name] = {"status": status} | ({"code": code} if code else {})

    for where in ("rest", "v2", "url"):
        for name, (body, kind, query) in good.items():
            write(f"{where}-{name}", front(where, "POST", "/v1/classify", body, kind, query), 200)
        for name in ("", "docs", "model", "v1/model", "v1/examples", "v1/health", "openapi.json"):
            write(f"{where}-get-{named(name)}", front(where, "GET", "/" + name, None, "", {}), 200)
        for name, (status, code, body) in claims.items():
            write(f"{where}-claim-{name}", front(where, "POST", "/v1/claims", body, jsons, {}), status, code)
        write(f"{where}-preflight", front(where, "OPTIONS", "/v1/classify", None, "", {}), 204)
        write(f"{where}-not-found", front(where, "GET", "/v2/classify", None, "", {}), 404, "not-found")
        write(f"{where}-wrong-method", front(where, "DELETE", "/v1/classify", None, "", {}), 405, "method-not-allowed")
        for name, (status, code, body, kind, query) in bad.items():
            if where == "rest" or name not in ("json-brackets", "broken-png"):
                write(f"{where}-{name}", front(where, "POST", "/v1/classify", body, kind, query), status, code)
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
