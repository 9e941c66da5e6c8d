"""Signing up on the apex: form, mail, set-up, and the step over to the new workspace."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from ringyard.accounts import limits, signing_up
from ringyard.accounts.countries import countries
from ringyard.accounts.limits import Window
from ringyard.accounts.signing_up import Wish
from ringyard.kit.errors import Invalid
from ringyard.kit.settings import settings
from ringyard.web.forms import Form, shown_again
from ringyard.web.rendering import page
from ringyard.web.request import WebRequest, client_address


async def _form(request: WebRequest, form: Form) -> Response[Any]:
    return page(request, "signup/form.html.j2", form=form, countries=countries())


@get("/signup")
async def signup_form(request: WebRequest) -> Response[Any]:
    return await _form(request, Form())


@get("/signup/address")
async def check_address(request: WebRequest) -> Response[Any]:
    """The live answer beside the address field."""
    slug = request.query_params.get("slug", "").strip().lower()
    try:
        await signing_up.check_address(slug)
    except Invalid as problem:
        return page(request, "signup/_address.html.j2", slug=slug, error=problem.errors[0].message)
    return page(request, "signup/_address.html.j2", slug=slug, error="")


@post("/signup", status_code=200)
@shown_again(_form)
async def sign_up(request: WebRequest) -> Response[Any]:
    form = await Form.of(request)
    wish = Wish(
        full_name=form.text("full_name"),
        company=form.text("company"),
        email=form.text("email"),
        country=form.text("country").upper(),
        slug=form.text("slug").lower(),
        password=form.secret("password"),
    )
    await limits.count("core", Window("signup-address", client_address(request), 60, 3600))
    await signing_up.apply(settings(), wish)
    return page(request, "signup/sent.html.j2", email=wish.email)


@get("/signup/confirm/{token:str}")
async def confirm(request: WebRequest, token: FromPath[str]) -> Response[Any]:
    """Opening the link changes nothing: programs that look into mails open links too. The page asks for the set-up."""
    signup = await signing_up.find(token)
    return page(request, "signup/setup.html.j2", signup=signup, token=token)


@post("/signup/confirm/{token:str}", status_code=200)
async def set_up(request: WebRequest, token: FromPath[str]) -> Response[Any]:
    progress = await signing_up.set_up(settings(), token)
    return page(request, "signup/_progress.html.j2", progress=progress, token=token)


ROUTES = [signup_form, check_address, sign_up, confirm, set_up]
