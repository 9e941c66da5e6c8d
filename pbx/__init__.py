"""All of Ringyard that knows Asterisk: nodes, ARI, endpoints, calls on channels. No HTTP pages and no jobs."""
