"""In whose name a request changes contacts, for the audit."""

from ringyard.web.request import WebRequest, signed_in
from tenants.contacts.changes import Author


def author(request: WebRequest) -> Author:
    """Raises Unauthenticated."""
    identity = signed_in(request)
    return Author(identity.id, "api" if identity.by_token else "user")
