#!/usr/bin/env bash
# Prints the folder that holds a usable node and npm (node 18 or newer); fails when there is none.
set -euo pipefail

recent() { [ -x "$1/node" ] && [ -e "$1/npm" ] && [ "$("$1/node" -p 'process.versions.node.split(".")[0]')" -ge 18 ]; }

carried="$PWD/.tools/node/bin"
machine="$(dirname "$(command -v node || echo /nonexistent/node)")"
for folder in "$machine" "$carried"; do
  if recent "$folder"; then
    echo "$folder"
    exit 0
  fi
done
exit 1
