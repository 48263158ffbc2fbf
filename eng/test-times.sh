#!/bin/sh
# Runs the tests and says how long each class took, the longest first: eng/test-times.sh [what a run wrote.trx]
cd "$(dirname "$0")/.." || exit 1
if [ $# -eq 0 ]; then
    results=$(mktemp -d)
    trap 'rm -rf "$results"' EXIT
    dotnet test --logger trx --results-directory "$results"
    set -- "$results"/*.trx
fi
# Classes run side by side, so their times add up to more than the run's.
cat "$@" | grep -o '<UnitTestResult [^>]*' | sed 's/.*testName="\([^"(]*\)[^"]*".*duration="\([^"]*\)".*/\1 \2/' | awk '
    { split($2, t, ":"); sub(/\.[^.]*$/, "", $1); seconds[$1] += t[1] * 3600 + t[2] * 60 + t[3]; tests[$1]++ }
    END { for (class in seconds) printf "%8.1f s %5d  %s\n", seconds[class], tests[class], class }' | sort -rn
