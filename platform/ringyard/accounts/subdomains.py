"""Which subdomains a customer may take."""

import re

from ringyard.kit.errors import invalid
from ringyard.kit.text import _

SHORTEST, LONGEST = 3, 30
_SHAPE = re.compile(r"[a-z0-9](?:-?[a-z0-9])*")
RESERVED = frozenset(
    word
    for line in (
        "about abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover",
        "backup beta billing blog cdn cloud config console contact dashboard db dev dialer dns docs download",
        "email example faq files forum ftp git graphql help home host hostmaster imap info internal jobs",
        "legal localhost login logout mail mailbox mailer media metrics mobile monitor monitoring news noc",
        "node office operator partner partners pay payments pbx pop3 portal postgres postmaster preview",
        "pricing privacy prod production proxy public redis register registration ringyard root sales sandbox",
        "secure security server shop signin signup sip sips smtp ssh ssl staff stage staging static stats",
        "status store stun support sysadmin system team telephony terms testing trunk turn update upload",
        "usage user users vpn webhook webhooks webmail webrtc websocket wiki worker workspace workspaces wpad",
        "wss www xmpp",
    )
    for word in line.split()
)


def check_slug(slug: str, field: str = "slug") -> None:
    """Raises Invalid with the reason why nobody may take this subdomain."""
    if not SHORTEST <= len(slug) <= LONGEST:
        raise invalid(field, _("An address has {least} to {most} characters.", least=SHORTEST, most=LONGEST))
    if not _SHAPE.fullmatch(slug):
        raise invalid(field, _("Use letters a to z, digits and single hyphens between them."))
    if slug in RESERVED or slug.startswith("xn--"):
        raise invalid(field, _("This address is reserved."))
