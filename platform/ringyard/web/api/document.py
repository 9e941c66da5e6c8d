"""The OpenAPI document: what every operation may answer besides success, said once for all of them."""

from dataclasses import dataclass
from typing import Any

from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Schema,
    SecurityScheme,
)

from ringyard.web.request import WebRequest

TEXT, NUMBER = Schema(type=OpenAPIType.STRING), Schema(type=OpenAPIType.INTEGER)
FIELD = Schema(type=OpenAPIType.OBJECT, properties={"field": TEXT, "message": TEXT}, required=["field", "message"])
PROBLEM = Schema(
    type=OpenAPIType.OBJECT,
    title="Problem",
    description="RFC 9457 problem details; `errors` names the bad fields.",
    properties={
        "type": TEXT,
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "errors": Schema(type=OpenAPIType.ARRAY, items=FIELD),
    },
    required=["type", "title", "status", "detail", "errors"],
)
REFUSALS = {
    "400": "The request cannot be understood",
    "401": "The token is missing, unknown or revoked",
    "403": "The role lacks the right, or the service is not active",
    "404": "There is no such thing in this workspace",
    "409": "This does not fit the present state",
    "413": "The request is larger than allowed",
    "422": "Some fields need another value",
    "429": "Too many attempts",
}


def _refusal(description: str) -> OpenAPIResponse:
    return OpenAPIResponse(description, content={"application/problem+json": OpenAPIMediaType(schema=PROBLEM)})


IDEMPOTENCY_KEY = Parameter(
    name="Idempotency-Key",
    param_in="header",
    description="Sent again within a day, the first answer is given again and nothing is done twice.",
    schema=Schema(type=OpenAPIType.STRING, min_length=1, max_length=255),
)


@dataclass
class ApiOperation(Operation):
    """An operation with the refusals that middleware, guard and parsing may give."""

    def __post_init__(self) -> None:
        self.responses = {**(self.responses or {}), **{status: _refusal(text) for status, text in REFUSALS.items()}}


@dataclass
class PostOperation(ApiOperation):
    def __post_init__(self) -> None:
        super().__post_init__()
        self.parameters = [*(self.parameters or []), IDEMPOTENCY_KEY]


def describe(app: Litestar) -> None:
    """Make every route of the API tell of its refusals; called once, before the document is asked for."""
    for route in app.routes:
        if route.path.startswith("/api/v1/"):
            for handler in getattr(route, "route_handlers", []):
                if isinstance(handler, HTTPRouteHandler):
                    handler.operation_class = PostOperation if "POST" in handler.http_methods else ApiOperation


@get("/openapi.json", public=True, include_in_schema=False)
async def openapi_document(request: WebRequest) -> dict[str, Any]:
    """Served by us: Litestar would answer every unknown address beside its own document with a page of its own."""
    return request.app.openapi_schema.to_schema()


def openapi_config() -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", description="A token made on the page API tokens.")
    return OpenAPIConfig(
        title="Ringyard",
        version="1",
        description="The public API of a Ringyard workspace.",
        path="/api/v1/openapi",
        render_plugins=[JsonRenderPlugin(path="/")],
        components=Components(security_schemes={"token": bearer}),
        security=[{"token": []}],
    )
