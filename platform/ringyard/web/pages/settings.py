"""Settings of a workspace: dialing limits."""

from typing import Any

from litestar import Response, get, post

from ringyard.accounts.rights import Right
from ringyard.kit.text import _
from ringyard.web.filling import filled
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest
from ringyard.web.transactional import in_workspace
from tenants.workspace_settings.fields import DialingLimits, LimitsChange
from tenants.workspace_settings.service import change_dialing_limits, dialing_limits

_AT = "/settings/dialing-limits"


@get(_AT, right=Right.EDIT_SETTINGS)
async def limits(request: WebRequest) -> Response[Any]:
    return await _show(request, Form())


@in_workspace
async def _show(request: WebRequest, form: Form) -> Response[Any]:
    return page(request, "settings/dialing_limits.html.j2", form=form, limits=await dialing_limits())


@post(_AT, right=Right.EDIT_SETTINGS, status_code=200)
@shown_again(_show)
@in_workspace
async def change_limits(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    typed = {"numbers_at_once": form.text("numbers_at_once"), "release_at": form.text("release_at")}
    given = filled(DialingLimits, {**typed, "release": form.ticked("release")})
    change = LimitsChange(numbers_at_once=given.numbers_at_once, release=given.release, release_at=given.release_at)
    await change_dialing_limits(change)
    await notice(request, _("The dialing limits are saved."))
    return to(request, _AT)


ROUTES = [limits, change_limits]
