"""Search everywhere: suggestions below the top bar's box, and the page of all that was found."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter

from ringyard.accounts.rights import Right
from ringyard.web.everywhere import KINDS, kinds_of, place
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.everywhere.service import everywhere

_SUGGESTED, _LISTED = 5, 50
Text = Annotated[str, QueryParameter()]


@get("/search", right=Right.OWN_ACCOUNT)
@in_workspace
async def results(request: WebRequest, q: Text = "", kind: Text = "") -> Response[Any]:
    return await _found(request, "search/page.html.j2", q, kind, _LISTED)


@get("/search/suggestions", right=Right.OWN_ACCOUNT)
@in_workspace
async def suggestions(request: WebRequest, q: Text = "") -> Response[Any]:
    return await _found(request, "search/suggestions.html.j2", q, "", _SUGGESTED)


async def _found(request: WebRequest, template: str, q: str, kind: str, limit: int) -> Response[Any]:
    user = signed_in(request)
    found = await everywhere(q, kinds_of(user, kind), limit)
    return page(
        request, template, q=q, kind=kind, found=found, kinds=KINDS, may_find=kinds_of(user), place=place, limit=limit
    )


ROUTES = [results, suggestions]
