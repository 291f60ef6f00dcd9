"""Which third-party files the pages load, and how they get from node_modules into web/static/vendor.

Files come from the pinned npm lock. Source-map comments go (the hashing storage would look for the map), ECharts is
packed from the parts named in echarts.js, and the icons named in icons.txt become one sprite.
"""

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "ronglu" / "web" / "static" / "vendor"
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
LICENCES = {
    "@tabler/icons/LICENSE": "tabler-icons.txt",
    "echarts/LICENSE": "echarts.txt",
    "echarts/NOTICE": "echarts-notice.txt",
    "echarts/licenses/LICENSE-d3": "d3.txt",
    "htmx.org/LICENSE": "htmx.txt",
    "zrender/LICENSE": "zrender.txt",
}
SOURCE_MAP = re.compile(r"^\s*/[/*]# sourceMappingURL=.*$", re.MULTILINE)
SVG = "http://www.w3.org/2000/svg"


def place(source: str, target: str) -> None:
    """Copy one text file without its source-map comment."""
    text = (MODULES / source).read_text("utf-8")
    (VENDOR / target).write_text(SOURCE_MAP.sub("", text), "utf-8")


def pack_echarts(env: Mapping[str, str]) -> None:
    """Bundle the named parts: 0.6 MB in place of the whole library's 1.1 MB."""
    esbuild = MODULES / ".bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=iife", "--target=es2018", "--legal-comments=none", "--log-level=error"]
    out = VENDOR / "echarts.min.js"
    # esbuild looks for packages beside the entry file's folders: tools/ and then the repository
    subprocess.run(
        [str(esbuild), "tools/echarts.js", *options, f"--outfile={out}"], cwd=ROOT, env=dict(env), check=True
    )


def pack_icons() -> None:
    """One sprite of <symbol id="name">; strokes take the colour and size of the text around."""
    ET.register_namespace("", SVG)
    sprite = ET.Element(f"{{{SVG}}}svg")
    for name in icon_names():
        drawing = ET.parse(MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").getroot()
        symbol = ET.SubElement(sprite, f"{{{SVG}}}symbol", {"id": name, "viewBox": "0 0 24 24"})
        # <use> draws in its own tree: what a style sheet cannot reach has to be said here
        symbol.attrib |= {"fill": "none", "stroke": "currentColor", "stroke-width": "1.75"}
        symbol.attrib |= {"stroke-linecap": "round", "stroke-linejoin": "round"}
        symbol.extend(list(drawing)[1:])
    ET.ElementTree(sprite).write(VENDOR / "icons.svg", encoding="utf-8", xml_declaration=False)


def icon_names() -> list[str]:
    """The names in icons.txt; lines with # are notes."""
    lines = (ROOT / "tools" / "icons.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def build(env: Mapping[str, str] = os.environ) -> None:
    """Make the vendor folder anew from node_modules."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "licenses").mkdir(parents=True)
    for source, target in COPIES.items():
        place(source, target)
    for source, target in LICENCES.items():
        place(source, f"licenses/{target}")
    pack_echarts(env)
    pack_icons()


if __name__ == "__main__":
    build()
