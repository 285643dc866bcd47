"""Photos found, read and reduced."""

import shutil
from pathlib import Path

import flags
import heldout
import pictures
import pytest
from adopting import HELD_OUT, arguments
from networks import LABELS, NETWORKS, photo
from PIL import Image
from recipe import Recipe


def test_broken_files_are_counted_and_named(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    shutil.copytree(made / "photos", tmp_path / "photos")
    whole = (tmp_path / "photos" / LABELS[0] / "000.png").read_bytes()
    (tmp_path / "photos" / LABELS[0] / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "photos" / LABELS[1] / "empty.jpg").write_bytes(b"")
    (tmp_path / "photos" / LABELS[2] / "page.webp").write_text("<html>")
    words = arguments(made, NETWORKS[0])
    words[words.index("--photos") + 1] = str(tmp_path / "photos")
    folder = heldout.folder_of(flags.arguments(None).parse_args(words), Recipe())
    printed = capsys.readouterr().out
    assert len(folder.files) == 3 * HELD_OUT
    assert "3 of 75 files cannot be read" in printed
    assert all(name in printed for name in ("cut.png", "empty.jpg", "page.webp"))


def test_a_list_from_another_machine_is_matched_by_label_and_name(made: Path, tmp_path: Path) -> None:
    folder = pictures.labelled(made / "photos", LABELS)
    listed = tmp_path / "valid.txt"
    listed.write_text(f"C:\\data\\{LABELS[0]}\\001.png\n/home/me/{LABELS[2]}/002.png\nelsewhere/none.png\n\n", encoding="utf-8")
    which, missing = pictures.listed(folder, listed)
    assert [folder.files[i].relative_to(folder.root).as_posix() for i in which] == [
        f"{LABELS[0]}/001.png",
        f"{LABELS[2]}/002.png",
    ]
    assert missing == ["elsewhere/none.png"]


def test_a_big_jpeg_is_reduced_while_it_is_decoded_and_its_own_size_is_kept(tmp_path: Path) -> None:
    photo(0, 1).resize((1200, 900)).save(tmp_path / "big.jpg", quality=90)
    sizes = {kept: pictures.read(tmp_path / "big.jpg", kept).image.size for kept in (None, 901, 450, 300, 225, 112)}
    assert sizes == {None: (1200, 900), 901: (1200, 900), 450: (600, 450), 300: (600, 450), 225: (300, 225), 112: (150, 113)}
    assert pictures.read(tmp_path / "big.jpg", 112).size == (1200, 900)
    photo(0, 1).resize((1200, 900)).save(tmp_path / "big.png")
    assert pictures.read(tmp_path / "big.png", 300).image.size == (400, 300), "by three, which a JPEG cannot"


def test_an_exif_turn_is_undone_and_counted(tmp_path: Path) -> None:
    image = photo(0, 1).resize((120, 90))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    read = pictures.read(tmp_path / "turned.jpg")
    assert (read.size, read.image.size, read.turned) == ((90, 120), (90, 120), True)


def test_what_can_be_seen_through_lies_on_white_and_a_webp_loses_what_fills_no_square(tmp_path: Path) -> None:
    image = photo(0, 1).resize((101, 67))
    clear = image.copy()
    clear.putalpha(0)
    clear.save(tmp_path / "clear.png")
    assert pictures.read(tmp_path / "clear.png").image.getextrema() == ((255, 255),) * 3
    image.save(tmp_path / "odd.webp", lossless=True)
    image.save(tmp_path / "odd.png")
    assert pictures.read(tmp_path / "odd.webp", 33).image.size == (50, 33)
    assert pictures.read(tmp_path / "odd.png", 33).image.size == (51, 34)
