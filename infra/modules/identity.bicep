metadata description = 'Who the app is. What it may do stands beside each resource that it may do it to.'

import { tagsOf } from '../types.bicep'

param name string
param location string
param tags tagsOf

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
