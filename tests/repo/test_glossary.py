"""Every name that people meet in code has one entry in the glossary, and no entry outlives its name."""

import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator
from types import ModuleType

import yaml
from django.apps import apps

import ronglu.kernel
import ronglu.store.models
from tools.docs.glossary import SOURCE


def entries() -> list[dict[str, str]]:
    """All terms of the glossary."""
    return [term for group in yaml.safe_load(SOURCE.read_text("utf-8"))["groups"] for term in group["terms"]]


def named() -> set[str]:
    """Code names that have an entry."""
    return {term["name"] for term in entries() if "name" in term}


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """A package and everything below it."""
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def nouns(package: ModuleType) -> set[str]:
    """Public classes that a package defines itself, errors apart."""
    return {
        name
        for module in modules(package)
        for name, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and not name.startswith("_") and not issubclass(cls, BaseException)
    }


def test_every_model_has_an_entry() -> None:
    models = {model.__name__ for model in apps.get_app_config("store").get_models()}
    assert models
    assert models - named() == set()


def test_every_kernel_noun_has_an_entry() -> None:
    assert nouns(ronglu.kernel) - named() == set()


def test_every_entry_still_names_something() -> None:
    assert named() - nouns(ronglu.kernel) - nouns(ronglu.store.models) == set()


def test_no_name_and_no_chinese_word_has_two_entries() -> None:
    words = Counter(term.get("name", "") for term in entries() if "name" in term) + Counter(t["zh"] for t in entries())
    assert [word for word, count in words.items() if count > 1] == []


def test_every_entry_says_what_it_means_in_both_languages() -> None:
    assert [term for term in entries() if not (term["zh"] and term["en"].isascii() and term["text"])] == []
