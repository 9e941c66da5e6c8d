"""The apex site's front page."""

from typing import Any

from litestar import Response, get

from ringyard.web.rendering import page
from ringyard.web.request import WebRequest


@get("/")
async def welcome(request: WebRequest) -> Response[Any]:
    return page(request, "apex/welcome.html.j2")
