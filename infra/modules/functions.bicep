metadata description = 'The function app on Flex Consumption, and every setting that it is given.'

import { crawlSettings, endpointsOf, tagsOf } from '../types.bicep'

param name string
param planName string
param location string
param tags tagsOf

param identityId string
param identityClientId string

param storageName string
@description('Where the account\'s services answer.')
param storageEndpoints endpointsOf
param packageContainer string
param vaultUri string
param insightsConnectionString string

@description('Subnet that the app reaches others from; empty: none.')
param subnetId string

param instanceMemoryMB int
param maximumInstanceCount int
param requestsPerInstance int

param pseudonymKeyVersion int
param webhookKeyVersion int
param publicScores bool
param site string
param apiOrigins string
param crawl crawlSettings

func keyIn(vaultUri string, key string) string => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${key})'

var webhookKeyVersions = range(1, webhookKeyVersion)

// The hook makes these where they are missing; Goteo's comes from Goteo, and by hand.
var pseudonymKey = 'donors-pseudonym-key-${pseudonymKeyVersion}'
var webhookKeys = map(webhookKeyVersions, version => 'webhooks-key-${version}')

var hostSettings = {
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__blobServiceUri: storageEndpoints.blob
  AzureWebJobsStorage__queueServiceUri: storageEndpoints.queue
  AzureWebJobsStorage__tableServiceUri: storageEndpoints.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

var ownSettings = {
  Access__PublicScores: string(publicScores)
  Api__Origins: apiOrigins
  // The platform's front end is one proxy, and what it heard stands last in X-Forwarded-For. Without this all clients are one to the limits.
  Api__Proxies: '1'
  Crawl__Contact: crawl.contact
  Crawl__RequestsPerMinute: string(crawl.requestsPerMinute)
  Donors__PseudonymKey: keyIn(vaultUri, pseudonymKey)
  Donors__PseudonymKeyVersion: string(pseudonymKeyVersion)
  Platforms__Ulule__IsCrawled: string(crawl.ulule)
  Webhooks__KeyVersion: string(webhookKeyVersion)
}

// Older keys stay: secrets that were sealed with them are opened with them.
var webhookKeySettings = toObject(
  webhookKeyVersions,
  version => 'Webhooks__Keys__${version}',
  version => keyIn(vaultUri, 'webhooks-key-${version}')
)

// A donor of an earlier epoch can be erased only with the key of then.
var formerKeySettings = toObject(
  range(1, pseudonymKeyVersion - 1),
  version => 'Donors__FormerKeys__${version}',
  version => keyIn(vaultUri, 'donors-pseudonym-key-${version}')
)

var recipeSettings = toObject(
  range(0, length(crawl.recipes)),
  place => 'Platforms__Recipes__${place}',
  place => crawl.recipes[place]
)

var goteoSettings = empty(crawl.goteoUser)
  ? {}
  : {
      Platforms__Goteo__User: crawl.goteoUser
      Platforms__Goteo__Key: keyIn(vaultUri, 'goteo-key')
    }

// Without it the app's own address stands in.
var siteSettings = empty(site) ? {} : { Webhooks__Site: site }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storageEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: requestsPerInstance } }
      }
    }
    siteConfig: {
      http20Enabled: true
      minTlsVersion: '1.2'
      appSettings: map(
        items(union(hostSettings, ownSettings, webhookKeySettings, formerKeySettings, recipeSettings, goteoSettings, siteSettings)),
        setting => { name: setting.key, value: setting.value }
      )
    }
  }

  // No user and password: deployments sign in.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName

@description('Names, never values, of the keys that the hook makes.')
output keyNames string[] = concat([pseudonymKey], webhookKeys)
