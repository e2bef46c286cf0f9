#!/usr/bin/env bash
# The database container runs this once, on an empty data folder: the two roles and the product's database.
# The application role's rights inside the database are given by the migrate service (programme/embedded.py prepare).
set -euo pipefail
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner_password="$TRACKER_OWNER_PASSWORD" --set app_password="$TRACKER_APP_PASSWORD" <<'SQL'
CREATE ROLE tracker_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE tracker_app LOGIN PASSWORD :'app_password';
CREATE DATABASE tracker OWNER tracker_owner;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL
