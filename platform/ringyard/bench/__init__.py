"""`ringyard bench`: the product's figures on this machine, each beside a bare one measured in the same run."""
