"""The time zone of a phone number, as one IANA name.

phonenumbers answers with every zone a country code reaches, other countries' among them; we keep those of the number's
own country and take the one where most of its people live, by the order of the tz database's `zone.tab`.
"""

from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from phonenumbers import PhoneNumber
from phonenumbers.timezone import time_zones_for_number

# zone.tab goes from west to east inside Russia
_MOST_PEOPLE = {"RU": "Europe/Moscow"}


def zone_of(number: PhoneNumber, region: str) -> str:
    """The zone of a valid number of `region` (`PL`); empty where a number has no place."""
    own = country_zones().get(region, ())
    if len(own) == 1:
        return own[0]
    candidates = set(time_zones_for_number(number))
    likely = [zone for zone in own if zone in candidates] or list(own)
    main = _MOST_PEOPLE.get(region)
    if main in likely:
        return str(main)
    return likely[0] if likely else ""


@lru_cache
def country_zones() -> dict[str, tuple[str, ...]]:
    """Each country's zones, the most populous first."""
    zones: dict[str, tuple[str, ...]] = {}
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), zone)
    return zones


@lru_cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in _zones()
