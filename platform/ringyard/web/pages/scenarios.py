"""Scenarios: the list and the form with every field of a scenario."""

import re
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from ringyard.accounts.rights import Right
from ringyard.web.filling import filled
from ringyard.web.forms import Form, shown_again, to
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx
from ringyard.web.transactional import in_workspace
from ringyard.web.words import DESTINATIONS, WEEKDAYS, options
from tenants.scenarios import service
from tenants.scenarios.choices import targets
from tenants.scenarios.fields import ScenarioChange, ScenarioFields

_TEXTS = (
    "name", "starts_at", "ends_at", "redials", "redial_after_min", "calls_per_day", "days_to_call", "period_days",
    "ring_timeout_s",
)  # fmt: skip
_TICKS = ("redial_if_answered", "call_all_numbers", "check_other_bases", "amd", "active")


@get("/scenarios", right=Right.VIEW_CAMPAIGNS)
@in_workspace
async def scenarios(request: WebRequest, cursor: Annotated[str | None, QueryParameter()] = None) -> Response[Any]:
    found = await service.list_scenarios(25, cursor)
    template = "scenarios/list.html.j2" if is_htmx(request) else "scenarios/page.html.j2"
    return page(request, template, found=found, cursor=cursor, offered=await targets(), weekdays=WEEKDAYS)


@get("/scenarios/new", right=Right.EDIT_CAMPAIGNS)
async def new_scenario(request: WebRequest) -> Response[Any]:
    return await _show_form(request, Form())


@post("/scenarios/new", right=Right.EDIT_CAMPAIGNS, status_code=200)
async def create_scenario(request: WebRequest) -> Response[Any]:
    return await _create(request)


@get("/scenarios/{scenario_id:uuid}", right=Right.EDIT_CAMPAIGNS)
async def edit_scenario(request: WebRequest, scenario_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form(), scenario_id)


@post("/scenarios/{scenario_id:uuid}", right=Right.EDIT_CAMPAIGNS, status_code=200)
async def change_scenario(request: WebRequest, scenario_id: FromPath[UUID]) -> Response[Any]:
    return await shown_again(partial(_show_form, scenario_id=scenario_id))(_change)(request, scenario_id)


@post("/scenarios/{scenario_id:uuid}/delete", right=Right.EDIT_CAMPAIGNS, status_code=200)
@in_workspace
async def delete_scenario(request: WebRequest, scenario_id: FromPath[UUID]) -> Response[Any]:
    await service.delete_scenario(scenario_id)
    return to(request, "/scenarios")


@in_workspace
async def _show_form(request: WebRequest, form: Form, scenario_id: UUID | None = None) -> Response[Any]:
    shown = await service.scenario(scenario_id) if scenario_id else None
    return page(
        request, "scenarios/form.html.j2", form=form, scenario=shown, usual=shown or ScenarioFields(name=""),
        offered=await targets(), kinds=options(DESTINATIONS), weekdays=WEEKDAYS,
    )  # fmt: skip


@shown_again(_show_form)
@in_workspace
async def _create(request: WebRequest) -> Response[Any]:
    await service.create_scenario(await _typed(request))
    return to(request, "/scenarios")


@in_workspace
async def _change(request: WebRequest, scenario_id: UUID) -> Response[Any]:
    await service.change_scenario(scenario_id, ScenarioChange(**msgspec.structs.asdict(await _typed(request))))
    return to(request, "/scenarios")


async def _typed(request: WebRequest) -> ScenarioFields:
    form = await Form.of(request)
    texts: dict[str, Any] = {name: form.text(name) for name in _TEXTS}
    ticks = {name: form.ticked(name) for name in _TICKS}
    lists = {
        "weekdays": form.many("weekdays"),
        "allowed_prefixes": [prefix for prefix in re.split(r"[\s,;]+", form.text("allowed_prefixes")) if prefix],
    }
    kind = form.text("destination_kind")
    destination = {"kind": kind, "target": form.text(f"target_{kind}") or None}
    return filled(ScenarioFields, {**texts, **ticks, **lists, "destination": destination})


ROUTES = [scenarios, new_scenario, create_scenario, edit_scenario, change_scenario, delete_scenario]
