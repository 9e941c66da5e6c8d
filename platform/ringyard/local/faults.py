"""What goes wrong while one machine is set up or started."""


class LocalError(Exception):
    """An expected fault; its text is one sentence that says what to do."""
