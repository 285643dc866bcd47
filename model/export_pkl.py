"""Reads a fast.ai learner from the export.pkl that is all that is left of it. Reading a pickle runs the code in it."""

import pickle
import pickletools
import types
import zipfile
from pathlib import Path

from from_fastai import out
from recipe import Refused


def unpickled(file: Path, trusted: bool) -> Path:
    """core.onnx of a learner that was exported, written into a folder beside it."""
    if not trusted:
        raise Refused(
            f"{file} is a pickle, and reading one runs the code in it: say --trust-pickle if you made it or know who did"
        )
    modules = named_modules(file)
    try:
        import fastai
        import torch
    except ModuleNotFoundError as missing:
        raise Refused(
            f"reading {file} needs {missing.name}: pip install fastai{version(modules)}, or export core.onnx in the notebook"
        ) from None
    stubs: list[str] = []
    try:
        learn = torch.load(file, map_location="cpu", pickle_module=stubbing(stubs), weights_only=False)
        learn.dls.cpu()
    except Exception as broken:
        raise Refused(
            f"{file} cannot be read with fastai {fastai.__version__} ({type(broken).__name__}: {str(broken)[:90]}): it is of "
            f"fastai{version(modules)}; install that, or export core.onnx in the notebook"
        ) from None
    if stubs:
        print(f"  left out, because their modules are not here, and not needed to answer: {', '.join(stubs)}")
    return out(learn, file.with_suffix(""))


def named_modules(file: Path) -> set[str]:
    """The modules that a pickle names, read without running it."""
    try:
        with zipfile.ZipFile(file) as archive:
            inside = next(n for n in archive.namelist() if n.endswith("data.pkl"))
            found, strings = set(), []
            for code, argument, _ in pickletools.genops(archive.read(inside)):
                if code.name == "GLOBAL":
                    found.add(argument.split(" ")[0])
                elif code.name == "STACK_GLOBAL" and len(strings) > 1:
                    found.add(strings[-2])
                elif isinstance(argument, str):
                    strings.append(argument)
            return found
    except Exception:
        raise Refused(f"{file} is no export of fast.ai") from None


def version(modules: set[str]) -> str:
    """Which fastai wrote it: 2.8 moved its transforms to a module of their own."""
    return ">=2.8" if any(m.startswith("fasttransform") for m in modules) else "<2.8"


def stubbing(stubs: list[str]) -> types.ModuleType:
    """pickle, but a name of a module that is not here (a notebook's labelling function) becomes a function that does nothing."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> object:
            try:
                return super().find_class(module, name)
            except (ModuleNotFoundError, AttributeError):
                if module.split(".")[0] in ("fastai", "fastcore", "fasttransform", "torch", "torchvision", "timm"):
                    raise
                stubs.append(f"{module}.{name}")
                return lambda *_, **__: None

    ours = types.ModuleType("pickle")
    ours.__dict__.update({k: v for k, v in pickle.__dict__.items() if not k.startswith("__")})
    ours.Unpickler = Unpickler
    return ours
