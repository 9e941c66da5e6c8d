"""What is guessed about a file before anybody says anything."""

import pytest

from tenants.imports import guess

POLISH = "Imię i nazwisko;Telefon;Uwagi\n" + "".join(
    f"Łukasz Żółć-Święcicki;60120{n:04d};proszę dzwonić później, dziękuję\n" for n in range(20)
)
UKRAINIAN = "ПІБ;Номер телефону\n" + "".join(f"Олексій Ґудзенко;067123{n:04d}\n" for n in range(20))


def encoding_of(data: bytes) -> str:
    try:
        data.decode("utf-8")
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    return guess.encoding(data, is_utf8, data)


@pytest.mark.parametrize(
    ("text", "encoding", "guessed"),
    [
        (POLISH, "utf-8", "utf-8"),
        (POLISH, "utf-8-sig", "utf-8"),
        (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso-8859-2"),
        (POLISH, "cp852", "cp852"),
        (POLISH, "utf-16", "utf-16"),
        (POLISH, "utf-16-le", "utf-16-le"),
        (POLISH, "utf-16-be", "utf-16-be"),
        (UKRAINIAN, "cp1251", "windows-1251"),
        (UKRAINIAN, "koi8-u", "koi8-u"),
    ],
)
def test_the_encoding_is_guessed(text: str, encoding: str, guessed: str) -> None:
    assert encoding_of(text.encode(encoding)) == guessed


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_evenly(delimiter: str) -> None:
    rows = [delimiter.join([f"Jan {n}", f"60120{n:04d}", "a, b; c"[: n % 7]]) for n in range(30)]
    assert guess.delimiter("\n".join(rows).encode(), "utf-8") == delimiter


def test_a_single_column_is_no_reason_to_cut_it() -> None:
    data = "\n".join(f"60120{n:04d}" for n in range(30)).encode()
    found = guess.records(data, True, "utf-8", guess.delimiter(data, "utf-8"))
    assert guess.width(found) == 1
    assert guess.header(found, "PL") is False
    assert guess.columns(found, False, "PL") == ["phone"]


def test_a_number_on_each_line_is_one_column_though_some_lines_have_two() -> None:
    data = "\r\n".join(f"60120{n:04d}" + f", 60220{n:04d}" * (n % 5 == 0) for n in range(30)).encode()
    cut = guess.delimiter(data, "utf-8")
    found = guess.records(data, True, "utf-8", cut)
    assert cut != ","
    assert guess.columns(found, guess.header(found, "PL"), "PL") == ["phone"]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Name;Phone;E-mail;Notes", ["name", "phone", "email", "comment"]),
        ("Imię;Nazwisko;Telefon 2;Miasto", ["name", "name", "phone", "custom:Miasto"]),
        ("ПІБ;Номер телефону;Пошта;Примітки", ["name", "phone", "email", "comment"]),
        ("Nachname;Handynummer;E-Mail-Adresse;Bemerkung", ["name", "phone", "email", "comment"]),
        ("ФИО;Телефон;Почта;Комментарий", ["name", "phone", "email", "comment"]),
    ],
)
def test_headings_name_the_columns_in_our_customers_languages(heading: str, columns: list[str]) -> None:
    by_role = {"name": "Jan", "phone": "601200300", "email": "a@b.pl", "comment": "x"}
    row = ";".join(by_role.get(column, "Łódź") for column in columns)
    found = guess.records(f"{heading}\n{row}\n{row}\n".encode(), True, "utf-8", ";")
    assert guess.header(found, "PL") is True
    assert guess.columns(found, True, "PL") == columns


def test_without_a_header_the_content_tells() -> None:
    found = guess.records(b"Jan Kowalski;601200300;a@b.pl\nAnna Nowak;601200301;c@d.pl\n", True, "utf-8", ";")
    assert guess.header(found, "PL") is False
    assert guess.columns(found, False, "PL") == ["name", "phone", "email"]
