metadata description = 'The topic on which the account says what came. Who listens is added after the first deployment of the code.'

import { tagsOf } from '../types.bicep'

param name string
param location string
param tags tagsOf
param storageId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  properties: {
    source: storageId
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

output id string = topic.id
output name string = topic.name
