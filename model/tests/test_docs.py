"""The commands of docs/own-model.md are commands that adopt.py and the scripts take."""

import re
import shlex
from pathlib import Path

import flags
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "own-model.md"


def commands() -> list[list[str]]:
    """Every `python model/…` of the page, a line or several that a backslash joins."""
    text = DOCS.read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.findall(r"python (model/[a-z_]+(?:\.py)?[^\n`]*)", text)
    return [shlex.split(command.replace("…", "x"), comments=True) for command in found]


@pytest.mark.parametrize("words", [c for c in commands() if c[0] == "model/adopt.py"], ids=lambda words: words[1])
def test_adopt_takes_the_flags_that_the_page_shows(words: list[str]) -> None:
    if words[-1] == "x":  # "and so on"
        words = [*words[:-1], "--photos", "photos", "--name", "leaf", "--version", "1.0.0", "--licence", "none"]
    assert flags.arguments(None).parse_args(words[1:]).core.suffix in (".onnx", ".pkl")


def test_every_script_that_the_page_names_is_there() -> None:
    named = {words[0] for words in commands()}
    assert {"model/adopt.py", "model/try_fastai", "model/try_torch", "model/try_transformer"} <= named
    assert all((DOCS.parents[1] / name).is_file() for name in named)


def test_every_flag_of_adopt_is_on_the_page() -> None:
    known = {option for action in flags.arguments(None)._actions for option in action.option_strings if option.startswith("--")}
    text = DOCS.read_text(encoding="utf-8")
    assert [flag for flag in sorted(known - {"--help"}) if flag not in text] == []
