"""Whatever is sent to the API, it never fails and answers in a form that its own OpenAPI document promises.

The requests are generated from that document, some fitting it and some breaking it on purpose; the same ones each time.
They are taken as data and sent by our own client, one after the other.
"""

from contextlib import suppress
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from requests import PreparedRequest, Request
from schemathesis import Case, GenerationMode
from schemathesis.generation.feedback import FeedbackSources

from tests.conftest import Client
from tests.support.lookalikes import Seed
from tests.support.routes import id_of

BASE = "/api/v1"
EXAMPLES = 8
# Its answer has no end.
ENDLESS = f"{BASE}/events"
SENT = ("content-type", "idempotency-key")
PROBLEM = {"type", "title", "status", "detail"}
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.mark.parametrize("mode", MODES, ids=["fitting", "breaking"])
async def test_the_api_answers_any_request_as_its_document_promises(
    mode: GenerationMode, api: Client, seed: Seed, recording_files: None
) -> None:
    client = await api("admin")
    document = (await client.get("/openapi.json")).json()
    wrong = []
    for operation in _operations(document, seed):
        promised = document["paths"][operation.path][operation.method]["responses"]
        for request in _requests(operation, mode):
            answer = await _sent(client, request)
            complaint = _complaint(answer, promised.get(str(answer.status_code)))
            if complaint:
                wrong.append(f"{complaint}: {answer.status_code} to {_shown(request)}: {answer.text[:300]}")
    assert not wrong, "\n".join(wrong)


def _operations(document: dict[str, Any], seed: Seed) -> list[Any]:
    """Deletions come last: until then the rows are there. The token is ours and not to be generated."""
    open_to_all = {name: part for name, part in document.items() if name != "security"}
    schema = schemathesis.openapi.from_dict(_with_our_ids(open_to_all, seed))
    found = [operation for path in schema for operation in schema[path].values()]
    assert len(found) > 40
    return sorted((one for one in found if one.path != ENDLESS), key=lambda one: one.method == "delete")


def _with_our_ids(part: Any, seed: Seed, name: str = "") -> Any:
    """The same document, but where it asks for an id it asks for one of acme's: any other leads no further than 404."""
    if isinstance(part, list):
        return [_with_our_ids(one, seed, name) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "string" and name.endswith("_id"):
        return {**part, "enum": [str(id_of(seed, name.removesuffix("_id")))]}
    inside = part["name"] if "in" in part and "name" in part else name
    return {key: _with_our_ids(value, seed, _asked_for(key, inside)) for key, value in part.items()}


def _asked_for(key: str, inside: str) -> str:
    """`base_id` for all that lies below a property, a list or a parameter of that name."""
    singular = key.removesuffix("s")
    return singular if singular.endswith("_id") else inside


def _requests(operation: Any, mode: GenerationMode) -> list[PreparedRequest]:
    found: list[PreparedRequest] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode, feedback=FeedbackSources()))
    def take(case: Case[Any]) -> None:
        found.append(Request(**case.as_transport_kwargs(base_url="http://api")).prepare())

    with suppress(Unsatisfiable):  # an operation that takes nothing cannot be broken
        take()
    return found


async def _sent(client: httpx.AsyncClient, request: PreparedRequest) -> httpx.Response:
    headers = {name: str(value) for name, value in request.headers.items() if name.lower() in SENT}
    body: Any = request.body
    path = request.path_url.removeprefix(BASE)
    return await client.request(str(request.method), path, headers=headers, content=body)


def _complaint(answer: httpx.Response, promised: dict[str, Any] | None) -> str | None:
    if answer.status_code >= 500:
        return "a failure"
    if promised is None:
        return "a status that the document does not know"
    kinds, kind = list(promised.get("content", {})), answer.headers.get("content-type", "").partition(";")[0]
    if answer.content and kind not in kinds:
        return f"{kind} in place of {kinds}"
    if answer.is_error and not answer.json().keys() >= PROBLEM:
        return "no problem details"
    return None


def _shown(request: PreparedRequest) -> str:
    return f"{request.method} {request.path_url} {dict(request.headers)} {request.body!r:.500}"
