"""Composition root of the web: lists every route, middleware and resource by hand."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.datastructures import CacheControlHeader
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from ringyard.accounts import nodes
from ringyard.kit.cache import close_cache, open_cache
from ringyard.kit.db import close_pool, open_pool
from ringyard.kit.log import configure_logging
from ringyard.kit.settings import Settings
from ringyard.web.api import (
    agents,
    audio,
    bases,
    calls,
    campaigns,
    categories,
    comments,
    consents,
    contact_extras,
    contact_lists,
    contacts,
    custom_fields,
    do_not_call,
    documents,
    erasing,
    events,
    everywhere,
    files,
    handouts,
    import_templates,
    imports,
    junk,
    me,
    operations,
    outcomes,
    recordings,
    scenarios,
    searches,
    trunks,
)
from ringyard.web.api.document import describe, openapi_config, openapi_document
from ringyard.web.errors import EXCEPTION_HANDLERS
from ringyard.web.guards import check_every_route_names_its_right, require_right
from ringyard.web.health import healthz
from ringyard.web.middleware.hosts import Ringyard
from ringyard.web.middleware.identity import who
from ringyard.web.middleware.keys import idempotent
from ringyard.web.middleware.origin import own_pages_only
from ringyard.web.pages import agents as agent_pages
from ringyard.web.pages import (
    apex,
    card_phones,
    cards,
    contact_changes,
    handover,
    login,
    mailbox,
    profile,
    recovery,
    signup,
)
from ringyard.web.pages import audio as audio_pages
from ringyard.web.pages import bases as base_pages
from ringyard.web.pages import calls as call_pages
from ringyard.web.pages import campaigns as campaign_pages
from ringyard.web.pages import categories as category_pages
from ringyard.web.pages import comments as comment_pages
from ringyard.web.pages import consents as consent_pages
from ringyard.web.pages import contacts as contact_pages
from ringyard.web.pages import contacts_list as contact_list_pages
from ringyard.web.pages import custom_fields as custom_field_pages
from ringyard.web.pages import dashboard as dashboard_page
from ringyard.web.pages import do_not_call as do_not_call_pages
from ringyard.web.pages import documents as document_pages
from ringyard.web.pages import erasing as erasing_pages
from ringyard.web.pages import everywhere as everywhere_pages
from ringyard.web.pages import files as file_pages
from ringyard.web.pages import handouts as handout_pages
from ringyard.web.pages import import_previews as import_preview_pages
from ringyard.web.pages import import_templates as import_template_pages
from ringyard.web.pages import import_undo as import_undo_pages
from ringyard.web.pages import imports as import_pages
from ringyard.web.pages import junk as junk_pages
from ringyard.web.pages import operations as operation_pages
from ringyard.web.pages import outcomes as outcome_pages
from ringyard.web.pages import scenarios as scenario_pages
from ringyard.web.pages import searches as search_pages
from ringyard.web.pages import settings as settings_pages
from ringyard.web.pages import trunks as trunk_pages
from ringyard.web.rendering import STATIC
from tenants.jobs import use_sender
from worker.broker import BrokerSender, make_broker

API: list[ControllerRouterHandler] = [
    openapi_document,
    me.MeController,
    agents.AgentController,
    events.EventController,
    contacts.ContactController,
    contact_lists.ContactListController,
    searches.SearchController,
    everywhere.EverywhereController,
    contact_extras.ContactExtraController,
    comments.CommentController,
    documents.DocumentController,
    consents.ConsentController,
    do_not_call.DoNotCallController,
    erasing.PersonController,
    erasing.ErasureController,
    handouts.HandoutController,
    handouts.LimitsController,
    operations.BulkController,
    operations.ExportController,
    operations.OperationController,
    bases.BaseController,
    categories.CategoryController,
    outcomes.OutcomeController,
    custom_fields.CustomFieldController,
    imports.ImportController,
    import_templates.ImportTemplateController,
    junk.JunkController,
    files.FileController,
    trunks.TrunkController,
    scenarios.ScenarioController,
    audio.AudioController,
    campaigns.CampaignController,
    campaigns.DialingController,
    calls.CallController,
    recordings.RecordingController,
]
PAGES: list[ControllerRouterHandler] = [
    *contact_pages.ROUTES,
    *contact_list_pages.ROUTES,
    *search_pages.ROUTES,
    *everywhere_pages.ROUTES,
    *cards.ROUTES,
    *card_phones.ROUTES,
    *comment_pages.ROUTES,
    *document_pages.ROUTES,
    *contact_changes.ROUTES,
    *base_pages.ROUTES,
    *consent_pages.ROUTES,
    *do_not_call_pages.ROUTES,
    *erasing_pages.ROUTES,
    *handout_pages.ROUTES,
    *settings_pages.ROUTES,
    *category_pages.ROUTES,
    *operation_pages.ROUTES,
    *outcome_pages.ROUTES,
    *custom_field_pages.ROUTES,
    *import_pages.ROUTES,
    *import_preview_pages.ROUTES,
    *import_undo_pages.ROUTES,
    *import_template_pages.ROUTES,
    *junk_pages.ROUTES,
    *file_pages.ROUTES,
    *login.ROUTES,
    *handover.ROUTES,
    *recovery.ROUTES,
    *profile.ROUTES,
    *agent_pages.ROUTES,
    *dashboard_page.ROUTES,
    *campaign_pages.ROUTES,
    *scenario_pages.ROUTES,
    *trunk_pages.ROUTES,
    *audio_pages.ROUTES,
    *call_pages.ROUTES,
]
APEX: list[ControllerRouterHandler] = [healthz, *apex.ROUTES, *signup.ROUTES, *mailbox.ROUTES]


def create_app(settings: Settings) -> Ringyard:
    """The ASGI application: apex and workspaces by host. Its lifespan opens database, Redis and the jobs' sender."""
    configure_logging(settings.log_level)
    workspace = _workspace_site(settings)
    check_every_route_names_its_right(workspace)
    describe(workspace)
    return Ringyard(settings, apex=_apex_site(), workspace=workspace)


def _workspace_site(settings: Settings) -> Litestar:
    return Litestar(
        route_handlers=[
            Router("/api/v1", route_handlers=API),
            Router("/", route_handlers=PAGES, include_in_schema=False),
            _static(),
        ],
        lifespan=[_resources(settings)],
        middleware=[own_pages_only, who, idempotent],
        guards=[require_right],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=openapi_config(),
        logging_config=None,
    )


def _apex_site() -> Litestar:
    return Litestar(
        route_handlers=[*APEX, _static()],
        middleware=[own_pages_only],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
    )


def _static() -> Router:
    return create_static_files_router(
        path="/static",
        directories=[STATIC],
        opt={"public": True},
        cache_control=CacheControlHeader(public=True, max_age=31_536_000, immutable=True),
    )


def _resources(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        await open_pool(settings.role_url("app"), settings.database_pool_size)
        await open_cache(settings.redis_url)
        await nodes.write(settings)
        use_sender(BrokerSender(make_broker(settings.redis_url)))
        try:
            yield
        finally:
            await close_cache()
            await close_pool()

    return opened
