"""Every number of a file so far, in eight bytes each. Pure."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray


class Seen:
    """Numbers as integers, E.164 without the plus. A set of a million would take more than all else of the reader."""

    def __init__(self) -> None:
        self._sorted: NDArray[np.uint64] = np.empty(0, np.uint64)

    def add(self, numbers: Collection[int]) -> None:
        fresh = np.fromiter(numbers, np.uint64, len(numbers))
        self._sorted = np.sort(np.concatenate([self._sorted, fresh]), kind="stable")

    def among(self, numbers: Collection[int]) -> set[int]:
        """Which of these have been seen."""
        if not len(self._sorted):
            return set()
        asked = np.fromiter(numbers, np.uint64, len(numbers))
        places = np.searchsorted(self._sorted, asked)
        places[places == len(self._sorted)] = 0
        return set(asked[self._sorted[places] == asked].tolist())
