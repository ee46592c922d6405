metadata description = 'The page to watch the app on; what it shows stands in workbook.json.'

import { tagsOf } from '../types.bicep'

param location string
param tags tagsOf
param displayName string
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name has to be a GUID.
  name: guid(resourceGroup().id, 'watching')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: workspaceId
    serializedData: replace(loadTextContent('../workbook.json'), '{workspace}', workspaceId)
  }
}
