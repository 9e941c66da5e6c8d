"""`GET /me`: who this token belongs to and what it may use."""

from uuid import UUID

import msgspec
from litestar import Controller, get

from ringyard.accounts.rights import Right
from ringyard.web.request import WebRequest, signed_in
from tenants.context import current


class User(msgspec.Struct):
    id: UUID
    name: str
    login: str
    role: str
    extension: str | None


class Workspace(msgspec.Struct):
    id: UUID
    slug: str
    name: str
    country: str
    timezone: str


class Me(msgspec.Struct):
    user: User
    role: str
    workspace: Workspace
    services: list[str]


class MeController(Controller):
    path = "/me"
    tags = ("Me",)

    @get("/", right=Right.OWN_ACCOUNT, summary="The user of this token, their role, workspace and active services")
    async def me(self, request: WebRequest) -> Me:
        identity, tenant = signed_in(request), current()
        account = identity.account
        return Me(
            User(account.id, account.name, account.login, account.role, account.extension),
            account.role,
            Workspace(tenant.id, tenant.slug, tenant.name, tenant.country, tenant.timezone),
            sorted(identity.services),
        )
