"""What people ask a contact list for: filters, text and sort together, by chance but always the same. Pure."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from ringyard.bench.contacts.base_rows import Contents
from ringyard.bench.contacts.people import Person, person

STATUSES = ("new", "done", "callback", "junk", "do_not_call", "queued", "in_call")
SORTS = ("-modified", "modified", "name", "-name")
Query = dict[str, str]


def queries(contents: Contents, people: int, count: int, chance: int = 7) -> Iterator[Query]:
    """`people`: how many of them (from number 0 on) the texts look for; some texts find nothing."""
    dice = random.Random(chance)
    for _ in range(count):
        query: Query = {"sort": dice.choice(SORTS)}
        for name in dice.sample(tuple(_FILTERS), dice.choices((0, 1, 2, 3), (25, 40, 25, 10))[0]):
            query |= _FILTERS[name](contents, dice)
        if dice.random() < 0.65:
            query["q"] = dice.choice(_TEXTS)(person(dice.randrange(people)), dice)
        yield query


def _days(dice: random.Random) -> Query:
    start = datetime.now(UTC).date() - timedelta(days=dice.randrange(600, 720))
    end = start + timedelta(days=dice.choice((0, 6, 30, 365)))
    return {"from": start.isoformat(), "to": end.isoformat()}


_FILTERS: dict[str, Callable[[Contents, random.Random], Query]] = {
    "base": lambda has, dice: {"base_id": str(dice.choice(has.bases))},
    "category": lambda has, dice: {"category_id": str(dice.choice([*has.categories, has.every_tenth]))},
    "agent": lambda has, dice: {"agent_id": str(dice.choice(has.agents))},
    "outcome": lambda has, dice: {"outcome_id": str(dice.choice(has.outcomes))},
    "status": lambda _, dice: {"status": dice.choice(STATUSES)},
    "days": lambda _, dice: _days(dice),
    "region": lambda _, dice: {"region": dice.choice(("PL", "UA", "DE", "CZ"))},
}


def _part(text: str, length: int, dice: random.Random) -> str:
    start = dice.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def _surname(one: Person, _: random.Random) -> str:
    return one.name.split()[1]


def _some_letters(one: Person, dice: random.Random) -> str:
    return _part(one.name.split()[1], dice.randrange(3, 6), dice)


def _whole_name(one: Person, _: random.Random) -> str:
    return one.name.lower()


def _two_parts(one: Person, _: random.Random) -> str:
    return " ".join(word[:4] for word in one.name.split())


def _two_letters(one: Person, _: random.Random) -> str:
    return one.name[:2]


def _address(one: Person, dice: random.Random) -> str:
    return one.email.partition("@")[0] or _some_letters(one, dice)


def _some_digits(one: Person, dice: random.Random) -> str:
    return _part(one.numbers[0][3:], dice.choice((3, 4, 5, 6, 7)), dice)


def _whole_number(one: Person, dice: random.Random) -> str:
    number = one.numbers[-1]
    return dice.choice((number, number[3:], f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"))


def _name_and_digits(one: Person, _: random.Random) -> str:
    return f"{one.name.split()[0]} {one.numbers[0][-4:]}"


def _nobody(_: Person, dice: random.Random) -> str:
    return dice.choice(("qqxzw", "zażółć", "0000000", "999888777", "nobody@nowhere.example"))


_TEXTS = (
    _surname, _surname, _some_letters, _some_letters, _whole_name, _two_parts, _two_letters, _address, _some_digits,
    _some_digits, _whole_number, _name_and_digits, _nobody,
)  # fmt: skip
