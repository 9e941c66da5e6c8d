"""What can be ordered of a node: frozen values, checked when made, so that nothing foreign reaches a dial string."""

import re
from dataclasses import dataclass

_DIALLED = re.compile(r"\+?[0-9*#]{2,32}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class BadOrderError(ValueError):
    """An order that a node must not see; the message names the field."""


@dataclass(frozen=True)
class IpTrunk:
    """A carrier known by its address; needs no configuration on the node."""

    host: str
    port: int = 5060

    def __post_init__(self) -> None:
        _check(_HOST, self.host, "host")
        if not 0 < self.port < 65536:
            raise BadOrderError("port")

    def endpoint(self, number: str) -> str:
        return f"PJSIP/out/sip:{number}@{self.host}:{self.port}"


@dataclass(frozen=True)
class SandboxTrunk:
    """The carrier that a node plays itself, at its own SIP address; its numbers: `config/extensions.conf`."""

    host: str
    port: int

    def endpoint(self, number: str) -> str:
        return f"PJSIP/out/sip:{number}@{self.host}:{self.port};sandbox"


@dataclass(frozen=True)
class Extension:
    """An agent's registered phone; every contact of it rings."""

    name: str

    def __post_init__(self) -> None:
        _check(_NAME, self.name, "name")

    def endpoint(self, number: str) -> str:
        return f"PJSIP/{self.name}"


Target = IpTrunk | SandboxTrunk | Extension


@dataclass(frozen=True)
class Originate:
    """One call to place. `call_id` is the channel's id: of one length for all calls (a prefix of a live id is refused).

    `tenant` is the workspace's schema. `number` is what is dialled; `caller_id` is shown to the callee (a number).
    `ring_timeout_s` bounds ringing; `limit_s` the call after its answer. Raises BadOrderError.
    """

    call_id: str
    tenant: str
    number: str
    target: Target
    caller_id: str
    ring_timeout_s: int = 30
    limit_s: int = 7200
    record: bool = False
    amd: bool = False

    def __post_init__(self) -> None:
        _check(_NAME, self.call_id, "call_id")
        _check(_NAME, self.tenant, "tenant")
        _check(_DIALLED, self.number, "number")
        if self.caller_id:
            _check(_DIALLED, self.caller_id, "caller_id")
        if self.ring_timeout_s < 1 or self.limit_s < 1:
            raise BadOrderError("ring_timeout_s, limit_s")

    @property
    def endpoint(self) -> str:
        return self.target.endpoint(self.number)


def recording_name(tenant: str, call_id: str) -> str:
    """The stored name of a call's recording, as ARI knows it (without suffix)."""
    return f"{tenant}/{call_id}"


def playback_id(tenant: str, call_id: str) -> str:
    """Playback events tell no channel variables, so the id carries whose call it is; one at a time per call."""
    return f"{tenant}.{call_id}"


def _check(pattern: re.Pattern[str], value: str, field: str) -> None:
    if not pattern.fullmatch(value):
        raise BadOrderError(f"{field}: {value!r}")
