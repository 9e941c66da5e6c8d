"""Copy what the pages load from node_modules to the git-ignored vendor folder, and make the icon sprite.

Nothing here is bundled or changed: the packages ship ready-made files, and a page loads each as it is.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "platform" / "ringyard" / "web" / "static" / "vendor"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx-ext-sse/dist/sse.min.js": "htmx-sse.min.js",
    "chart.js/dist/chart.umd.min.js": "chart.umd.min.js",
    "@fontsource-variable/inter/index.css": "inter/inter.css",
}
FONTS = PACKAGES / "@fontsource-variable" / "inter" / "files"
ICONS = PACKAGES / "@tabler" / "icons" / "icons" / "outline"
STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def copy(source: Path, target: Path) -> None:
    """Copy without the pointer to a source map, which is not shipped and would be asked for by each browser."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_text("utf-8")
    text = re.sub(r"\n?(//|/\*)# sourceMappingURL=\S+( ?\*/)?\s*$", "\n", text)
    target.write_text(text, "utf-8")


def icon_names() -> list[str]:
    lines = Path(__file__).with_name("icons.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def symbol(name: str) -> str:
    """One icon as a symbol of the sprite. Raises FileNotFoundError for a name Tabler does not have."""
    svg = (ICONS / f"{name}.svg").read_text("utf-8")
    drawing = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    paths = "".join(line.strip() for line in drawing.splitlines() if 'd="M0 0h24v24H0z"' not in line)
    return f'<symbol id="{name}" viewBox="0 0 24 24" {STROKE}>{paths}</symbol>'


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        copy(PACKAGES / source, VENDOR / target)
    shutil.copytree(
        FONTS,
        VENDOR / "inter" / "files",
        ignore=lambda _, names: [n for n in names if "wght-normal" not in n],
    )
    sprite = "\n".join(symbol(name) for name in icon_names())
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{sprite}\n</svg>\n', "utf-8")


if __name__ == "__main__":
    main()
