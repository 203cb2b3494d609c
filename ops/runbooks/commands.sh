# Shorthands of the runbooks, for bash: source ops/runbooks/commands.sh
# They work on a './tollgate up' with its usual ports and directory; elsewhere set TOLLGATE_DIRECTORY, or the commands' own
# means of access (OPERATOR_TOKEN, MONITOR_TOKEN, DATABASE as a URL for psql).
directory=${TOLLGATE_DIRECTORY:-.tollgate}

# operator: a token for everything; needed once a day.
operator() { printf '%s' "${OPERATOR_TOKEN:=$(./tollgate token operator --data-dir "$directory")}"; }

# get PORT/PATH: what a service answers an operator, indented.
get() {
  curl -sS -H "Authorization: Bearer $(operator)" "http://127.0.0.1:$1" | python3 -m json.tool --no-ensure-ascii
}

# post PORT/PATH [BODY]: posts as an operator.
post() {
  curl -sS -X POST -H "Authorization: Bearer $(operator)" -H "Idempotency-Key: $(date +%s%N)" \
    -H 'Content-Type: application/json' "http://127.0.0.1:$1" -d "${2:-"{}"}"
  echo
}

# metric PORT NAME: series of a service whose names begin so.
metric() {
  : "${MONITOR_TOKEN:=$(./tollgate token monitor --data-dir "$directory")}"
  curl -sS -H "Authorization: Bearer $MONITOR_TOKEN" "http://127.0.0.1:$1/actuator/prometheus" | grep "^$2"
}

# health PORT: what a service's readiness depends on, and whether it is there.
health() { curl -sS "http://127.0.0.1:$1/actuator/health/readiness"; echo; }

# sql SERVICE STATEMENT: asks the service's part of the database.
sql() {
  local url=${DATABASE:-}
  if [ -z "$url" ]; then
    url="postgresql://postgres:$(cat "$directory/postgres/password")@127.0.0.1:$(sed -n 's/^postgres=//p' "$directory/postgres/ports.properties")/tollgate"
  fi
  PGCONNECT_TIMEOUT=5 PGOPTIONS="-c search_path=$1 -c statement_timeout=10s" psql "$url" -X -c "$2"
}

# logs [WORD]: warnings and errors of the services, the last 20 that contain a word.
logs() { grep -hE ' (WARN|ERROR) ' "$directory"/logs/tollgate.log | grep -iF -- "${1:-}" | tail -n 20; }
