"""Files as they should not be: a clear sentence, and the rest of the file unharmed."""

import asyncio
from typing import Any

import pytest

from ringyard.kit.settings import Settings
from tests.conftest import Client
from tests.integration.imports.test_import import Importer, contacts_of, importer, reasons_of, upload
from tests.support.lookalikes import Seed

__all__ = ["importer"]
GOOD = b"Anna;601200300\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"PK\x03\x04" + bytes(range(256)) * 50, "Excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), "Excel"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "not text"),
        (bytes(range(256)) * 2000, "not text"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_with_a_sentence_and_not_kept(
    api: Client, seed: Seed, settings: Settings, content: bytes, word: str
) -> None:
    refused = await upload(await api("admin"), seed.id("base", 1), content)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["field"] == "file"
    assert word in error["message"]
    assert await kept_files(settings) == 0


async def kept_files(settings: Settings) -> int:
    def count() -> int:
        return sum(path.is_file() for path in (settings.home / "objects").rglob("*imports/*"))

    return await asyncio.to_thread(count)


@pytest.mark.parametrize("content", [b"name;phone\n", b"name;phone\n\n\n;;\n"])
async def test_a_header_without_rows_cannot_be_confirmed(api: Client, seed: Seed, content: bytes) -> None:
    client = await api("admin")
    made = await upload(client, seed.id("base", 1), content)
    assert made.status_code == 201
    assert made.json()["problems"] == ["The file has no rows besides its header."]
    refused = await client.post(f"/imports/{made.json()['id']}/confirm")
    assert refused.status_code == 422
    assert refused.json()["detail"] == "The file has no rows besides its header."


async def test_a_file_without_numbers_asks_for_the_phone_column(api: Client, seed: Seed) -> None:
    client = await api("admin")
    made = await upload(client, seed.id("base", 1), b"Anna;Gdynia\nEwa;Sopot\n")
    assert made.json()["problems"] == ["Choose the column that holds the phone number."]
    assert (await client.post(f"/imports/{made.json()['id']}/confirm")).status_code == 422


async def test_one_column_of_numbers_is_a_list(importer: Importer) -> None:
    view = await importer(b"601200300\n601200301\nabc\n")
    assert (view["columns"], view["added"], view["junk"]) == (["phone"], 2, 1)


async def test_a_header_that_was_not_expected_is_one_junk_row(api: Client, importer: Importer) -> None:
    view = await importer(b"name;phone\n" + GOOD, header="false", columns='["name", "phone"]')
    assert view["added"] == 1
    assert await reasons_of(await api("admin"), view) == [(1, 2, "letters")]


async def test_a_quote_that_never_closes_costs_one_row(api: Client, importer: Importer) -> None:
    rows = GOOD + b'Ewa;"601200301\n' + b"".join(b"n%d;6012%05d\n" % (n, n) for n in range(1000, 1200))
    view = await importer(rows)
    assert (view["added"], view["junk"]) == (201, 1)
    assert await reasons_of(await api("admin"), view) == [(2, None, "quote_not_closed")]


async def test_rows_in_another_encoding_are_junk_and_the_others_enter(api: Client, importer: Importer) -> None:
    view = await importer("Żaneta;601200301\n".encode("cp1250") + GOOD, encoding="utf-8")
    assert view["added"] == 1
    assert await reasons_of(await api("admin"), view) == [(1, None, "bad_encoding")]


async def test_ragged_rows_enter_as_far_as_they_can(api: Client, importer: Importer) -> None:
    view = await importer(b"Anna;601200300;x\nEwa;601200301\nOla\nIga;601200302;x;y\n;601200303;;;\n")
    client = await api("admin")
    assert [one["name"] for one in await contacts_of(client, view)] == ["", "Anna", "Ewa"]
    assert await reasons_of(client, view) == [(3, None, "no_number"), (4, None, "too_many_cells")]


async def test_formulas_html_and_strange_characters_are_text(api: Client, importer: Importer) -> None:
    rows = "=cmd|calc;601200300\n<script>alert(1)</script>;601200301\nback\\slash\tTab;601200302\n"
    view = await importer(rows.encode(), delimiter=";")
    names = [one["name"] for one in await contacts_of(await api("admin"), view)]
    assert names == ["<script>alert(1)</script>", "=cmd|calc", "back\\slash\tTab"]


async def test_a_line_longer_than_any_row_is_junk_by_itself(api: Client, importer: Importer) -> None:
    view = await importer(GOOD + b"x" * 300_000 + b"\n" + b"Ewa;601200301\n")
    assert view["added"] == 2
    assert await reasons_of(await api("admin"), view) == [(2, None, "too_long")]


async def test_a_file_over_the_limit_is_refused_and_not_kept(
    api: Client, seed: Seed, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.imports import uploading

    monkeypatch.setattr(uploading, "LIMIT", 1024 * 1024)
    refused: Any = await upload(await api("admin"), seed.id("base", 1), GOOD * 100_000)
    assert refused.status_code == 413
    assert await kept_files(settings) == 0
