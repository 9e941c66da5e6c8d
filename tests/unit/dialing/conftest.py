"""Examples here are pure and quick; how long one takes on a busy machine says nothing."""

from hypothesis import settings

settings.register_profile("dialing", deadline=None)
settings.load_profile("dialing")
