"""The locks pin what the declarations ask for, with hashes, and the licences of what is packed are named."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tools import assets

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE | re.IGNORECASE)


def pins(name: str) -> dict[str, str]:
    """Package → version in a lock."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return {plain(package): version for package, version in PIN.findall(text)}


def plain(name: str) -> str:
    """A package name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(extra: str | None = None) -> set[str]:
    """Packages that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    return {plain(re.split(r"[\[<>=~!;\s]", text)[0]) for text in wanted}


@pytest.mark.parametrize("name", ["run", "test", "node"])
def test_every_pinned_package_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if PIN.match(entry)]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_what_the_declaration_names() -> None:
    assert declared() - pins("run").keys() == set()
    assert declared("test") - pins("test").keys() == set()


def test_people_who_run_it_get_the_versions_that_were_tested() -> None:
    test = pins("test")
    assert {name: version for name, version in pins("run").items() if test.get(name) != version} == {}


def test_the_npm_lock_fits_its_declaration_and_names_no_source() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    declaration = json.loads((ROOT / "package.json").read_text("utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert lock["packages"][""][kind] == declaration[kind]
    fetched = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in fetched.items() if "resolved" in entry or "integrity" not in entry] == []


def test_the_notice_names_every_package_whose_files_are_packed() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    words = {
        "@tabler/core": "Tabler core",
        "echarts": "Apache ECharts",
        "htmx.org": "htmx",
    }
    packed = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert packed.keys() == words.keys()
    assert [name for name, word in words.items() if word not in notice] == []


def test_every_packed_file_is_loaded_by_some_page() -> None:
    web = ROOT / "src" / "ronglu" / "web"
    own = [
        path for path in web.rglob("*") if path.suffix in {".html", ".css", ".js", ".py"} and "vendor" not in path.parts
    ]
    loaded = "".join(path.read_text("utf-8") for path in own)
    assert [name for name in (*assets.COPIES.values(), "echarts.min.js") if f"vendor/{name}" not in loaded] == []
    made = {path.name for path in assets.VENDOR.glob("*.*")}
    assert made <= {*assets.COPIES.values(), "echarts.min.js"}
