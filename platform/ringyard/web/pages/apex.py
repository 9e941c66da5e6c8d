"""The apex site: its front page, and the way to one's own workspace."""

from typing import Any

from litestar import Response, get, post

from ringyard.kit.errors import invalid
from ringyard.kit.settings import settings
from ringyard.kit.text import _
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from tenants import registry


@get("/")
async def welcome(request: WebRequest) -> Response[Any]:
    return page(request, "apex/welcome.html.j2")


async def _find_form(request: WebRequest, form: Form) -> Response[Any]:
    return page(request, "apex/workspace.html.j2", form=form)


@get("/workspace")
async def find_form(request: WebRequest) -> Response[Any]:
    return await _find_form(request, Form())


@post("/workspace", status_code=303)
@shown_again(_find_form)
async def find_workspace(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    slug = form.text("slug").lower().removesuffix(f".{settings().domain}")
    tenant = await registry.by_slug(slug)
    if tenant is None or tenant.status == "provisioning":
        raise invalid("slug", _("There is no workspace with this address."))
    return to(request, settings().workspace_url(slug, "/login"))


ROUTES = [welcome, find_form, find_workspace]
