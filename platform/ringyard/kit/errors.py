"""The family of expected errors: each has a code, an HTTP status and a sentence for the user.

One place in the web renders them (as problem details or on a page); anything else that is raised is a crash.
"""

from dataclasses import dataclass

from ringyard.kit.text import N_


@dataclass(frozen=True)
class FieldError:
    """One wrong field; `message` is already in the reader's language."""

    field: str
    message: str


class Problem(Exception):
    """An expected error. `detail` and the fields' messages are translated by whoever raises it."""

    status = 400
    code = "bad-request"
    title = N_("The request cannot be carried out")

    def __init__(self, detail: str, errors: list[FieldError] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []


class Invalid(Problem):
    status, code, title = 422, "invalid", N_("Some fields need another value")


class NotFound(Problem):
    status, code, title = 404, "not-found", N_("Not found")


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", N_("Please sign in")


class Forbidden(Problem):
    status, code, title = 403, "forbidden", N_("Your role does not allow this")


class ServiceInactive(Forbidden):
    code, title = "service-inactive", N_("This service is not active in your workspace")


class Conflict(Problem):
    status, code, title = 409, "conflict", N_("This does not fit the present state")


class TooLarge(Problem):
    status, code, title = 413, "too-large", N_("The file is too large")


class TooMany(Problem):
    status, code, title = 429, "too-many", N_("Too many attempts")


def invalid(field: str, message: str) -> Invalid:
    """The usual case: one field is wrong."""
    return Invalid(message, [FieldError(field, message)])
