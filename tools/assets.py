"""Which third-party files the pages load, and how they get from node_modules into web/static/vendor.

Files come from the pinned npm lock. Source-map comments go (the hashing storage would look for the map), and ECharts is
packed from the parts named in echarts.js. Icons are our own (static/icons/sprite.svg).
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "ronglu" / "web" / "static" / "vendor"
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
LICENCES = {
    "@popperjs/core/LICENSE.md": "mit.txt",  # the MIT text, which Tabler's own package does not bring
    "echarts/LICENSE": "echarts.txt",
    "echarts/NOTICE": "echarts-notice.txt",
    "echarts/licenses/LICENSE-d3": "d3.txt",
    "htmx.org/LICENSE": "htmx.txt",
    "zrender/LICENSE": "zrender.txt",
}
SOURCE_MAP = re.compile(r"^\s*/[/*]# sourceMappingURL=.*$", re.MULTILINE)


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


def build(env: Mapping[str, str] = os.environ) -> None:
    """Make the vendor folder anew from node_modules."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "licenses").mkdir(parents=True)
    for source, target in COPIES.items():
        place(source, target)
    for source, target in LICENCES.items():
        place(source, f"licenses/{target}")
    pack_echarts(env)


if __name__ == "__main__":
    build()
