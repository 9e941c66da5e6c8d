"""Made-up people by number: the same number gives the same person, in a file, in the base and in every run. Pure.

Three quarters are Polish, the others Ukrainian (in Cyrillic) and German. Each has one to three mobile numbers, 1.4 on
average, and no two people below `MOST` share one.
"""

import itertools
from dataclasses import dataclass

from ringyard.local.demo_people import GERMAN, POLISH, UKRAINIAN

MOST = 10_000_000
_SPREAD = 7_919
"""Neighbours in a list do not have neighbouring numbers; without a common divisor with `MOST`, so none comes twice."""

_ENDINGS = {
    "PL": "ski cki czyk ewicz ak ek owiak iński",
    "UA": "енко чук ський ук ець юк",
    "DE": "mann er hoff bauer stein feld",
}
_STEMS = {
    "PL": "Kowal Lewand Zieliń Szymań Dąbrow Kozłow Jankow Wojciech Kwiatkow Kaczmar Grab Stępn Górn Rutkow Michal "
    "Majew Olszew Jarosz Malin Witkow Wal Adam Nowic Sobczy Pietrz Wróblew Marcin Jasiń Zawadz Bor",
    "UA": "Гриц Павл Степан Петр Іван Васил Данил Роман Якоб Савч Захар Федор Мартин Кирил Гнат Левч Тимош Юрч",
    "DE": "Zimmer Acker Hoff Linden Schuh Kauf Berg Wald Stein Grün Groß Kirch Neu Alt Ober Reich Mühl Förster",
}
_USUAL = {"PL": POLISH, "UA": UKRAINIAN, "DE": GERMAN}
_FIRST = {country: firsts.split() for country, (firsts, _) in _USUAL.items()}
_LAST = {
    country: [*lasts.split(), *map("".join, itertools.product(_STEMS[country].split(), _ENDINGS[country].split()))]
    for country, (_, lasts) in _USUAL.items()
}
# By country, the beginnings of a person's first, second and third number; seven digits follow each.
_BEGINNINGS = {
    "PL": (("50", "51", "53", "57", "60", "66"), ("69", "72", "73"), ("78", "79", "88")),
    "UA": (("50", "66", "67", "95"), ("63", "68", "93"), ("96", "97", "98")),
    "DE": (("1512", "1520", "1570"), ("170", "171", "172"), ("175", "176", "177")),
}
_CODES = {"PL": "+48", "UA": "+380", "DE": "+49"}
ZONES = {"PL": "Europe/Warsaw", "UA": "Europe/Kyiv", "DE": "Europe/Berlin"}


@dataclass(frozen=True, slots=True)
class Person:
    """`numbers` are E.164; `email` may be empty; `country` as two letters."""

    name: str
    email: str
    country: str
    numbers: tuple[str, ...]


def shuffled(number: int) -> int:
    """64 bits that look like chance, always the same for one number (splitmix64)."""
    mixed = (number + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return mixed ^ mixed >> 31


def person(number: int) -> Person:
    """Raises ValueError from `MOST` on, where numbers would come again."""
    if not 0 <= number < MOST:
        raise ValueError(f"there is no person {number}")
    dice = shuffled(number)
    share, dice = dice % 20, dice // 20
    country = "PL" if share < 15 else "UA" if share < 18 else "DE"
    firsts, lasts = _FIRST[country], _LAST[country]
    name = f"{firsts[dice % len(firsts)]} {lasts[dice // 64 % len(lasts)]}"
    email = f"k{number}.{dice % 977}@example.com" if dice // 128 % 5 < 3 else ""
    return Person(name, email, country, _numbers(country, number, dice >> 20))


def _numbers(country: str, number: int, dice: int) -> tuple[str, ...]:
    count = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)[dice % 10]
    digits = f"{number * _SPREAD % MOST:07d}"
    return tuple(
        f"{_CODES[country]}{beginnings[dice // 10 % len(beginnings)]}{digits}"
        for beginnings in _BEGINNINGS[country][:count]
    )
