"""Money as everyone sees it: a decimal string with four places beside its currency, never a float."""

from decimal import Decimal

import msgspec

CURRENCY = "EUR"


class Money(msgspec.Struct, frozen=True):
    amount: str
    currency: str = CURRENCY


def money(amount: Decimal, currency: str = CURRENCY) -> Money:
    return Money(f"{amount:.4f}", currency)
