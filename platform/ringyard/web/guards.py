"""The one gate in front of every workspace route: is somebody signed in, has the role the right, is the service on.

A route names its right (`@get("/bases", right=Right.VIEW_CONTACTS)`) or says `public=True`; one that does neither
stops the application from starting.
"""

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import BaseRouteHandler

from ringyard.accounts.identity import Identity
from ringyard.accounts.rights import SERVICE_OF, Right
from ringyard.kit.errors import Forbidden, ServiceInactive, Unauthenticated
from ringyard.kit.text import _


async def require_right(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Raises Unauthenticated, Forbidden or ServiceInactive."""
    right = handler.opt.get("right")
    if right is None:  # public, or one of Litestar's own: see the check below
        return
    identity = connection.scope.get("user")
    if identity is None:
        raise Unauthenticated(_("Sign in to continue."))
    demand(identity, right)


def demand(identity: Identity, right: Right) -> None:
    """For the few rules inside a handler that a route cannot name."""
    if not identity.has(right):
        raise Forbidden(_("Your role does not allow this. An administrator of your workspace can change it."))
    if identity.lacks_service(right):
        raise ServiceInactive(_("The service {key} is not active in your workspace.", key=SERVICE_OF[right].value))


def check_every_route_names_its_right(app: Litestar) -> None:
    """Raises ImproperlyConfiguredException for a route open by oversight."""
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [getattr(route, "route_handler", None)]
        for handler in handlers:
            if handler is not None and not ({"right", "public"} & set(handler.opt)) and not _is_own(handler):
                raise ImproperlyConfiguredException(f"{route.path}: name a right or public=True ({handler})")


def _is_own(handler: BaseRouteHandler) -> bool:
    """Answers to OPTIONS and the OpenAPI document, which Litestar adds itself and which show nothing of a customer."""
    return handler.fn.__module__.startswith("litestar.")
