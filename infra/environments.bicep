// What differs between environments. main.bicepparam takes one of them by the name of the environment.

@export()
@description('Sizes of one environment.')
type sizes = {
  @description('Copies of what is stored: ZRS keeps three in as many zones of the region.')
  storageSku: 'Standard_LRS' | 'Standard_ZRS'

  @description('Memory of an instance, in MB. Training needs more than 512.')
  instanceMemoryMB: 2048 | 4096

  @description('Instances at most, per function group; the platform takes no less than 40.')
  @minValue(40)
  @maxValue(1000)
  maximumInstanceCount: int

  @description('Requests at once on one instance.')
  @minValue(1)
  @maxValue(1000)
  requestsPerInstance: int

  @description('GB of telemetry a day; what comes after is dropped until the next day.')
  @minValue(1)
  logsGbPerDay: int

  @description('Days that telemetry is kept; 30 cost nothing extra.')
  @minValue(30)
  @maxValue(730)
  logsDays: int

  @description('Days in which a deleted vault or key can be brought back, and in which the vault\'s name stays taken.')
  @minValue(7)
  @maxValue(90)
  vaultDays: int

  @description('A month, in the subscription\'s currency. Mails go out at half, at nine tenths, and when more is forecast.')
  @minValue(1)
  monthlyBudget: int

  @description('Alert when nothing was scored for a day. False where days without a live campaign are usual.')
  expectsScores: bool
}

@export()
var production sizes = {
  storageSku: 'Standard_ZRS'
  instanceMemoryMB: 2048
  maximumInstanceCount: 40
  requestsPerInstance: 16
  logsGbPerDay: 1
  logsDays: 90
  vaultDays: 90
  monthlyBudget: 50
  expectsScores: true
}

@export()
var staging sizes = {
  storageSku: 'Standard_LRS'
  instanceMemoryMB: 2048
  maximumInstanceCount: 40
  requestsPerInstance: 16
  logsGbPerDay: 1
  logsDays: 30
  vaultDays: 7
  monthlyBudget: 20
  expectsScores: false
}
