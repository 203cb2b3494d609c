#!/bin/bash
# Runs once, in a new database server: a database for each service, owned by a user of its own, whose password is a
# secret of the compose file. Nobody else may connect to it.
set -euo pipefail
for service in billing account notification; do
  password=$(<"/run/secrets/$service-password")
  psql -v ON_ERROR_STOP=1 -v service="$service" -v password="$password" -U "$POSTGRES_USER" -d postgres <<'SQL'
create role :"service" login password :'password';
create database :"service" owner :"service";
revoke connect on database :"service" from public;
SQL
done
