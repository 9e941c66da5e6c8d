"""What somebody typed into the search box: letters to find in names and addresses, digits to find in numbers. Pure."""

import re
from dataclasses import dataclass

SHORTEST_WORD = 3
SHORTEST_DIGITS = 3
SURE_DIGITS = 7
_NUMBER = re.compile(r"\+?[\d().\-/]+")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` are all to be found anywhere, `prefix` begins the name, `digits` stand in a number."""

    words: tuple[str, ...] = ()
    prefix: str = ""
    digits: str = ""

    @property
    def empty(self) -> bool:
        return not (self.words or self.prefix or self.digits)

    @property
    def significant(self) -> str:
        """The digits without what is dialed before them: 00 abroad, 0 at home."""
        return self.digits.lstrip("0") or self.digits


def understood(text: str) -> Query:
    """Two letters are too few for an index on parts of words, so they are taken as a name's beginning."""
    pieces = text.split()[:10]
    digits = "".join(re.sub(r"\D", "", piece) for piece in pieces if _NUMBER.fullmatch(piece))
    if len(digits) < SHORTEST_DIGITS:
        digits, words = "", pieces
    else:
        words = [piece for piece in pieces if not _NUMBER.fullmatch(piece)]
    if words and all(len(word) < SHORTEST_WORD for word in words):
        return Query(prefix=" ".join(words), digits=digits)
    return Query(words=tuple(words), digits=digits)


def escaped(text: str) -> str:
    """For LIKE: nothing in it means anything."""
    return re.sub(r"([\\%_])", r"\\\1", text)
