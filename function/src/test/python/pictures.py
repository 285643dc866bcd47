"""Draws the pictures that the decoder is tested with, and has Pillow say what is in them.

    pip install pillow==12.2.0 numpy   (any Pillow with libjpeg-turbo gives the same pixels)
    python function/src/test/python/pictures.py

writes function/src/test/resources/pictures: the files, `pictures.json` (what each is, the hash of its width * height * 3
bytes of pixels, and how near the decoder must come) and `pixels.zip` (those bytes, where near is not the same). All is
drawn here; there is no photograph in it.
"""

import hashlib
import io
import json
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageFilter, ImageOps

OUT = Path(__file__).parents[1] / "resources" / "pictures"
WIDTH, HEIGHT = 61, 40
# How far the short side may be reduced: the default, and one so small that these pictures are reduced.
KEPT = 1024
KEPT_SMALL = 13
# libwebp reduces a lossy picture before it makes RGB of it, Pillow's mean comes after: at hard edges of colour they differ by
# 26 levels, in photographs by one in the mean. And of what can be seen through, libwebp weighs brightness alone by how opaque
# it is.
SCALED = 12
EXIF_ORIENTATION = 0x0112

pictures: list[dict] = []
refused: list[dict] = []
pixels: dict[str, bytes] = {}


def draw(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """A leaf of sorts: gradients, hard edges between strong colours, and a little noise."""
    big = Image.new("RGB", (width * 4, height * 4), (120, 150, 90))
    pen = ImageDraw.Draw(big)
    w, h = big.size
    for i in range(0, w, 4):
        pen.line((i, 0, w - i, h), fill=(i * 255 // w, 140, 255 - i * 255 // w))
    pen.ellipse((w * 0.1, h * 0.1, w * 0.8, h * 0.9), fill=(30, 120, 20))
    pen.ellipse((w * 0.5, h * 0.3, w * 0.7, h * 0.6), fill=(200, 40, 10))
    pen.rectangle((w * 0.75, h * 0.05, w * 0.95, h * 0.35), fill=(20, 20, 240))
    pen.line((0, h, w, 0), fill=(255, 255, 255), width=3)
    drawn = np.asarray(big.resize((width, height), Image.Resampling.LANCZOS)).astype(int)
    noise = np.random.default_rng(7).integers(-6, 7, drawn.shape)
    return Image.fromarray(np.clip(drawn + noise, 0, 255).astype(np.uint8))


def alpha(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    return Image.fromarray(np.add.outer(np.arange(height) * 5, np.arange(width) * 3).clip(0, 255).astype(np.uint8))


def pillow(file: bytes, kept: int) -> Image.Image:
    """What a file shows, by Pillow: upright, in sRGB, over white, reduced."""
    image = Image.open(io.BytesIO(file))
    webp = image.format == "WEBP"
    if image.format == "JPEG":
        # By 2, 4 or 8, while it is decoded.
        image.draft(None, (kept, kept))
        kept = max(image.size)
    image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    if image.mode in ("P", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "L"):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, (255, 255, 255))
        white.paste(image, mask=image.getchannel("A"))
        image = white
    image = image.convert("RGB")
    factor = max(1, min(image.size) // kept)
    if webp:
        # What does not fill a whole square at the right and lower edge is left out.
        image = image.crop((0, 0, image.width // factor * factor, image.height // factor * factor))
    return image.reduce(factor)


def add(name: str, file: bytes, kept: int = KEPT, most: int = 0, expected: Image.Image | None = None) -> None:
    """Takes a picture in. `most`: by how many levels a pixel may differ."""
    image = expected or pillow(file, kept)
    (OUT / name).write_bytes(file)
    rgb = image.tobytes()
    size = {"width": image.width, "height": image.height}
    pictures.append({"file": name, "kept": kept, **size, "most": most, "sha256": hashlib.sha256(rgb).hexdigest()})
    if most > 0:
        pixels[name] = rgb


def refuse(name: str, reason: str, says: str, file: bytes) -> None:
    """Takes a file in that is no picture to judge. `says`: what the answer must name."""
    (OUT / name).write_bytes(file)
    refused.append({"file": name, "reason": reason, "says": says})


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    return exif


# --- JPEG


def segment(file: bytes, marker: int) -> int:
    """Where a marker segment starts."""
    at = 2
    while file[at + 1] != marker:
        at += 2 + int.from_bytes(file[at + 2 : at + 4], "big")
    return at


def resampled(file: bytes, factors: int, width: int, height: int) -> bytes:
    """The same coded blocks under other sampling factors: Pillow writes none of these, but reads them."""
    sof = segment(file, 0xC0)
    patched = bytearray(file)
    patched[sof + 5 : sof + 9] = struct.pack(">HH", height, width)
    patched[sof + 11] = factors
    return bytes(patched)


def scans_apart(planes: list[Image.Image], quality: int) -> bytes:
    """A baseline file with one scan for each component, put together of grey files."""
    files = [saved(plane, "JPEG", quality=quality) for plane in planes]
    first = files[0]
    sof, sos = segment(first, 0xC0), segment(first, 0xDA)
    head = first[:sof] + struct.pack(">HHBHHB", 0xFFC0, 17, 8, planes[0].height, planes[0].width, 3)
    head += b"".join(bytes([i + 1, 0x11, 0]) for i in range(3))
    tables = first[sof + 13 : sos]
    scans = b""
    for i, file in enumerate(files):
        data = file[segment(file, 0xDA) + 10 : -2]
        scans += struct.pack(">HHBBBBBB", 0xFFDA, 8, 1, i + 1, 0, 0, 63, 0) + data
    return head + tables + scans + b"\xff\xd9"


def jpegs() -> None:
    image = draw()
    for subsampling, word in enumerate(("444", "422", "420")):
        for progressive in (False, True):
            kind = "progressive" if progressive else "baseline"
            options = {"subsampling": subsampling, "progressive": progressive}
            add(f"{kind}-{word}.jpg", saved(image, "JPEG", quality=85, **options))
    coded = saved(draw(64, 32), "JPEG", quality=85, subsampling=1)
    add("sampling-1x2.jpg", resampled(coded, 0x12, 32, 64))
    coded = saved(draw(64, 32), "JPEG", quality=85, subsampling=2)
    add("sampling-4x1.jpg", resampled(coded, 0x41, 128, 16))
    add("sampling-1x4.jpg", resampled(coded, 0x14, 32, 64))
    add("quality-100.jpg", saved(image, "JPEG", quality=100, subsampling=0))
    add("quality-5.jpg", saved(image, "JPEG", quality=5))
    add("optimised.jpg", saved(image, "JPEG", quality=90, optimize=True))
    add("restart.jpg", saved(image, "JPEG", quality=85, restart_marker_blocks=3))
    add("restart-progressive.jpg", saved(image, "JPEG", quality=85, progressive=True, restart_marker_rows=1))
    add("grey.jpg", saved(image.convert("L"), "JPEG", quality=85))
    add("grey-progressive.jpg", saved(image.convert("L"), "JPEG", quality=85, progressive=True))
    add("rgb.jpg", saved(image, "JPEG", quality=85, keep_rgb=True))
    cmyk = saved(Image.merge("CMYK", (*image.split(), alpha())), "JPEG", quality=85)
    # Ink over ink is rounded by Pillow and cut off by Leptonica.
    add("cmyk.jpg", cmyk, most=1)
    adobe = segment(cmyk, 0xEE)
    add("ycck.jpg", cmyk[: adobe + 15] + b"\x02" + cmyk[adobe + 16 :], most=1)
    add("cmyk-no-adobe.jpg", cmyk[:adobe] + cmyk[adobe + 16 :], most=1)
    add("scans-apart.jpg", scans_apart(list(image.convert("YCbCr").split()), 85))
    add("trailing-bytes.jpg", saved(image, "JPEG", quality=85) + b"\0\0garbage\xff\xd9\xff")
    for width, height in ((1, 1), (2, 1), (1, 3), (3, 2), (5, 4), (8, 8), (17, 9), (33, 31)):
        add(f"size-{width}x{height}.jpg", saved(draw(width, height), "JPEG", quality=85))
    for orientation in range(1, 9):
        add(f"orientation-{orientation}.jpg", saved(draw(24, 16), "JPEG", quality=85, exif=turned(orientation)))
    add("orientation-9.jpg", saved(draw(24, 16), "JPEG", quality=85, exif=turned(9)))
    for kept in (5, KEPT_SMALL, 20):
        add(f"reduced-to-{kept}.jpg", saved(image, "JPEG", quality=85), kept)
        add(f"reduced-to-{kept}-progressive.jpg", saved(image, "JPEG", quality=85, progressive=True), kept)
        if kept != KEPT_SMALL:
            add(f"reduced-to-{kept}-444.jpg", saved(image, "JPEG", quality=85, subsampling=0), kept)
            add(f"reduced-to-{kept}-422.jpg", saved(image, "JPEG", quality=85, subsampling=1), kept)
    add("reduced-turned.jpg", saved(draw(60, 40), "JPEG", quality=85, exif=turned(6)), 20)
    add("reduced-grey.jpg", saved(image.convert("L"), "JPEG", quality=85), 20)
    jpegs_as_they_come()


def jpegs_as_they_come() -> None:
    """What libjpeg would refuse or read otherwise, and every browser shows."""
    file = saved(draw(), "JPEG", quality=85)
    whole = pillow(file, KEPT)
    sof, sos = segment(file, 0xC0), segment(file, 0xDA)
    add("end-missing.jpg", file[:-2], expected=whole)
    trailer = b"\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1535193600000SEFHj\0\0\0\x01\0\0\0\x18\0\0\0SEFT"
    add("end-missing-trailer.jpg", file[:-2] + trailer, expected=whole)
    progressive = saved(draw(), "JPEG", quality=85, progressive=True)
    add("end-missing-progressive.jpg", progressive[:-2], expected=whole)
    without = file
    while b"\xff\xc4" in without[: segment(without, 0xDA)]:
        at = segment(without, 0xC4)
        without = without[:at] + without[at + 2 + int.from_bytes(without[at + 2 : at + 4], "big") :]
    add("huffman-tables-missing.jpg", without, expected=whole)
    alike = bytearray(file)
    for i in (sof + 10, sof + 13, sof + 16, sos + 5, sos + 7, sos + 9):
        alike[i] = 1
    add("ids-alike.jpg", bytes(alike), expected=whole)
    add("garbage-before-scan.jpg", file[:sos] + b"garbage" + file[sos:], expected=whole)
    odd = bytearray(file)
    odd[sos + 11 : sos + 14] = b"\0\0\0"
    add("odd-parameters.jpg", bytes(odd), expected=whole)
    first, second = (turned(n).tobytes() for n in (6, 1))
    app1 = b"".join(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif for exif in (first, second))
    once = file[:2] + app1[: len(app1) // 2] + file[2:]
    add("orientation-twice.jpg", file[:2] + app1 + file[2:], expected=pillow(once, KEPT))



# --- PNG

GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(samples: np.ndarray, depth: int) -> list[bytes]:
    """Rows of samples as bytes."""
    flat = samples.reshape(samples.shape[0], -1)
    if depth == 16:
        return [row.astype(">u2").tobytes() for row in flat]
    if depth == 8:
        return [row.astype(np.uint8).tobytes() for row in flat]
    bits = (flat[:, :, None] >> np.arange(depth - 1, -1, -1)) & 1
    return [np.packbits(row.reshape(-1).astype(np.uint8)).tobytes() for row in bits]


def filtered(rows: list[bytes], step: int) -> bytes:
    """Rows with each filter in turn."""
    out = b""
    above = bytes(len(rows[0]))
    for y, row in enumerate(rows):
        kind = y % 5
        line = bytearray()
        for i, value in enumerate(row):
            a = row[i - step] if i >= step else 0
            b = above[i]
            c = above[i - step] if i >= step else 0
            p = a + b - c
            paeth = min((a, b, c), key=lambda n: abs(p - n))
            line.append((value - (0, a, b, (a + b) // 2, paeth)[kind]) & 255)
        out += bytes([kind]) + line
        above = row
    return out


def png_file(head: bytes, data: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def png(samples: np.ndarray, depth: int, colour: int, interlaced: bool = False, extra: bytes = b"") -> bytes:
    height, width = samples.shape[:2]
    samples = samples.reshape(height, width, CHANNELS[colour])
    step = max(1, depth * CHANNELS[colour] // 8)
    parts = [samples[y::dy, x::dx] for x, y, dx, dy in PASSES] if interlaced else [samples]
    data = b"".join(filtered(packed(part, depth), step) for part in parts if part.size)
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    body = zlib.compress(data, 9)
    half = len(body) // 2
    idat = chunk(b"IDAT", body[:half]) + chunk(b"IDAT", b"") + chunk(b"IDAT", body[half:])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + idat + chunk(b"IEND", b"")


def pngs() -> None:
    small = draw(23, 17)
    colours = np.asarray(small).astype(int)
    greys = np.asarray(small.convert("L")).astype(int)
    opaque = np.asarray(alpha(23, 17)).astype(int) * 2 % 256
    fine = np.random.default_rng(3).integers(0, 256, colours.shape)
    palette = bytes(np.random.default_rng(5).integers(0, 256, 768, dtype=np.uint8))
    for interlaced in (False, True):
        word = "-interlaced" if interlaced else ""
        for depth in (1, 2, 4, 8):
            scaled = greys >> (8 - depth)
            add(f"grey-{depth}{word}.png", png(scaled, depth, GREY, interlaced))
            plte = chunk(b"PLTE", palette[: 3 << depth])
            add(f"palette-{depth}{word}.png", png(scaled, depth, PALETTE, interlaced, plte))
            see = chunk(b"tRNS", bytes(range(0, 250, 90))[: 1 << depth])
            add(f"palette-{depth}-alpha{word}.png", png(scaled, depth, PALETTE, interlaced, plte + see))
        add(f"rgb-8{word}.png", png(colours, 8, RGB, interlaced))
        add(f"rgba-8{word}.png", png(np.dstack((colours, opaque)), 8, RGBA, interlaced))
        add(f"grey-alpha-8{word}.png", png(np.dstack((greys, opaque)), 8, GREY_ALPHA, interlaced))
        deep = np.dstack((colours * 256 + fine, opaque * 256 + 7))
        add(f"rgb-16{word}.png", png(deep[:, :, :3], 16, RGB, interlaced))
        add(f"rgba-16{word}.png", png(deep, 16, RGBA, interlaced))
        add(f"grey-16{word}.png", png(deep[:, :, 0], 16, GREY, interlaced))
        add(f"grey-alpha-16{word}.png", png(deep[:, :, 2:], 16, GREY_ALPHA, interlaced))
    add("grey-key.png", png(greys, 8, GREY, extra=chunk(b"tRNS", struct.pack(">H", int(greys[5, 5])))))
    key = struct.pack(">HHH", *(int(c) for c in colours[5, 5]))
    add("rgb-key.png", png(colours, 8, RGB, extra=chunk(b"tRNS", key)))
    # Pillow compares eight bits of a key of sixteen: the answer is drawn here.
    key16 = struct.pack(">HHH", *(int(c) for c in deep[5, 5, :3]))
    there = colours.astype(np.uint8)
    there[5, 5] = 255
    add("rgb-16-key.png", png(deep[:, :, :3], 16, RGB, extra=chunk(b"tRNS", key16)), expected=Image.fromarray(there))
    for width, height in ((1, 1), (1, 9), (9, 1), (3, 3)):
        size = np.asarray(draw(width, height)).astype(int)
        add(f"size-{width}x{height}.png", png(size, 8, RGB))
        add(f"size-{width}x{height}-interlaced.png", png(size, 8, RGB, True))
    for orientation in (1, 3, 6, 8):
        exif = turned(orientation).tobytes()[6:]
        add(f"orientation-{orientation}.png", png(colours, 8, RGB, extra=chunk(b"eXIf", exif)))
    add("reduced.png", png(colours, 8, RGB), 5, most=1)
    add("reduced-interlaced.png", png(np.dstack((colours, opaque)), 8, RGBA, True), 5, most=1)
    still = chunk(b"acTL", struct.pack(">II", 1, 0)) + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 23, 17, 0, 0, 1, 10, 0, 0))
    add("one-frame.png", png(colours, 8, RGB, extra=still))
    nothing = chunk(b"acTL", struct.pack(">II", 0, 0))
    add("no-frames.png", png(colours, 8, RGB, extra=nothing), expected=small)
    pngs_as_they_come(colours, small, greys, palette)
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(40_000_000), 9))
    add("bomb-in-text.png", png(colours, 8, RGB, extra=bomb), expected=small)


def pngs_as_they_come(colours: np.ndarray, whole: Image.Image, greys: np.ndarray, palette: bytes) -> None:
    """What libpng complains of, and every browser shows."""
    text = chunk(b"tEXt", b"Comment\0drawn")
    add("check-sum-of-text.png", png(colours, 8, RGB, extra=text[:-1] + bytes([text[-1] ^ 1])), expected=whole)
    see = chunk(b"tRNS", struct.pack(">HHH", *(int(c) for c in colours[5, 5])))
    add("check-sum-of-key.png", png(colours, 8, RGB, extra=see[:-1] + bytes([see[-1] ^ 1])), expected=whole)
    file = png(colours, 8, RGB)
    add("png-end-missing.png", file[:-12], expected=whole)
    add("png-end-cut-off.png", file[:-7], expected=whole)
    add("check-sum-of-end.png", file[:-1] + b"\0", expected=whole)
    add("garbage-for-end.png", file[:-12] + b"\0\0\0\x04@@@@garbage", expected=whole)
    head = struct.pack(">IIBBBBB", whole.width, whole.height, 8, RGB, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row.astype(np.uint8).tobytes() for row in colours.reshape(len(colours), -1)), 9)
    add("check-sum-of-data.png", png_file(head, body[:-4] + b"\0\0\0\0"), expected=whole)
    add("png-sum-cut-off.png", png_file(head, body)[:-12 - 4 - 4], expected=whole)
    few = 200
    beyond = np.concatenate((np.frombuffer(palette[: 3 * few], np.uint8).reshape(-1, 3), np.zeros((256 - few, 3), np.uint8)))
    shown = Image.fromarray(beyond[greys])
    add("palette-beyond.png", png(greys, 8, PALETTE, extra=chunk(b"PLTE", palette[: 3 * few])), expected=shown)


# --- colour profiles


def tag_xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(v * 65536) for v in (x, y, z)))


def tag_para(form: int, *numbers: float) -> bytes:
    fixed = struct.pack(f">{len(numbers)}i", *(round(v * 65536) for v in numbers))
    return b"para\0\0\0\0" + struct.pack(">HH", form, 0) + fixed


def tag_gamma(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"


def tag_table(gamma: float) -> bytes:
    table = [round(65535 * (i / 99) ** gamma) for i in range(100)]
    return b"curv\0\0\0\0" + struct.pack(">I100H", 100, *table)


def profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    text = "drawn".encode("utf-16-be")
    described = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(text), 28) + text
    tags = {b"desc": described, b"cprt": described, b"wtpt": tag_xyz(0.9642, 1.0, 0.8249)} | tags
    table, data = b"", b""
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(data), len(content))
        data += content
    body = struct.pack(">I", len(tags)) + table + data
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + len(body), b"\0\0\0\0", 0x04000000, b"mntr", space, b"XYZ ", bytes(12), b"acsp"
    )
    head += bytes(68 - len(head)) + struct.pack(">iii", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + body


def primaries(*columns: tuple[float, float, float]) -> dict[bytes, bytes]:
    return {name: tag_xyz(*column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)}


def curves(curve: bytes) -> dict[bytes, bytes]:
    return dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)


def profiles() -> None:
    image = draw()
    srgb_curve = tag_para(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    p3 = primaries((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))
    adobe = primaries((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
    prophoto = primaries((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491))
    srgb = primaries((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.7141))
    made = {
        "display-p3": profile(b"RGB ", p3 | curves(srgb_curve)),
        "adobe-rgb": profile(b"RGB ", adobe | curves(tag_gamma(2.19921875))),
        "prophoto": profile(b"RGB ", prophoto | curves(tag_para(0, 1.8))),
        "table": profile(b"RGB ", adobe | curves(tag_table(2.0))),
        "srgb": profile(b"RGB ", srgb | curves(srgb_curve)),
    }
    for name, icc in made.items():
        add(f"profile-{name}.jpg", saved(image, "JPEG", quality=85, icc_profile=icc), most=1)
    grey = profile(b"GRAY", {b"kTRC": tag_gamma(1.8)})
    add("profile-grey.jpg", saved(image.convert("L"), "JPEG", quality=85, icc_profile=grey), most=1)
    p3_png = chunk(b"iCCP", b"p3\0\0" + zlib.compress(made["display-p3"]))
    add("profile-display-p3.png", png(np.asarray(image).astype(int), 8, RGB, extra=p3_png), most=1)
    plain = saved(image, "JPEG", quality=85)
    broken = made["display-p3"][:200]
    add("profile-broken.jpg", saved(image, "JPEG", quality=85, icc_profile=broken), expected=pillow(plain, KEPT))
    add("profile-webp.webp", saved(image, "WEBP", lossless=True, icc_profile=made["display-p3"]), most=1)


# --- WebP


def animation(still: bytes, width: int, height: int) -> bytes:
    """A lossy file as the only frame of an animation on a canvas of a size, in its upper left corner."""
    image = Image.open(io.BytesIO(still))
    riff = lambda name, data: name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    three = lambda number: struct.pack("<I", number)[:3]
    head = bytes(6) + three(image.width - 1) + three(image.height - 1) + three(100) + b"\0"
    chunks = riff(b"VP8X", b"\x02\0\0\0" + three(width - 1) + three(height - 1))
    chunks += riff(b"ANIM", bytes(6)) + riff(b"ANMF", head + still[12:])
    return riff(b"RIFF", b"WEBP" + chunks)


def webps() -> None:
    image = draw()
    see_through = image.copy()
    see_through.putalpha(alpha())
    for quality in (0, 20, 50, 75, 90, 100):
        add(f"lossy-{quality}.webp", saved(image, "WEBP", quality=quality, method=6))
    add("lossy-method-0.webp", saved(image, "WEBP", quality=60, method=0))
    add("lossy-alpha.webp", saved(see_through, "WEBP", quality=60))
    add("lossy-alpha-quality-20.webp", saved(see_through, "WEBP", quality=60, alpha_quality=20))
    add("lossless.webp", saved(image, "WEBP", lossless=True))
    add("lossless-fast.webp", saved(image, "WEBP", lossless=True, quality=0, method=0))
    add("lossless-slow.webp", saved(image, "WEBP", lossless=True, quality=100, method=6))
    add("lossless-alpha.webp", saved(see_through, "WEBP", lossless=True))
    for colours in (2, 4, 16, 200):
        few = image.quantize(colours).convert("RGB")
        add(f"lossless-{colours}-colours.webp", saved(few, "WEBP", lossless=True))
    add("lossless-grey.webp", saved(image.convert("L").convert("RGB"), "WEBP", lossless=True))
    for width, height in ((1, 1), (2, 1), (1, 3), (3, 2), (5, 4), (16, 16), (17, 9), (33, 31)):
        add(f"lossy-{width}x{height}.webp", saved(draw(width, height), "WEBP", quality=75))
        add(f"lossless-{width}x{height}.webp", saved(draw(width, height), "WEBP", lossless=True))
    for orientation in (3, 6):
        add(f"orientation-{orientation}.webp", saved(draw(24, 16), "WEBP", quality=75, exif=turned(orientation)))
    # Pillow writes the six letters before EXIF that belong into JPEG files alone; the standard and cameras do not.
    bare = turned(6).tobytes().removeprefix(b"Exif\0\0")
    add("orientation-6-bare.webp", saved(draw(24, 16), "WEBP", quality=75, exif=bare))
    file = saved(image, "WEBP", quality=75)
    add("one-frame.webp", animation(file, WIDTH, HEIGHT), expected=pillow(file, KEPT))
    soft = image.filter(ImageFilter.GaussianBlur(3))
    soft_through = soft.copy()
    soft_through.putalpha(alpha())
    add("reduced.webp", saved(soft, "WEBP", quality=75), KEPT_SMALL, most=SCALED)
    add("reduced-alpha.webp", saved(soft_through, "WEBP", quality=75), KEPT_SMALL, most=SCALED)
    add("reduced-lossless.webp", saved(image, "WEBP", lossless=True), KEPT_SMALL, most=1)


# --- what is refused


def refusals() -> None:
    image, other = draw(16, 12), draw(16, 12).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    frames = {"save_all": True, "append_images": [other], "duration": 100}
    refuse("animated.png", "ANIMATED", "animated", saved(image, "PNG", **frames))
    refuse("animated.webp", "ANIMATED", "animated", saved(image, "WEBP", **frames))
    refuse("frame-beside.webp", "ANIMATED", "animated", animation(saved(image, "WEBP"), 18, 12))
    foreign = {
        "GIF": "GIF",
        "TIFF": "TIFF",
        "BMP": "BMP",
        "ICO": "icons",
        "JPEG2000": "JPEG 2000",
        "AVIF": "AVIF",
        "PDF": "PDF",
    }
    for kind, name in foreign.items():
        refuse(f"foreign.{kind.lower()}", "UNSUPPORTED_FORMAT", name, saved(image, kind))
    coded = saved(image, "JPEG", quality=85)
    sof = segment(coded, 0xC0)
    for marker, word in ((0xC9, "arithmetic"), (0xC3, "without loss"), (0xC6, "layers")):
        patched = coded[: sof + 1] + bytes([marker]) + coded[sof + 2 :]
        refuse(f"jpeg-{marker:x}.jpg", "UNSUPPORTED_FORMAT", word, patched)
    refuse("jpeg-12-bit.jpg", "UNSUPPORTED_FORMAT", "8 bits", coded[: sof + 4] + b"\x0c" + coded[sof + 5 :])
    huge = coded[: sof + 5] + b"\xff\xff\xff\xff" + coded[sof + 9 :]
    refuse("jpeg-65535.jpg", "TOO_MANY_PIXELS", "65535 x 65535", huge)
    flat = struct.pack(">IIBBBBB", 30000, 30000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(3751) * 3000, 9)
    refuse("png-30000.png", "TOO_MANY_PIXELS", "30000 x 30000", png_file(flat, rows))
    long = struct.pack(">IIBBBBB", 70000, 1, 1, 0, 0, 0, 0)
    refuse("png-70000.png", "TOO_MANY_PIXELS", "65,535", png_file(long, zlib.compress(bytes(8751))))
    narrow = struct.pack(">IIBBBBB", 1000, 50000, 1, 0, 0, 0, 0)
    refuse("png-narrow.png", "TOO_MANY_PIXELS", "narrow", png_file(narrow, b""))
    small = np.asarray(image).astype(int)
    whole = png(small, 8, RGB)
    flipped = whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:]
    refuse("png-check-sum.png", "UNDECODABLE", "check sum", flipped)
    higher = struct.pack(">IIBBBBB", 16, 13, 8, RGB, 0, 0, 0)
    refuse("png-short.png", "UNDECODABLE", "fewer pixels", png_file(higher, zlib.compress(bytes(49 * 12))))
    refuse("png-cut-off.png", "TRUNCATED", "ends before", whole[: len(whole) // 2])
    refuse("png-cut-off-row.png", "TRUNCATED", "ends before", whole[:-12 - 4 - 40])
    apple = chunk(b"CgBI", struct.pack(">I", 0x50002002))
    refuse("png-cgbi.png", "UNSUPPORTED_FORMAT", "CgBI", whole[:8] + apple + whole[8:])
    restarts = saved(image, "JPEG", quality=85, subsampling=0, restart_marker_blocks=1)
    lost = restarts.index(b"\xff\xd1")
    refuse("jpeg-restart-lost.jpg", "UNDECODABLE", "restart marker", restarts[:lost] + restarts[lost + 2 :])
    progressive = saved(image, "JPEG", quality=85, progressive=True)
    first = segment(progressive, 0xDA)
    end = progressive.index(b"\xff", first + 12)
    scan = progressive[first:end]
    refuse("jpeg-scans.jpg", "UNDECODABLE", "scans", progressive[:first] + scan * 2000 + progressive[end:])


def large() -> None:
    """48 million pixels that take few bytes, for what a decoder takes of memory."""
    column = np.arange(8000)
    row = np.stack((column % 256, column // 256, column % 7), axis=1).astype(np.uint8)
    (OUT / "large-lossless.webp").write_bytes(saved(Image.fromarray(np.tile(row, (6000, 1, 1))), "WEBP", lossless=True))
    flat = Image.new("RGB", (8000, 6000), (60, 120, 40))
    (OUT / "large-lossy.webp").write_bytes(saved(flat, "WEBP", quality=0))


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    jpegs()
    pngs()
    profiles()
    webps()
    refusals()
    large()
    listing = ",\n".join(json.dumps(picture) for picture in pictures)
    (OUT / "pictures.json").write_text(f"[\n{listing}\n]\n")
    listing = ",\n".join(json.dumps(file) for file in refused)
    (OUT / "refused.json").write_text(f"[\n{listing}\n]\n")
    with zipfile.ZipFile(OUT / "pixels.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rgb in pixels.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), rgb, zipfile.ZIP_DEFLATED, 9)


main()
