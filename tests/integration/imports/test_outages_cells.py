"""Formulas and HTML in an uploaded file stay what they are: text, on every page and in the API."""

import json
import re
from html import unescape
from typing import Any

from tests.conftest import Client
from tests.integration.imports.test_import import upload
from tests.support.jobs import Recorder
from tests.support.lookalikes import Seed

JOBS = ("run_import", "write_texts", "survey_import")
EVIL = "<img src=x onerror=alert(7)>"
FORMULA = '=HYPERLINK("https://example.com","click")'
COLUMNS = ["name", "phone", "comment", "category", "custom:Note"]
ROWS = [
    [EVIL, "601 200 300", FORMULA, f"Cat {EVIL}", f"note {EVIL}"],
    [FORMULA, "601 200 301", "@SUM(1;2)", "+1+1", "-2"],
    [f"junk {EVIL}", f"abc{EVIL}", "", "", ""],
]
FILE = "\n".join("\t".join(row) for row in ROWS).encode()


async def imported(api: Client, seed: Seed, jobs: Recorder) -> Any:
    client = await api("admin")
    chosen = {"columns": json.dumps(COLUMNS), "header": "false", "delimiter": "\\t", "country": "PL"}
    made = await upload(client, seed.id("base", 2), FILE, **chosen)
    assert made.status_code == 201, made.text
    assert made.json()["preview"][0]["cells"] == ROWS[0]
    await client.post(f"/imports/{made.json()['id']}/confirm")
    await jobs.carry_out(*JOBS)
    seen = (await client.get(f"/imports/{made.json()['id']}")).json()
    assert (seen["state"], seen["added"], seen["junk"]) == ("done", 2, 1), seen
    return seen


async def people_of(api: Client, view: Any) -> list[Any]:
    found = (await (await api("admin")).get("/contacts", params={"import_id": view["id"]})).json()["items"]
    return sorted(found, key=lambda one: str(one["phones"][0]["number"]))


async def test_the_api_gives_cells_to_the_letter(api: Client, seed: Seed, jobs: Recorder) -> None:
    view = await imported(api, seed, jobs)
    evil, formula = await people_of(api, view)
    assert (evil["name"], evil["comment"], evil["custom"]) == (EVIL, FORMULA, {"Note": f"note {EVIL}"})
    assert (formula["name"], formula["comment"], formula["custom"]) == (FORMULA, "@SUM(1;2)", {"Note": "-2"})
    (junk,) = (await (await api("admin")).get(f"/imports/{view['id']}/junk")).json()["items"]
    assert junk["cells"] == ROWS[2]


async def test_no_page_takes_a_cell_for_html(api: Client, page_client: Client, seed: Seed, jobs: Recorder) -> None:
    view = await imported(api, seed, jobs)
    evil, _ = await people_of(api, view)
    reader = await page_client("admin")
    starts = ["/contacts", f"/contacts/{evil['id']}", f"/imports/{view['id']}", "/imports", f"/bases/{view['base_id']}"]
    paths, shown = set(starts), 0
    for path in starts:
        paths |= _links((await reader.get(path)).text)
    for path in sorted(_of_each_kind(paths)):
        answer = await reader.get(path)
        assert answer.status_code in (200, 303), path
        assert EVIL not in answer.text, path
        shown += EVIL in unescape(answer.text)
    assert shown >= 4, "the cells are to be seen"


def _of_each_kind(paths: set[str]) -> set[str]:
    """One page of each kind: what differs is ids and what is asked for; and all pages of this import."""
    kinds = {re.sub(r"[0-9a-f-]{36}|\?.*", "", path): path for path in sorted(paths)}
    return set(kinds.values()) | {path for path in paths if "/imports/" in path}


def _links(text: str) -> set[str]:
    """Pages of ours, and the parts that a page loads by itself."""
    found = re.findall(r'(?:href|hx-get)="(/[^"#]*)"', text)
    return {unescape(path) for path in found if not path.startswith(("/static", "/api", "/logout")) and "." not in path}
