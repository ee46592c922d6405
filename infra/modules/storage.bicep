metadata description = 'The account that everything lives in: no keys, nothing public, raw data for 30 days.'

import { endpointsOf, tagsOf } from '../types.bicep'
import { roles } from 'roles.bicep'

param name string
param location string
param tags tagsOf
param sku ('Standard_LRS' | 'Standard_ZRS')

@description('Reached through private endpoints alone.')
param isPrivate bool

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Object id of a group whose people may read and drop raw files; empty: nobody.')
param rawDataGroupId string

@description('Name of the container that deployments are kept in.')
param packageContainer string

// The app makes its tables, queues and containers itself. Containers are made here too, so that a role can be given on one of them
// and the first event finds its container; a test keeps the list equal to the app's.
var containers = ['archive', 'graph', 'incoming', 'lists', 'models', 'quarantine', 'reports']

// What was sent stands in these, with donors' names.
var rawContainers = ['archive', 'incoming', 'quarantine']
var rawDays = 30

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid belongs to those services and has to look at the account when it is subscribed to.
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

// Without soft delete and versions on purpose: what retention or an erasure removes has to be gone.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: false }
    containerDeleteRetentionPolicy: { enabled: false }
    isVersioningEnabled: false
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for one in concat(containers, [packageContainer]): {
    parent: blobs
    name: one
    properties: { publicAccess: 'None' }
  }
]

resource retention 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'raw-data'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: {
              blobTypes: ['blockBlob', 'appendBlob']
              prefixMatch: map(rawContainers, one => '${one}/')
            }
            actions: {
              baseBlob: {
                // Counted from when it came, not from the last change: an erasure that rewrites a file must not lengthen its stay.
                delete: { daysAfterCreationGreaterThan: rawDays }
              }
            }
          }
        }
      ]
    }
  }
}

// The host asks for the owner's role (it takes leases and makes containers of its own), and for queues where blobs trigger.
var appRoles = [roles.storageBlobDataOwner, roles.storageQueueDataContributor, roles.storageTableDataContributor]

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in appRoles: {
    scope: account
    name: guid(account.id, 'app', role)
    properties: {
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource rawContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = [
  for one in rawContainers: {
    parent: blobs
    name: one
  }
]

resource rawDataRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (one, i) in rawContainers: if (!empty(rawDataGroupId)) {
    scope: rawContainer[i]
    name: guid(account.id, one, rawDataGroupId, roles.storageBlobDataContributor)
    properties: {
      principalId: rawDataGroupId
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
    }
    dependsOn: [container]
  }
]

output id string = account.id
output name string = account.name
output endpoints endpointsOf = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}
