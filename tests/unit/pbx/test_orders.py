"""Nothing foreign reaches a dial string."""

from pathlib import Path

import pytest

from pbx.orders import BadOrderError, Extension, IpTrunk, Originate, SandboxTrunk
from pbx.sounds import NotPlayableError, media_uri


def _order(**more: object) -> Originate:
    plain = {"call_id": "c1", "tenant": "t_a", "number": "+48221", "target": IpTrunk("10.0.0.1"), "caller_id": ""}
    return Originate(**{**plain, **more})  # type: ignore[arg-type]


def test_an_ip_trunk_is_dialled_by_its_address() -> None:
    assert _order(target=IpTrunk("sip.example.com", 5070)).endpoint == "PJSIP/out/sip:+48221@sip.example.com:5070"


def test_the_sandbox_is_the_nodes_own_address_marked_so() -> None:
    assert _order(target=SandboxTrunk("127.0.0.1", 5060)).endpoint == "PJSIP/out/sip:+48221@127.0.0.1:5060;sandbox"


def test_an_extension_is_dialled_by_its_name() -> None:
    assert _order(target=Extension("t1-a5")).endpoint == "PJSIP/t1-a5"


@pytest.mark.parametrize("number", ["", "1", "+48 221", "48221@elsewhere", "100&PJSIP/200", "+48221\n", "١٢٣"])
def test_a_number_that_is_more_than_a_number_is_refused(number: str) -> None:
    with pytest.raises(BadOrderError):
        _order(number=number)


@pytest.mark.parametrize("host", ["", "a b", "a:1", "a;x", "-a", "a/b", "a@b"])
def test_a_host_that_is_more_than_a_host_is_refused(host: str) -> None:
    with pytest.raises(BadOrderError):
        IpTrunk(host)


@pytest.mark.parametrize(
    "field", [{"call_id": "../x"}, {"tenant": "a/b"}, {"caller_id": "Bob <1>"}, {"ring_timeout_s": 0}, {"limit_s": 0}]
)
def test_every_field_that_reaches_a_node_is_checked(field: dict[str, object]) -> None:
    with pytest.raises(BadOrderError):
        _order(**field)


@pytest.mark.parametrize("port", [0, 65536])
def test_a_port_is_a_port(port: int) -> None:
    with pytest.raises(BadOrderError):
        IpTrunk("a", port)


def test_a_prompt_is_named_without_its_suffix() -> None:
    assert media_uri(Path("/data/t_a/prompt.wav")) == "sound:/data/t_a/prompt"


@pytest.mark.parametrize("path", ["prompt.wav", "/data/prompt.mp3", "/data/a,b.wav"])
def test_a_file_that_a_node_cannot_play_is_refused(path: str) -> None:
    with pytest.raises(NotPlayableError):
        media_uri(Path(path))
