"""Made-up people with names and mobile numbers of three countries; the same ones for the same `chance`. Pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from ringyard.kit.phone import Phone, read

POLISH = (
    "Anna Piotr Katarzyna Krzysztof Małgorzata Andrzej Agnieszka Tomasz Barbara Paweł Ewa Michał Joanna Marcin Zofia",
    "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wróbel Wieczorek Jabłoński Dudek Sikora Baran Pawlak Bąk",
)
UKRAINIAN = (
    "Олена Андрій Наталія Сергій Оксана Іван Тетяна Микола Ірина Володимир Юлія Богдан Марія Тарас Людмила Дмитро",
    "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Бондар Мельник Мороз Марченко Лисенко",
)
GERMAN = (
    "Sabine Thomas Monika Michael Petra Stefan Ursula Jürgen Claudia Wolfgang Katrin Björn Renate Uwe Anja Günther",
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Hoffmann Schäfer Koch Richter Klein Schröder Neumann",
)
# A country's names, how its mobile numbers begin, the digits that follow, and its share of a list.
COUNTRIES = (
    (POLISH, ("+4850", "+4851", "+4853", "+4860", "+4866", "+4869", "+4872", "+4878", "+4879", "+4888"), 7, 55),
    (UKRAINIAN, ("+38050", "+38063", "+38066", "+38067", "+38068", "+38093", "+38095", "+38097"), 7, 25),
    (GERMAN, ("+49151", "+49160", "+49170", "+49171", "+49172", "+49175"), 8, 20),
)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    phone: Phone


def people(count: int, chance: int) -> Iterator[Person]:
    """`count` people, each with a valid number that nobody else of them has."""
    dice = random.Random(chance)
    taken: set[str] = set()
    while len(taken) < count:
        (first, last), prefixes, digits, _share = dice.choices(COUNTRIES, [country[3] for country in COUNTRIES])[0]
        number = dice.choice(prefixes) + "".join(dice.choices("0123456789", k=digits))
        phone = read(number, "PL")
        if isinstance(phone, Phone) and phone.number not in taken:
            taken.add(phone.number)
            yield Person(f"{dice.choice(first.split())} {dice.choice(last.split())}", phone)
