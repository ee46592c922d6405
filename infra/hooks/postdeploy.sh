#!/usr/bin/env bash
# Has Event Grid tell the app of files that come into the container incoming. azd runs it after it deployed the code, since the
# key that the address needs is made by the running host; running it again changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

: "${AZURE_SUBSCRIPTION_ID:?}" "${AZURE_RESOURCE_GROUP:?}" "${FUNCTION_APP_NAME:?}" "${EVENT_TOPIC_NAME:?}" "${FUNCTION_APP_URL:?}"
function=FilesToSnapshots
in_group=(--subscription "$AZURE_SUBSCRIPTION_ID" --resource-group "$AZURE_RESOURCE_GROUP")

fail() {
  echo "postdeploy: $1" >&2
  exit 1
}

# Asks whether the key is there, not for the key.
has_key() {
  [ "$(az functionapp keys list "${in_group[@]}" --name "$FUNCTION_APP_NAME" --query "systemKeys.blobs_extension != null" --output tsv 2>/dev/null)" = true ]
}

tries=30
until has_key; do
  tries=$((tries - 1))
  [ $tries -gt 0 ] || fail "$FUNCTION_APP_NAME has no system key blobs_extension after five minutes: does it start? See $FUNCTION_APP_URL/api/health and its log."
  sleep 10
done

# A build for the container scan would deploy well and then read no file: this plan wakes nobody up for a scan.
source=$(az functionapp function show "${in_group[@]}" --name "$FUNCTION_APP_NAME" --function-name "$function" \
  --query "config.bindings[?type=='blobTrigger'].source | [0]" --output tsv)
[ "$source" != LogsAndContainerScan ] || fail "the code was built without BlobSource=EventGrid. Run azd provision, then azd deploy."

# Event Grid asks the app at once whether it wants to be told, and an app that just wakes up may miss it.
tries=3
until az deployment group create "${in_group[@]}" --name incoming-events --template-file incoming-events.bicep --output none \
  --parameters functionAppName="$FUNCTION_APP_NAME" topicName="$EVENT_TOPIC_NAME" functionName="$function"; do
  tries=$((tries - 1))
  [ $tries -gt 0 ] || fail "Event Grid could not be subscribed. Run the hook again: azd hooks run postdeploy"
  sleep 20
done
echo "Event Grid tells $FUNCTION_APP_NAME of files that come into incoming."
