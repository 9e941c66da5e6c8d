"""The bench from its first figure to its last; says what it does, gives what it found."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ringyard.bench.contacts.run import Sizes, contact_base
from ringyard.bench.dialing import dialing
from ringyard.bench.figures import Figure
from ringyard.bench.house import house

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """`dialed`: how many contacts are dialed; what is None is not measured."""

    dialed: int | None
    contacts: Sizes | None


@dataclass(frozen=True)
class Outcome:
    """`faults`: attempts and INVITEs that disagree; the only thing that makes a run fail."""

    figures: list[Figure]
    faults: list[str]


async def run(home: Path, wanted: Wanted, say: Say) -> Outcome:
    """Measure what is wanted in a home of its own. Raises LocalError."""
    figures: list[Figure] = []
    faults: list[str] = []
    async with house(home, say) as made:
        say(f"load before: {load()}")
        if wanted.dialed is not None:
            figures, faults = await dialing(made, wanted.dialed, say)
        else:
            await made.start_product()
        if wanted.contacts is not None:
            figures += await contact_base(made, wanted.contacts, say)
        say(f"load after: {load()}")
    return Outcome(figures, faults)


def load() -> str:
    """Of the last minute, five and fifteen minutes, beside the number of processors."""
    return f"{' '.join(f'{one:.1f}' for one in os.getloadavg())} on {os.cpu_count()} processors"
