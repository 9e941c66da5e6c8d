"""What can go wrong between us and a node."""


class AriError(Exception):
    """Any failure to have something done by a node."""


class AriRefusedError(AriError):
    """The node answered with an error: `status` is HTTP's, the message the node's own text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status
        self.text = text


class AriUnreachableError(AriError):
    """No connection could be made: the node has seen nothing of the request."""


class AriUnsureError(AriError):
    """No answer came in time or the connection broke: the node may have done it or not."""


class AppTakenError(AriError):
    """Another controller opened our application's websocket; this one hears nothing any more and must end."""
