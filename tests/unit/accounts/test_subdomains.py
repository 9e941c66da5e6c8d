"""Which subdomains a customer may take."""

import pytest

from ringyard.accounts.subdomains import check_slug
from ringyard.kit.errors import Invalid


@pytest.mark.parametrize("slug", ["abc", "lis-solar", "4you", "a1b", "x" * 30, "demo"])
def test_usual_names_are_fine(slug: str) -> None:
    check_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "ab",
        "x" * 31,
        "-abc",
        "abc-",
        "a--b",
        "Abc",
        "ab c",
        "a.b",
        "a_b",
        "żółw",
        "abc\n",
        "www",
        "api",
        "xn-abc-",
        "mail",
    ],
)
def test_others_are_refused_with_a_reason(slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_slug(slug)
    assert refused.value.errors[0].field == "slug"
