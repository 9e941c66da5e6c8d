"""An import's junk: found by reason, repair and text, repaired all of a kind at once, or edited row by row."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from ringyard.accounts.rights import Right
from ringyard.kit.text import _, ngettext
from ringyard.web.forms import Form, notice, shown_again, to
from ringyard.web.import_words import role_word
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, is_htmx, signed_in
from ringyard.web.transactional import in_workspace
from tenants.custom_fields.service import every_custom_field
from tenants.imports import junk, mending
from tenants.imports.heads import headings_of
from tenants.imports.junk_export import junk_lines
from tenants.imports.reasons import reason_sentence
from tenants.imports.repairs import kind_sentence
from tenants.imports.service import import_detail, import_view
from tenants.workspace import workspace

Cursor = Annotated[str | None, QueryParameter()]


@get("/imports/{import_id:uuid}/junk", right=Right.IMPORT_CONTACTS)
@in_workspace
async def import_junk(request: WebRequest, import_id: FromPath[UUID], cursor: Cursor = None) -> Response[Any]:
    shown, wanted = await import_detail(import_id), _wanted(request)
    counts = await junk.junk_counts(import_id)
    template = "imports/junk_list.html.j2" if is_htmx(request) else "imports/junk.html.j2"
    return page(
        request, template, shown=shown, counts=counts, cursor=cursor, wanted=wanted, at=f"/imports/{import_id}/junk",
        found=await junk.junk_of_import(import_id, 50, cursor, wanted), query_text=_query(wanted),
        reasons=[(code, f"{reason_sentence(code)} ({n})") for code, n in counts.reasons.items()],
        repairs=[(kind, kind_sentence(kind), n) for kind, n in counts.repairs.items()],
        repair_options=[(kind, kind_sentence(kind)) for kind in counts.repairs],
    )  # fmt: skip


@get("/imports/{import_id:uuid}/junk/export", right=Right.IMPORT_CONTACTS)
async def export_junk(request: WebRequest, import_id: FromPath[UUID]) -> Stream:
    async with workspace():
        await import_view(import_id)
    headers = {"content-disposition": 'attachment; filename="junk.csv"', "cache-control": "no-store"}
    return Stream(junk_lines(import_id, _wanted(request)), media_type="text/csv; charset=utf-8", headers=headers)


@post("/imports/{import_id:uuid}/junk/accept", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def accept_repairs(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    """All proposals of one kind."""
    form = await Form.of(request)
    n = await mending.accept_all(import_id, form.text("repair"), signed_in(request).id)
    await notice(request, ngettext("{n} repair is accepted.", "{n} repairs are accepted.", n))
    return to(request, f"/imports/{import_id}/junk")


@post("/imports/{import_id:uuid}/junk/delete", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def delete_found(request: WebRequest, import_id: FromPath[UUID]) -> Response[Any]:
    """Everything that the filter finds."""
    n = await junk.delete_found(import_id, _wanted(request))
    await notice(request, ngettext("{n} entry is deleted.", "{n} entries are deleted.", n))
    return to(request, f"/imports/{import_id}/junk")


@get("/junk/{junk_id:uuid}", right=Right.IMPORT_CONTACTS)
async def edit_junk(request: WebRequest, junk_id: FromPath[UUID]) -> Response[Any]:
    return await _show_form(request, Form())


@in_workspace
async def _show_form(request: WebRequest, form: Form) -> Response[Any]:
    entry = await junk.junk_entry(request.path_params["junk_id"])
    its_import, fields = await import_view(entry.import_id), await every_custom_field()
    width = max(len(entry.cells), len(its_import.columns))
    cells = [*entry.cells, *[""] * (width - len(entry.cells))]
    roles = [role_word(column, fields) for column in its_import.columns]
    roles += [_("Further cell")] * (width - len(roles))
    headings = await _headings(its_import.id) if its_import.header and not its_import.file_deleted_at else []
    headings += [""] * (width - len(headings))
    rows = list(zip(range(1, width + 1), roles, headings, cells, strict=False))
    return page(request, "imports/junk_form.html.j2", form=form, entry=entry, shown=its_import, rows=rows)


async def _headings(import_id: UUID) -> list[str]:
    return [heading.strip()[:100] for heading in await headings_of(import_id)]


@post("/junk/{junk_id:uuid}", right=Right.IMPORT_CONTACTS, status_code=200)
@shown_again(_show_form)
@in_workspace
async def enter_junk(request: WebRequest, junk_id: FromPath[UUID]) -> Response[Any]:
    form = await Form.of(request)
    count = int(form.text("count")) if form.text("count").isdecimal() else 0
    cells = [form.text(f"cells.{n}") for n in range(1, min(count, _MOST_CELLS) + 1)]
    entry = await mending.edit(junk_id, cells, signed_in(request).id)
    await notice(request, _("Row {row} is in the base.", row=entry.row))
    return to(request, f"/imports/{entry.import_id}/junk")


_MOST_CELLS = 1000


@post("/junk/{junk_id:uuid}/accept", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def accept_one(request: WebRequest, junk_id: FromPath[UUID]) -> Response[Any]:
    entry = await mending.accept(junk_id, signed_in(request).id)
    await notice(request, _("Row {row} is in the base.", row=entry.row))
    return to(request, f"/imports/{entry.import_id}/junk")


@post("/junk/{junk_id:uuid}/delete", right=Right.IMPORT_CONTACTS, status_code=200)
@in_workspace
async def delete_one(request: WebRequest, junk_id: FromPath[UUID]) -> Response[Any]:
    entry = await junk.junk_entry(junk_id)
    await junk.delete_junk([junk_id])
    return to(request, f"/imports/{entry.import_id}/junk")


def _wanted(request: WebRequest) -> junk.JunkFilter:
    given = request.query_params
    return junk.JunkFilter(
        reason=given.get("reason") or None,
        repair=given.get("repair") or None,
        q=given.get("q", ""),
        resolved=given.get("resolved") == "true",
    )


def _query(wanted: junk.JunkFilter) -> str:
    given = {"reason": wanted.reason, "repair": wanted.repair, "q": wanted.q, "resolved": wanted.resolved and "true"}
    return urlencode({name: value for name, value in given.items() if value})


ROUTES = [
    import_junk, export_junk, accept_repairs, delete_found, edit_junk, enter_junk, accept_one, delete_one,
]  # fmt: skip
