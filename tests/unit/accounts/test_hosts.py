"""What counts as the name of the host that was asked."""

from typing import Any

import pytest

from ringyard.web.request import host_of


def _scope(*hosts: bytes) -> Any:
    return {"headers": [(b"host", host) for host in hosts]}


@pytest.mark.parametrize(
    ("header", "host"),
    [
        (b"acme.ringyard.localhost:8000", "acme.ringyard.localhost"),
        (b"ACME.Ringyard.localhost", "acme.ringyard.localhost"),
        (b"acme.ringyard.localhost.", "acme.ringyard.localhost"),
        (b"", ""),
    ],
)
def test_port_case_and_final_dot_do_not_matter(header: bytes, host: str) -> None:
    assert host_of(_scope(header)) == host


def test_none_or_two_headers_name_nobody() -> None:
    assert host_of(_scope()) == ""
    assert host_of(_scope(b"acme.ringyard.localhost", b"other.ringyard.localhost")) == ""
