metadata description = 'Succesmeter in Azure: a resource group, and all that stands in it.'

targetScope = 'subscription'

import { sizes as sizesOf } from 'environments.bicep'
import { crawlSettings } from 'types.bicep'

@minLength(1)
@maxLength(20)
@description('Name of the environment, such as production. Names of resources hold it.')
param environmentName string

@description('Region of everything that has one.')
@metadata({ azd: { type: 'location' } })
param location string = 'westeurope'

@minLength(3)
@maxLength(11)
@description('What the names of resources begin with, after the abbreviation of their type.')
param workload string = 'succesmeter'

@description('The same in each deployment of one environment, and another in every other.')
param token string = uniqueString(subscription().id, environmentName, location)

param resourceGroupName string = 'rg-${workload}-${environmentName}'

@minLength(3)
@maxLength(24)
@description('Unique in Azure; lower-case letters and digits.')
param storageName string = 'st${workload}${take(token, 11)}'

@minLength(3)
@maxLength(24)
@description('Unique in Azure. Another name is needed where a deleted vault still holds this one.')
param vaultName string = 'kv-${workload}-${take(token, 9)}'

@maxLength(60)
@description('Unique in Azure: the app answers at it.')
param functionAppName string = 'func-${workload}-${environmentName}-${take(token, 5)}'

@description('Sizes, days and amounts: see environments.bicep.')
param sizes sizesOf

@minLength(6)
@description('Who is told of alerts and of the budget.')
param alertEmail string

@description('First of the month, yyyy-MM-dd, in which the budget was made; empty: this month. The preprovision hook keeps it.')
param budgetStart string = ''

@description('Storage and vault are reached through private endpoints alone. The app itself stays public.')
param isPrivate bool = false

@description('Object id of a group whose people may read and drop raw files, which hold donors\' names; empty: nobody.')
param rawDataGroupId string = ''

@minValue(1)
@maxValue(255)
@description('Raise it to have donors made pseudonymous with a new key: a new epoch, across which loyalty and links are lost.')
param pseudonymKeyVersion int = 1

@minValue(1)
@maxValue(255)
@description('Raise it to have webhooks\' secrets sealed with a new key. Older keys stay in use for what they sealed.')
param webhookKeyVersion int = 1

@description('Everybody may read scores. A public "unlikely" can cause what it predicts.')
param publicScores bool = false

@description('Where people find the web application, such as https://meter.example; empty: the app\'s own address.')
param site string = ''

@description('Origins of other web pages that may ask, parted by semicolons.')
param apiOrigins string = ''

param crawl crawlSettings = {
  contact: ''
  requestsPerMinute: 18
  recipes: []
  ulule: false
  goteoUser: ''
}

var suffix = '${workload}-${environmentName}'
var tags = { 'azd-env-name': environmentName, workload: workload }
var packageContainer = 'app-package'

// What is reached privately, and the zone of its names.
var storageServices = ['blob', 'queue', 'table']
var storageZones = map(storageServices, service => 'privatelink.${service}.${az.environment().suffixes.storage}')
var vaultZone = 'privatelink.vaultcore.azure.net'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${suffix}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: storageName
    location: location
    tags: tags
    sku: sizes.storageSku
    isPrivate: isPrivate
    appPrincipalId: identity.outputs.principalId
    rawDataGroupId: rawDataGroupId
    packageContainer: packageContainer
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${suffix}'
    insightsName: 'appi-${suffix}'
    location: location
    tags: tags
    gbPerDay: sizes.logsGbPerDay
    days: sizes.logsDays
    appPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: vaultName
    location: location
    tags: tags
    isPrivate: isPrivate
    days: sizes.vaultDays
    appPrincipalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (isPrivate) {
  scope: group
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: tags
    dnsZones: concat(storageZones, [vaultZone])
  }
}

module storageEndpoint 'modules/privateEndpoint.bicep' = [
  for (service, i) in storageServices: if (isPrivate) {
    scope: group
    params: {
      name: 'pep-${suffix}-${service}'
      location: location
      tags: tags
      subnetId: network!.outputs.endpointsSubnetId
      targetId: storage.outputs.id
      service: service
      dnsZone: storageZones[i]
    }
  }
]

module vaultEndpoint 'modules/privateEndpoint.bicep' = if (isPrivate) {
  scope: group
  params: {
    name: 'pep-${suffix}-vault'
    location: location
    tags: tags
    subnetId: network!.outputs.endpointsSubnetId
    targetId: vault.outputs.id
    service: 'vault'
    dnsZone: vaultZone
  }
}

module functions 'modules/functions.bicep' = {
  scope: group
  params: {
    name: functionAppName
    planName: 'plan-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    storageEndpoints: storage.outputs.endpoints
    packageContainer: packageContainer
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    subnetId: isPrivate ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: sizes.instanceMemoryMB
    maximumInstanceCount: sizes.maximumInstanceCount
    requestsPerInstance: sizes.requestsPerInstance
    pseudonymKeyVersion: pseudonymKeyVersion
    webhookKeyVersion: webhookKeyVersion
    publicScores: publicScores
    site: site
    apiOrigins: apiOrigins
    crawl: crawl
  }
  // It asks for its storage and keys as soon as it is made.
  dependsOn: [storageEndpoint, vaultEndpoint]
}

module events 'modules/events.bicep' = {
  scope: group
  params: {
    name: 'egst-${suffix}'
    location: location
    tags: tags
    storageId: storage.outputs.id
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    prefix: suffix
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    topicId: events.outputs.id
    expectsScores: sizes.expectsScores
  }
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    displayName: 'Succesmeter, ${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: {
    name: 'budget-${suffix}'
    amount: sizes.monthlyBudget
    email: alertEmail
    start: budgetStart
  }
}

// azd hands these to the hooks, and to the build as MSBuild properties.
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = functions.outputs.name
output FUNCTION_APP_URL string = 'https://${functions.outputs.hostName}'
output EVENT_TOPIC_NAME string = events.outputs.name
output VAULT_NAME string = vault.outputs.name
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
@description('Names, never values, of the keys that must stand in the vault, parted by spaces.')
output KEY_NAMES string = join(functions.outputs.keyNames, ' ')
@description('How the deployed build differs from any other: files are told of by Event Grid.')
output BlobSource string = 'EventGrid'
@description('azd restores, builds and publishes; all three make the same build.')
output WorkerPackages string = 'true'
