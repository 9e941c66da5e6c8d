"""`GET /search`: clients, documents, bases, imports and campaigns by name, number or e-mail."""

from typing import Annotated

from litestar import Controller, get
from litestar.params import FromQuery, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.everywhere import kinds_of
from ringyard.web.request import WebRequest, signed_in
from ringyard.web.transactional import in_workspace
from tenants.everywhere.service import Hit, Kind, everywhere

_Text = Annotated[str, QueryParameter(max_length=200, description="Two letters or more")]
_Each = Annotated[int, QueryParameter(ge=1, le=50, description="At most so many of each kind")]


class EverywhereController(Controller):
    path = "/search"
    tags = ["Contacts"]

    @get("/", right=Right.OWN_ACCOUNT, summary="Search everywhere")
    @in_workspace
    async def search(
        self, request: WebRequest, q: _Text = "", kind: FromQuery[Kind | None] = None, limit: _Each = 10
    ) -> Page[Hit]:
        """Only what this user may see, kind after kind."""
        return Page(await everywhere(q, kinds_of(signed_in(request), kind or ""), limit))
