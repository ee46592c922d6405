#!/usr/bin/env bash
# Says what is missing before anything is made, and keeps what must stay the same over deployments. azd runs it before it provisions.
set -euo pipefail

fail() {
  echo "preprovision: $1" >&2
  exit 1
}

for program in az azd openssl; do
  command -v "$program" >/dev/null || fail "$program is not on the PATH."
done
[ -n "${ALERT_EMAIL:-}" ] || fail "nobody would hear of alerts: azd env set ALERT_EMAIL you@example.org"
az account show --subscription "${AZURE_SUBSCRIPTION_ID:?azd sets it}" --output none ||
  fail "the hooks use the Azure CLI, which is not signed in to subscription $AZURE_SUBSCRIPTION_ID: az login"

# The first month of a budget cannot be changed afterwards.
if [ -z "${BUDGET_START:-}" ]; then
  azd env set BUDGET_START "$(date -u +%Y-%m-01)"
fi

# The app's subnet is delegated to this provider, which no resource of the templates would register.
if [ "${IS_PRIVATE:-false}" = true ]; then
  az provider register --subscription "$AZURE_SUBSCRIPTION_ID" --namespace Microsoft.App --wait
fi
