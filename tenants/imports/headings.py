"""The words that lists have over their columns, in the languages of our customers. Pure."""

import re

WORDS: dict[str, tuple[str, ...]] = {
    "phone": (
        "phone", "phones", "telephone", "tel", "mobile", "cell", "number", "phone number", "msisdn", "gsm",
        "telefon", "nr telefonu", "numer telefonu", "numer", "nr", "nr tel", "tel kom", "komórka", "kom", "telefony",
        "телефон", "телефони", "номер", "номер телефону", "моб", "мобільний",
        "телефоны", "номер телефона", "мобильный", "сотовый",
        "rufnummer", "telefonnummer", "handy", "mobil", "handynummer", "mobilnummer", "festnetz",
    ),
    "name": (
        "name", "full name", "first name", "last name", "surname", "contact", "client", "customer", "company",
        "imię", "imie", "nazwisko", "imię i nazwisko", "imie i nazwisko", "nazwa", "klient", "firma",
        "ім'я", "ім’я", "імя", "прізвище", "піб", "клієнт", "назва", "компанія", "по батькові", "контакт",
        "имя", "фамилия", "фио", "клиент", "название", "компания", "отчество",
        "vorname", "nachname", "kunde", "firmenname", "vor- und nachname",
    ),
    "email": (
        "email", "e-mail", "mail", "e mail", "adres e-mail", "пошта", "ел пошта",
        "почта", "эл почта", "e-mail-adresse",
    ),
    "comment": (
        "comment", "comments", "note", "notes", "remarks", "komentarz", "uwagi", "uwaga", "notatka", "opis",
        "коментар", "коментарі", "примітка", "примітки", "комментарий", "комментарии", "примечание", "примечания",
        "kommentar", "bemerkung", "bemerkungen", "notiz", "anmerkung",
    ),
    "category": (
        "category", "categories", "tag", "tags", "kategoria", "kategorie",
        "категорія", "категория", "kategorien",
    ),
    "region": (
        "region", "country", "kraj", "województwo", "регіон",
        "країна", "область", "регион", "страна", "land", "bundesland",
    ),
    "responsible": (
        "responsible", "agent", "owner", "opiekun", "handlowiec",
        "відповідальний", "менеджер", "ответственный", "betreuer",
    ),
    "external_id": (
        "id", "external id", "external_id", "customer id", "client id", "identyfikator",
        "ід", "ид", "kundennummer", "nr klienta",
    ),
}  # fmt: skip
_ROLE = {word: role for role, words in WORDS.items() for word in words}


def role_of(heading: str) -> str | None:
    """The role that a heading names, also with a number after it (`Telefon 2`); None when it names none."""
    words = re.sub(r"[_.:*#/]+", " ", heading.strip().lower())
    words = re.sub(r"[\s\d()]+$", "", re.sub(r"\s+", " ", words)).strip()
    return _ROLE.get(words)
