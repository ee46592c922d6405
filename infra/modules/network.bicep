metadata description = 'A network of the app\'s own, and what it names. Private endpoints come by themselves, after what they lead to.'

import { tagsOf } from '../types.bicep'

param name string
param location string
param tags tagsOf

@description('One for each service that is reached privately.')
param dnsZones string[]

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.80.0.0/22'] }
    subnets: [
      {
        name: 'app'
        properties: {
          // An instance takes an address; 250 are more than the 40 instances need, and a subnet in use cannot grow.
          addressPrefix: '10.80.0.0/24'
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.80.1.0/27'
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for one in dnsZones: {
    name: one
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (one, i) in dnsZones: {
    parent: zone[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

output appSubnetId string = network::app.id
output endpointsSubnetId string = network::endpoints.id
