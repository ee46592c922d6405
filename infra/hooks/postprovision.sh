#!/usr/bin/env bash
# Makes the keys that are not in the vault yet, and touches none that is there. azd runs it after it provisioned; running it again does nothing.
#
# Keys go in by a deployment: that needs no role on the vault's data, and works where the vault has no public address. Their
# values pass through pipes alone, never through an argument, a file or a log.
set -euo pipefail
cd "$(dirname "$0")/.."

: "${AZURE_SUBSCRIPTION_ID:?}" "${AZURE_RESOURCE_GROUP:?}" "${FUNCTION_APP_NAME:?}" "${VAULT_NAME:?}" "${KEY_NAMES:?}"
group="/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP"

# Whatever else than "is not there" went wrong ends the hook: a key that is only out of sight must not be made again.
is_there() {
  local answer
  if answer=$(az rest --method get --url "$group/providers/Microsoft.KeyVault/vaults/$VAULT_NAME/secrets/$1?api-version=2024-11-01" --query name --output tsv 2>&1); then
    return 0
  fi
  case $answer in
    *SecretNotFound* | *ResourceNotFound* | *"Not Found"*) return 1 ;;
  esac
  echo "postprovision: $answer" >&2
  exit 1
}

missing=()
for name in $KEY_NAMES; do
  is_there "$name" || missing+=("$name")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "All keys are in $VAULT_NAME."
  exit 0
fi

# {"keys":{"value":{"a":"…"}},"names":{"value":["a"]}}; names and Base64 need no escaping.
parameters() {
  local comma='' name key
  printf '{"vaultName":{"value":"%s"},"keys":{"value":{' "$VAULT_NAME"
  for name in "${missing[@]}"; do
    key=$(openssl rand -base64 32)
    printf '%s"%s":"%s"' "$comma" "$name" "$key"
    comma=,
  done
  printf '}},"names":{"value":['
  comma=''
  for name in "${missing[@]}"; do
    printf '%s"%s"' "$comma" "$name"
    comma=,
  done
  printf ']}}'
}

echo "Making in $VAULT_NAME: ${missing[*]}"
parameters | az deployment group create --subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP" \
  --name keys --template-file keys.bicep --parameters @- --output none

# The app asked for them when there were none, and would ask again only after a day.
az rest --method post --output none \
  --url "$group/providers/Microsoft.Web/sites/$FUNCTION_APP_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01"
