"""Which passwords are taken, and that only the right one fits."""

import pytest

from ringyard.accounts import passwords
from ringyard.kit.errors import Invalid


@pytest.mark.parametrize("password", ["", "elevenchars", "x" * 201, "aaaaaaaaaaaaaa", "ababababababab"])
def test_a_password_nobody_should_have_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check(password)


@pytest.mark.parametrize("password", ["twelve chars", "zażółć gęślą jaźń", " " * 5 + "spaces count"])
def test_a_long_one_is_taken_as_typed(password: str) -> None:
    passwords.check(password)


async def test_only_the_right_password_fits_and_none_fits_nobody() -> None:
    stored = await passwords.hashed("correct horse battery")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.matches("correct horse battery", stored)
    assert not await passwords.matches("correct horse battery ", stored)
    assert not await passwords.matches("correct horse battery", None)
