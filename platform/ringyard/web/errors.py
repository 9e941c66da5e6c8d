"""The one place that turns errors into answers: problem details (RFC 9457) for the API, a toast for htmx, else a page.

Expected errors are `Problem`s; a refusal of Litestar's own parsing is made to look like one; everything else is
logged and answered without a word about its inside.
"""

import errno
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec
import structlog
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from ringyard.kit.errors import FieldError, Invalid, NotFound, Problem, TooLarge, Unauthenticated
from ringyard.kit.text import N_, _
from ringyard.web.rendering import render
from ringyard.web.request import WebRequest, is_api, is_htmx

log = structlog.get_logger()


class FieldProblem(msgspec.Struct):
    field: str
    message: str


class ProblemDetails(msgspec.Struct):
    """RFC 9457. `errors` names the bad fields, if it is about fields."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class Crash(Problem):
    status, code, title = 500, "internal-error", N_("Something went wrong on our side")


class NoRoom(Problem):
    status, code, title = 507, "no-room", N_("The server's disk is full")


class Unsupported(Problem):
    """What HTTP itself refuses: a wrong method, a body that is no JSON."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def details(problem: Problem) -> ProblemDetails:
    errors = [FieldProblem(error.field, error.message) for error in problem.errors]
    return ProblemDetails(f"/problems/{problem.code}", _(problem.title), problem.status, problem.detail, errors)


def answer(request: WebRequest, problem: Problem) -> Response[Any]:
    """A problem in the form this client understands."""
    if is_api(request):
        headers = {"www-authenticate": "Bearer"} if problem.status == 401 else {}
        return Response(
            details(problem), status_code=problem.status, media_type="application/problem+json", headers=headers
        )
    if isinstance(problem, Unauthenticated):
        return _to_login(request)
    if is_htmx(request):
        return _toast(request, problem)
    return Response(
        render(request, "errors/problem.html.j2", problem=problem), status_code=problem.status, media_type="text/html"
    )


def _to_login(request: WebRequest) -> Response[Any]:
    if is_htmx(request):
        return Response("", status_code=401, media_type="text/html", headers={"hx-redirect": "/login"})
    query = f"?{request.url.query}" if request.url.query else ""
    wanted = quote(request.url.path + query, safe="") if request.method == "GET" and request.url.path != "/" else ""
    return Redirect(f"/login?next={wanted}" if wanted else "/login", status_code=303)


def _toast(request: WebRequest, problem: Problem) -> Response[Any]:
    """htmx is told to add a toast and to leave the page as it is."""
    return Response(
        render(request, "layout/toast.html.j2", kind="danger", text=problem.detail),
        status_code=problem.status,
        media_type="text/html",
        headers={"hx-retarget": "#toasts", "hx-reswap": "beforeend"},
    )


def from_problem(request: WebRequest, problem: Problem) -> Response[Any]:
    return answer(request, problem)


def from_http(request: WebRequest, error: HTTPException) -> Response[Any]:
    """Litestar's own refusals."""
    return answer(request, _translated(error))


def _translated(error: HTTPException) -> Problem:
    if isinstance(error, ValidationException):
        return _invalid(error)
    known = {
        404: NotFound(_("There is nothing at this address.")),
        413: TooLarge(_("The request is larger than allowed here.")),
        405: Unsupported(405, _("This address does not know that method.")),
    }
    if error.status_code >= 500:
        return Crash(_("We have noted the error. Please try again."))
    return known.get(error.status_code) or Unsupported(error.status_code, _("The request could not be understood."))


def _invalid(error: ValidationException) -> Problem:
    extra = error.extra if isinstance(error.extra, list) else []
    errors = [FieldError(_field(item), str(item["message"])) for item in extra if isinstance(item, dict)]
    return Invalid(_("Some fields need another value."), errors)


def _field(item: dict[str, Any]) -> str:
    """msgspec names an unknown or missing field in its sentence only."""
    key, message = str(item.get("key", "")), str(item.get("message", ""))
    if key in ("", "data") and "field `" in message:
        return message.rpartition("field `")[2].rstrip("`")
    return key


def from_crash(request: WebRequest, error: Exception) -> Response[Any]:
    if isinstance(error, _UNSTORABLE):
        return answer(request, Invalid(_("A text has a character in it that cannot be stored.")))
    log.error("request crashed", path=request.scope["path"], method=request.scope["method"], exc_info=error)
    if _is_full(error):
        return answer(request, NoRoom(_("There is no room left on the server's disk, so nothing was saved.")))
    return answer(request, Crash(_("We have noted the error. Please try again.")))


# The character NUL, as text and inside JSON: no service looks for it in each of its fields.
_UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)


def _is_full(error: Exception) -> bool:
    """The object store tells the number of the system's error in its words only."""
    numbers = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    told = isinstance(error, OSError) and (
        error.errno in numbers or any(f"(os error {number})" in str(error) for number in numbers)
    )
    return told or isinstance(error, asyncpg.DiskFullError)


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    Problem: from_problem,
    HTTPException: from_http,
    Exception: from_crash,
}
