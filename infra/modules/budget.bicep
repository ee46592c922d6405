metadata description = 'What a month may cost before somebody hears of it. It stops nothing.'

param name string

@description('In the subscription\'s currency.')
param amount int
param email string

@description('The first of the month in which the budget was made, yyyy-MM-dd; it must not change afterwards. Empty: this month.')
param start string

@description('Leave it: it is how a template asks for the date.')
param thisMonth string = utcNow('yyyy-MM-01')

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: empty(start) ? thisMonth : start }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      nearly: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 90
        thresholdType: 'Actual'
        contactEmails: [email]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [email]
      }
    }
  }
}
