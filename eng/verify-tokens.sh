#!/bin/sh
# Checks a running portal's access tokens with a library that is not ours (npm "jose"), and that forged ones are refused.
#   eng/verify-tokens.sh [base URL] [e-mail] [password]
set -eu
source=$(cd "$(dirname "$0")/verify-tokens" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$source/package.json" "$source/package-lock.json" "$source"/*.mjs "$work"
npm ci --prefix "$work" --silent --no-audit --no-fund --ignore-scripts
node "$work/verify.mjs" "${1:-http://localhost:5080}" "${2:-admin@portal.local}" "${3:-Portal!demo1}"
