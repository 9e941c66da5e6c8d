"""Forms of pages: what was typed is kept, and what is wrong is shown beside its field."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from litestar import Response
from litestar.response import Redirect

from ringyard.kit.errors import Invalid
from ringyard.web.request import WebRequest, is_htmx, open_session
from ringyard.web.sessions import save


@dataclass
class Form:
    """Values as typed (a list where a name was sent twice) and one message for each wrong field."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""

    @classmethod
    async def of(cls, request: WebRequest) -> "Form":
        """Read the body once; asking again gives the same."""
        data = await request.form()
        return cls({name: values if len(values) > 1 else values[0] for name, values in data.dict().items()})

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return str(value[0] if isinstance(value, list) else value).strip()

    def secret(self, name: str) -> str:
        """As typed: blanks belong to a password."""
        return str(self.values.get(name, ""))

    def ticked(self, name: str) -> bool:
        return name in self.values

    def many(self, name: str) -> list[str]:
        value = self.values.get(name, [])
        return value if isinstance(value, list) else [value]


Show = Callable[[WebRequest, Form], Awaitable[Response[Any]]]
Handler = Callable[..., Awaitable[Response[Any]]]


def shown_again(show: Show) -> Callable[[Handler], Handler]:
    """Over `@in_workspace` of a submitted form: when a field is refused, the form is shown again with status 422.

    `show(request, form)` renders it; it runs in a transaction of its own if it is decorated so.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def submitted(request: WebRequest, *args: Any, **kwargs: Any) -> Response[Any]:
            try:
                return await handler(request, *args, **kwargs)
            except Invalid as problem:
                form = await Form.of(request)
                form.errors = {error.field: error.message for error in problem.errors}
                form.message = problem.detail
                response = await show(request, form)
                response.status_code = problem.status
                return response

        return submitted

    return decorate


def to(request: WebRequest, path: str) -> Response[Any]:
    """Send the browser to another page after a change, also when htmx made the request."""
    if is_htmx(request):
        return Response("", media_type="text/html", status_code=200, headers={"hx-redirect": path})
    return Redirect(path, status_code=303)


async def notice(request: WebRequest, text: str, kind: str = "success") -> None:
    """Show a sentence on the next page this user opens. Kinds: success, warning, danger."""
    opened = open_session(request)
    if opened is not None:
        session, token = opened
        session.notices.append({"kind": kind, "text": text})
        await save(token, session)
