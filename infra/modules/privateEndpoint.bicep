metadata description = 'One way from the network to one service of one resource.'

import { tagsOf } from '../types.bicep'

param name string
param location string
param tags tagsOf
param subnetId string

@description('Id of what it leads to.')
param targetId string

@description('The service of the target.')
param service ('blob' | 'queue' | 'table' | 'vault')

@description('Name of the zone, in this resource group, that the service\'s name is looked up in.')
param dnsZone string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: dnsZone
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: service
        properties: {
          privateLinkServiceId: targetId
          groupIds: [service]
        }
      }
    ]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: { privateDnsZoneId: zone.id }
        }
      ]
    }
  }
}
