"""Every actor: a door of a few lines. Importing this package declares them all on the broker that is set."""
