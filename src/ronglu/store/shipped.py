"""The files of the base pack for rooms that take the loaded pack as a value: words, guides and rules that ship with the product."""

from importlib.resources import files
from typing import Any

import yaml


def shipped(name: str) -> Any:
    """What a file below packs/base holds (`guides.yaml`); read anew each time, callers keep what they make of it."""
    text = files("ronglu").joinpath(f"packs/base/{name}").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
