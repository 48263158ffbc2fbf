#!/bin/bash
# Two hosts on one database behind a proxy with sticky sessions; one is killed with SIGKILL under load, and started again. Nothing acknowledged may
# be lost, nothing done twice, the other serves on, and whoever was signed in stays so. The exit code is 1 when a promise is broken.
set -u
cd "$(dirname "$0")/.." || exit 2
[ "${1:-}" = --no-build ] && shift || dotnet build -c Release -nologo -v q Portal.Benchmarks || exit 2

# Whatever ends this script ends all that it has started, by their ids: the hosts are the children of the one that drives them.
end() {
    [ -n "${driver:-}" ] || return
    hosts=$(ps -o pid= --ppid "$driver")
    kill -9 "$driver" $hosts 2>/dev/null
    wait "$driver" 2>/dev/null
    rm -rf "$temp"
}
trap end EXIT
trap 'exit 130' INT TERM HUP
temp=$(mktemp -d)
TMPDIR=$temp dotnet Portal.Benchmarks/bin/Release/net10.0/Portal.Benchmarks.dll hosts "$@" &
driver=$!
wait "$driver"
status=$?
driver=
rm -rf "$temp"
exit $status
