"""Who is asking: a user of the current workspace, known by a session or by an API token."""

from dataclasses import dataclass
from uuid import UUID

from ringyard.accounts.rights import RIGHTS_OF, ROLE_NAMES, SERVICE_OF, Right, Role
from ringyard.kit.text import _
from tenants.agents.credentials import Account


@dataclass(frozen=True, slots=True)
class Identity:
    """A signed-in user for one request, with the services active in the workspace at that moment."""

    account: Account
    services: frozenset[str]
    by_token: bool

    @property
    def id(self) -> UUID:
        return self.account.id

    @property
    def name(self) -> str:
        return self.account.name

    @property
    def role(self) -> Role:
        return Role(self.account.role)

    @property
    def role_name(self) -> str:
        return _(ROLE_NAMES[self.role])

    def has(self, right: Right) -> bool:
        """The role carries the right, whether or not its service is active."""
        return right in RIGHTS_OF[self.role]

    def lacks_service(self, right: Right) -> bool:
        service = SERVICE_OF.get(right)
        return service is not None and service not in self.services

    def can(self, right: Right) -> bool:
        """The right is there and usable: what menus and buttons ask."""
        return self.has(right) and not self.lacks_service(right)
