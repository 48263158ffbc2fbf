#!/bin/sh
# Adds a migration for both databases: eng/migrate.sh NameOfTheChange
set -e
cd "$(dirname "$0")/.."
dotnet tool restore
for provider in Sqlite SqlServer; do
    dotnet ef migrations add "$1" --project Portal.Core --startup-project Portal.Core --context "${provider}PortalDb" \
        --output-dir "Foundation/Data/Migrations/$provider"
done
