#!/bin/bash
# Fills the disk under a running portal and makes room again: writes must be refused, nothing acknowledged lost, reads go on, and it must heal by
# itself. Mounts a small tmpfs of its own, so it needs root; curl too. Run after `dotnet build`; exit code 1 when a promise is broken.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "This mounts a tmpfs and needs root."; exit 2; }
data=$(mktemp -d); log=$(mktemp); port=${PORT:-5187}; url=http://127.0.0.1:$port; failed=0
mount -t tmpfs -o size=24m portal-disk-full "$data" || { echo "A tmpfs cannot be mounted here."; rmdir "$data"; exit 2; }
end() { kill "$host" 2>/dev/null; wait "$host" 2>/dev/null; umount "$data"; rmdir "$data"; rm -f "$log"; }
trap end EXIT
Portal__DataPath=$data Portal__MasterKey=$(head -c 32 /dev/urandom | base64) Portal__PublicUrl=http://localhost ASPNETCORE_URLS=$url \
    Portal__ApiRequestsPerMinute=1000000 ASPNETCORE_ENVIRONMENT=Production dotnet "$root/Portal/bin/Debug/net10.0/Portal.dll" --seed-demo > "$log" 2>&1 &
host=$!

promise() { if [ "$2" = "$3" ]; then echo "passed: $1 ($2)"; else echo "FAILED: $1: $2, not $3"; failed=1; fi; }
login() { curl -s -o /dev/null -w '%{http_code}' "$url/api/auth/login" -H 'Content-Type: application/json' -d '{"email":"owner@acme.local","password":"Portal!demo1"}'; }
read_audit() { curl -s -o /dev/null -w '%{http_code}' "$url/api/audit?page_size=1" -H "Authorization: Bearer $token"; }
ready() { curl -s -o /dev/null -w '%{http_code}' "$url/health/ready"; }
recorded() { curl -s "$url/api/audit?type=signed_in&page_size=1" -H "Authorization: Bearer $token" | sed 's/.*"total":\([0-9]*\).*/\1/'; }

for _ in $(seq 120); do [ "$(ready)" = 200 ] && break; sleep 0.5; done
promise "the host is ready" "$(ready)" 200
token=$(curl -s "$url/api/auth/login" -H 'Content-Type: application/json' -d '{"email":"admin@portal.local","password":"Portal!demo1"}' | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
before=$(recorded); acknowledged=0
for _ in $(seq 10); do [ "$(login)" = 200 ] && acknowledged=$((acknowledged + 1)); done
promise "sign-ins before" "$acknowledged" 10

dd if=/dev/zero of="$data/filler" bs=4k 2> /dev/null
echo "the disk is full: $(df --output=avail -k "$data" | tail -1 | tr -d ' ') KiB left"
refused=0; other=0
for _ in $(seq 200); do
    case $(login) in 200) acknowledged=$((acknowledged + 1)) ;; 503) refused=$((refused + 1)) ;; *) other=$((other + 1)) ;; esac
    [ "$refused" -ge 10 ] && break
done
echo "while full: $acknowledged acknowledged in all, $refused refused with 503, $other answered otherwise"
promise "sign-ins refused with 503" "$refused" 10
promise "sign-ins answered otherwise" "$other" 0
reads=0; for _ in $(seq 20); do [ "$(read_audit)" = 200 ] && reads=$((reads + 1)); done
promise "reads while full" "$reads" 20
promise "ready while full" "$(ready)" 503
promise "alive while full" "$(curl -s -o /dev/null -w '%{http_code}' "$url/health/live")" 200

rm "$data/filler"; sleep 3
healed=$(login); [ "$healed" = 200 ] && acknowledged=$((acknowledged + 1))
promise "a sign-in once there is room" "$healed" 200
promise "ready once there is room" "$(ready)" 200
promise "sign-ins recorded" "$(recorded)" $((before + acknowledged))
for _ in $(seq 20); do chain=$(curl -s "$url/api/audit/chain" -H "Authorization: Bearer $token"); case $chain in *'"unsealed":0'*) break ;; esac; sleep 1; done
case $chain in *'"trouble":null'*) promise "the chain is whole" whole whole ;; *) promise "the chain is whole" "$chain" whole ;; esac
kill -TERM "$host"; wait "$host"; promise "exit code" $? 0
exit $failed
