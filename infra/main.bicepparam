using './main.bicep'

import { production, staging } from 'environments.bicep'

// azd reads this file and knows what `azd env set NAME VALUE` was told. An environment whose name begins with `staging` is one.
var environment = readEnvironmentVariable('AZURE_ENV_NAME', 'production')

param environmentName = environment
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param sizes = startsWith(environment, 'staging') ? staging : production

// No default: alerts that reach nobody are none.
param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
param isPrivate = bool(readEnvironmentVariable('IS_PRIVATE', 'false'))
param rawDataGroupId = readEnvironmentVariable('RAW_DATA_GROUP_ID', '')

param pseudonymKeyVersion = int(readEnvironmentVariable('PSEUDONYM_KEY_VERSION', '1'))
param webhookKeyVersion = int(readEnvironmentVariable('WEBHOOK_KEY_VERSION', '1'))
param publicScores = bool(readEnvironmentVariable('PUBLIC_SCORES', 'false'))
param site = readEnvironmentVariable('SITE', '')
param apiOrigins = readEnvironmentVariable('API_ORIGINS', '')
param crawl = {
  contact: readEnvironmentVariable('CRAWL_CONTACT', '')
  requestsPerMinute: int(readEnvironmentVariable('CRAWL_REQUESTS_PER_MINUTE', '18'))
  recipes: filter(split(readEnvironmentVariable('CRAWL_RECIPES', ''), ','), recipe => !empty(recipe))
  ulule: bool(readEnvironmentVariable('CRAWL_ULULE', 'false'))
  goteoUser: readEnvironmentVariable('GOTEO_USER', '')
}
