"""What every list of the API takes: `limit`, and the opaque `cursor` of `ringyard.kit.keyset`."""

from typing import Annotated

from litestar.params import QueryParameter

from ringyard.kit.keyset import MOST

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="Items a page")]
Cursor = Annotated[str | None, QueryParameter(description="`next_cursor` of the page before")]
