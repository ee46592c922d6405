metadata description = 'Puts new keys into the vault, and never touches one that is there. The postprovision hook deploys this; it works also where the vault has no public address.'

param vaultName string

@secure()
@description('Values by the names of their keys.')
param keys { *: string }

@description('Names of the keys, each with a value in keys.')
param names string[]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

@onlyIfNotExists()
resource key 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [
  for name in names: {
    parent: vault
    name: name
    properties: { value: keys[name] }
  }
]
