"""`/scenarios`: when, how often and on which numbers lists are called."""

from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from ringyard.accounts.rights import Right
from ringyard.kit.keyset import Page
from ringyard.web.api.paging import Cursor, Limit
from ringyard.web.transactional import in_workspace
from tenants.scenarios import service
from tenants.scenarios.fields import ScenarioChange, ScenarioFields, ScenarioView


class ScenarioController(Controller):
    path = "/scenarios"
    tags = ("Scenarios",)

    @get("/", right=Right.VIEW_CAMPAIGNS, summary="The scenarios by name")
    @in_workspace
    async def list_scenarios(self, limit: Limit = 50, cursor: Cursor = None) -> Page[ScenarioView]:
        return await service.list_scenarios(limit, cursor)

    @post("/", right=Right.EDIT_CAMPAIGNS, summary="Make a scenario")
    @in_workspace
    async def create(self, data: JSONBody[ScenarioFields]) -> ScenarioView:
        return await service.create_scenario(data)

    @get("/{scenario_id:uuid}", right=Right.VIEW_CAMPAIGNS, summary="One scenario")
    @in_workspace
    async def show(self, scenario_id: FromPath[UUID]) -> ScenarioView:
        return await service.scenario(scenario_id)

    @patch("/{scenario_id:uuid}", right=Right.EDIT_CAMPAIGNS, summary="Change the fields that are named")
    @in_workspace
    async def change(self, scenario_id: FromPath[UUID], data: JSONBody[ScenarioChange]) -> ScenarioView:
        return await service.change_scenario(scenario_id, data)

    @delete("/{scenario_id:uuid}", right=Right.EDIT_CAMPAIGNS, summary="Delete a scenario that nothing uses")
    @in_workspace
    async def remove(self, scenario_id: FromPath[UUID]) -> None:
        await service.delete_scenario(scenario_id)
