"""What holds for every route, also for those that are yet to be written."""

import httpx
import pytest

from ringyard.accounts.rights import Right
from tests.conftest import Client
from tests.support.lookalikes import Seed
from tests.support.routes import Route, workspace_routes
from tests.support.web import Clients

# Open to visitors on purpose: signing in, getting back in, and the files every page needs.
DOCUMENT = "/api/v1/openapi.json"
PUBLIC = {"/login", "/logout", "/forgotten", "/password/{secret:str}", "/handover/{secret:str}", DOCUMENT}
REFUSED_INPUT = {400, 409, 413, 415, 422}


@pytest.fixture
def routes(clients: Clients) -> list[Route]:
    found = list(workspace_routes(clients.app))
    assert len(found) > 40
    return found


def test_every_route_names_its_right_or_is_known_to_be_public(routes: list[Route]) -> None:
    without = {route.path for route in routes if not isinstance(route.opt.get("right"), Right)}
    assert without <= PUBLIC
    assert all(route.opt.get("public") is True for route in routes if route.path in without)


async def test_no_route_with_a_right_answers_a_visitor(routes: list[Route], visitor: Client, seed: Seed) -> None:
    client = await visitor()
    let_in = []
    for route in routes:
        if "right" in route.opt:
            answer = await client.request(route.method, route.at(seed))
            if answer.status_code != 401 and "/login" not in answer.headers.get("location", ""):
                let_in.append((str(route), answer.status_code))
    assert not let_in


async def test_no_route_of_the_api_knows_an_id_of_another_workspace(
    routes: list[Route], api: Client, other_seed: Seed
) -> None:
    client = await api("admin")
    assert await _answers(client, routes, other_seed, "/api/v1") == []


async def test_no_page_knows_an_id_of_another_workspace(
    routes: list[Route], page_client: Client, other_seed: Seed
) -> None:
    client = await page_client("admin")
    assert await _answers(client, routes, other_seed, "") == []


async def _answers(client: httpx.AsyncClient, routes: list[Route], other: Seed, below: str) -> list[tuple[str, int]]:
    """What was answered other than 404, or to a write without its body that the input is wrong."""
    wrong = []
    for route in routes:
        if not route.places or route.path.startswith("/api/v1") != bool(below):
            continue
        body: dict[str, str] | None = {} if below and route.method in ("POST", "PATCH", "PUT") else None
        answer = await client.request(route.method, route.at(other).removeprefix(below), json=body)
        if answer.status_code != 404 and not (route.method == "POST" and answer.status_code in REFUSED_INPUT):
            wrong.append((str(route), answer.status_code))
    return wrong


async def test_the_ids_of_our_own_rows_are_known(routes: list[Route], api: Client, seed: Seed) -> None:
    """Else the two tests above would prove nothing."""
    client = await api("admin")
    unknown = []
    for route in routes:
        if route.method == "GET" and route.places and route.path.startswith("/api/v1"):
            answer = await client.get(route.at(seed).removeprefix("/api/v1"))
            if answer.status_code != 200:
                unknown.append((str(route), answer.status_code, answer.text[:200]))
    assert not [one for one in unknown if "/file" not in one[0] and "/recordings/" not in one[0]]


async def test_every_route_of_the_api_is_in_the_openapi_document(routes: list[Route], visitor: Client) -> None:
    client = await visitor()
    document = (await client.get(DOCUMENT)).json()
    described = {(method.upper(), path.rstrip("/")) for path, item in document["paths"].items() for method in item}
    ours = {
        (route.method, route.path.replace(":uuid", "").replace(":str", "").rstrip("/"))
        for route in routes
        if route.path.startswith("/api/v1") and route.path != DOCUMENT
    }
    assert ours <= described


async def test_an_unknown_address_of_the_api_is_a_problem_in_json(api: Client) -> None:
    answer = await (await api("admin")).get("/nope")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
