"""The contact base's figures: import, lists, export and bulk changes at a million contacts, and their neighbour."""
