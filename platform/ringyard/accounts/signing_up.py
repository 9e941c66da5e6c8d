"""Signing up on the apex: a wish for a workspace, confirmed by a link in a mail, then the workspace itself."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from ringyard.accounts import onetime, passwords
from ringyard.accounts.countries import is_country
from ringyard.accounts.opening import Owner, furnish
from ringyard.accounts.subdomains import check_slug
from ringyard.kit import mail
from ringyard.kit.cache import cache
from ringyard.kit.clock import now
from ringyard.kit.db import core
from ringyard.kit.errors import Conflict, FieldError, Invalid, NotFound, invalid
from ringyard.kit.ids import new_id
from ringyard.kit.settings import Settings
from ringyard.kit.text import _
from tenants import provision, registry
from tenants.context import acting_for
from tenants.workspace import workspace

LINK_LASTS = timedelta(days=2)
HANDOVER_LASTS = timedelta(seconds=60)
SETUP_LIMIT_S = 30
_EMAIL = re.compile(
    r"[^\s@<>\",;:\\]{1,64}@[^\s@<>\",;:\\]+\.[^\s@<>\",;:\\.]{2,}|[^\s@<>\",;:\\]{1,64}@[\w.-]*localhost"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form asks for; texts are stripped, the password is as typed."""

    full_name: str
    company: str
    email: str
    country: str
    slug: str
    password: str


@dataclass(frozen=True, slots=True)
class Signup:
    id: UUID
    email: str
    full_name: str
    company: str
    slug: str
    country: str
    password_hash: str
    confirmed: bool


class LinkDead(NotFound):
    code = "link-dead"


class AddressGone(Conflict):
    code = "address-taken"


async def check_address(slug: str) -> None:
    """Raises Invalid with the reason why this subdomain cannot be had now."""
    check_slug(slug)
    async with core() as connection:
        taken = await connection.fetchval("select 1 from core.workspaces where slug = $1", slug)
    if taken:
        raise invalid("slug", _("This address is taken."))


async def apply(settings: Settings, wish: Wish) -> None:
    """Store the wish and mail the link. Raises Invalid with every wrong field, and MailNotSent."""
    await _check(wish)
    token = secrets.token_urlsafe(32)
    password_hash = await passwords.hashed(wish.password)
    async with core() as connection:
        await connection.execute(
            """insert into core.signups
                 (id, token_hash, email, full_name, company, slug, country, password_hash, expires_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
            new_id(), _hash(token), wish.email, wish.full_name, wish.company, wish.slug, wish.country,
            password_hash, now() + LINK_LASTS,
        )  # fmt: skip
    await mail.send(
        wish.email,
        _("Confirm your Ringyard workspace"),
        _(
            "Hello {name},\n\nconfirm your e-mail address to open the workspace {address}:\n\n{link}\n\n"
            "The link works once, for two days. If you did not ask for this, do nothing.\n",
            name=wish.full_name,
            address=settings.netloc(f"{wish.slug}.{settings.domain}"),
            link=settings.apex_url(f"/signup/confirm/{token}"),
        ),
    )


async def _check(wish: Wish) -> None:
    wrong = [FieldError(field, text) for field, text in _wrong(wish)]
    for check in (check_address(wish.slug), _check_password(wish.password)):
        try:
            await check
        except Invalid as problem:
            wrong += problem.errors
    if wrong:
        raise Invalid(_("Some fields need another value."), wrong)


async def _check_password(password: str) -> None:
    passwords.check(password)


def _wrong(wish: Wish) -> list[tuple[str, str]]:
    wrong = []
    if not 1 <= len(wish.full_name) <= 80:
        wrong.append(("full_name", _("A name has 1 to 80 characters.")))
    if not 1 <= len(wish.company) <= 80:
        wrong.append(("company", _("A company's name has 1 to 80 characters.")))
    if len(wish.email) > 254 or not _EMAIL.fullmatch(wish.email):
        wrong.append(("email", _("This is no e-mail address.")))
    if not is_country(wish.country):
        wrong.append(("country", _("Choose a country.")))
    return wrong


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def find(token: str) -> Signup:
    """The sign-up behind a link. Raises LinkDead for an unknown or old one."""
    async with core() as connection:
        row = await connection.fetchrow(
            """select id, email, full_name, company, slug, country, password_hash, confirmed_at is not null as confirmed
               from core.signups where token_hash = $1 and (expires_at > now() or confirmed_at is not null)""",
            _hash(token),
        )
    if row is None:
        raise LinkDead(_("This link is unknown or too old. Sign up again, it takes a minute."))
    return Signup(**row)


@dataclass(frozen=True, slots=True)
class Progress:
    """`ready` carries the address that signs the owner in; `known` means an earlier visit got it."""

    state: Literal["working", "ready", "known"]
    url: str = ""


async def set_up(settings: Settings, token: str) -> Progress:
    """Make the workspace of a confirmed address; repeatable after a crash, and only the first gets the hand-over.

    Raises LinkDead, and AddressGone when somebody else took the subdomain meanwhile.
    """
    signup = await find(token)
    if signup.confirmed:
        return Progress("known", settings.workspace_url(signup.slug, "/login"))
    lock = f"core:signup:{signup.id}"
    if not await cache().set(lock, "1", nx=True, ex=SETUP_LIMIT_S):
        return Progress("working")
    try:
        return await _make(settings, signup)
    finally:
        await cache().delete(lock)


async def _make(settings: Settings, signup: Signup) -> Progress:
    try:
        workspace_id = await provision.register(signup.slug, signup.company, signup.country, None, chosen_id=signup.id)
    except provision.SlugTaken:
        raise AddressGone(_("Somebody else took this address meanwhile. Sign up again with another one.")) from None
    await furnish(settings, workspace_id, Owner(signup.full_name, signup.email, signup.password_hash))
    if not await _confirm(signup):
        return Progress("known", settings.workspace_url(signup.slug, "/login"))
    return Progress("ready", await _handover_url(settings, signup))


async def _confirm(signup: Signup) -> bool:
    """True for the one who confirms first. The password's hash is not kept any longer."""
    async with core() as connection:
        confirmed = await connection.fetchval(
            """update core.signups set confirmed_at = now(), workspace_id = $1, password_hash = ''
               where id = $1 and confirmed_at is null returning true""",
            signup.id,
        )
    return bool(confirmed)


async def _handover_url(settings: Settings, signup: Signup) -> str:
    tenant = await registry.by_slug(signup.slug)
    assert tenant is not None
    with acting_for(tenant):
        async with workspace() as connection:
            owner: UUID = await connection.fetchval("select id from users where lower(login) = lower($1)", signup.email)
    secret = await onetime.issue(tenant.schema, "handover", str(owner), HANDOVER_LASTS)
    return settings.workspace_url(signup.slug, f"/handover/{secret}")
