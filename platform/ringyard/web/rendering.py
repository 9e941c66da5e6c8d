"""Templates: the Jinja environment, and `page`, by which every handler answers with HTML.

Templates get complete view structs; nothing they touch may query.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response

from ringyard.accounts.rights import Right
from ringyard.kit.settings import settings
from ringyard.kit.text import _, language, ngettext
from ringyard.web import formats, words
from ringyard.web.navigation import menu
from ringyard.web.request import NONCE, NOTICES, WebRequest

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "web" / "static"


def template_folder() -> Path:
    """Inside the installed package, or beside it in a checkout."""
    packed = PACKAGE / "templates"
    return packed if packed.is_dir() else PACKAGE.parent.parent / "templates"


@lru_cache(maxsize=1000)
def _version(path: str, changed_at: int) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:10]


def static(path: str) -> str:
    """The address of a static file with its content's hash, so that browsers may keep it for ever."""
    try:
        found = os.stat(f"{STATIC}/{path}")  # noqa: PTH116 - for every icon: making a Path takes longer than the look
    except OSError:
        return f"/static/{path}"
    return f"/static/{path}?v={_version(path, found.st_mtime_ns)}"


@lru_cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.globals.update(_=_, ngettext=ngettext, static=static, language=language, Right=Right)
    env.globals.update(words.IN_TEMPLATES)
    env.filters.update(formats.FILTERS)
    return env


def render(request: WebRequest, template: str, **values: Any) -> str:
    """The text of a template, with what every layout needs."""
    identity = request.scope.get("user")
    return environment().get_template(template).render(
        user=identity,
        can=identity.can if identity else lambda right: False,
        menu=menu(identity, request.scope["path"]),
        notices=request.scope.get(NOTICES, []),
        path=request.scope["path"],
        query=request.url.query,
        nonce=request.scope.get(NONCE, ""),
        settings=settings(),
        **formats.workspace_values(),
        **values,
    )  # fmt: skip


def page(request: WebRequest, template: str, /, *, status: int = 200, **values: Any) -> Response[str]:
    """Answer with a rendered template. Rendering is cheap and touches no database, so it may stand in a transaction."""
    return Response(
        render(request, template, **values),
        status_code=status,
        media_type="text/html",
        headers={"cache-control": "no-store", "vary": "HX-Request"},
    )
