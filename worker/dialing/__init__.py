"""Dialing: one job per workspace with running campaigns, in slices of some seconds, under a lease."""
