metadata description = 'Who is told what. Queries look for what the app logs; a test finds each text in the code.'

import { tagsOf } from '../types.bicep'

param location string
param tags tagsOf
param prefix string
param email string
param workspaceId string

@description('Id of the Event Grid topic of the storage account.')
param topicId string

@description('Alert when nothing was scored for a day.')
param expectsScores bool

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${prefix}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'succesmeter'
    emailReceivers: [
      {
        name: 'mail'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

@description('An alert on lines of the log. It looks back further than to its last look, since telemetry comes some minutes late.')
type logAlert = {
  name: string
  @description('What it means, and what to do.')
  description: string
  severity: 0 | 1 | 2 | 3 | 4
  every: string
  lookBack: string
  @description('Parts of messages of the log, as they stand in the code.')
  says: string[]
}

var logAlerts logAlert[] = [
  {
    name: 'poison'
    description: 'Something failed for a day and is tried no more: it waits in a poison queue for a person. The line says what it is.'
    severity: 1
    every: 'PT1H'
    lookBack: 'PT2H'
    says: [
      'A message that nobody can read waits for a person since'
      'could not be scored for a day, since'
      'could not be fetched and read for a day, since'
      'could not be tried for a day, since'
      'could not be read for a day, since'
    ]
  }
  {
    name: 'crawl'
    description: 'A platform must have changed, or its lists cannot be searched. The recipe or reader has to be looked at.'
    severity: 2
    every: 'PT1H'
    lookBack: 'PT2H'
    says: ['must have changed:', 'cannot be searched as it should:']
  }
  {
    name: 'deliveries'
    description: 'A subscription was disabled because its endpoint fails or its token ended, or deliveries wait for a key.'
    severity: 2
    every: 'PT1H'
    lookBack: 'PT2H'
    says: ['is disabled:', 'waits: no key for secrets is configured', 'waits: its secret cannot be opened']
  }
  {
    name: 'drift'
    description: 'Fewer or more campaigns reach their goal than forecast, or the serving model cannot be read. See /api/models.'
    severity: 2
    // Outcomes are looked at once a day; a rule that is evaluated less often than this does not end by itself.
    every: 'PT6H'
    lookBack: 'P1D'
    says: ['probabilities drift.', 'that serves cannot be read, so the shipped one takes its place']
  }
]

// A line that was logged with an exception is kept as that exception, and its text in a property; Properties holds both.
resource logAlertRule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for one in logAlerts: {
    name: 'alert-${prefix}-${one.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${prefix}: ${one.name}'
      description: one.description
      enabled: true
      severity: one.severity
      scopes: [workspaceId]
      evaluationFrequency: one.every
      windowSize: one.lookBack
      autoMitigate: true
      // The tables of a new workspace come with the first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: 'union isfuzzy=true AppTraces, AppExceptions | extend Text = strcat(Message, " ", OuterMessage, " ", tostring(Properties)) | where ${join(map(one.says, text => 'Text contains "${text}"'), ' or ')}'
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

// No line is written for each score, so this one counts the meter's.
resource silence 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (expectsScores) {
  name: 'alert-${prefix}-no-scores'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${prefix}: no-scores'
    description: 'Nothing was scored for 24 hours, although every live campaign is scored at least daily. Either none is live, or the app stands still: see /api/health.'
    enabled: true
    severity: 1
    scopes: [workspaceId]
    evaluationFrequency: 'PT1H'
    windowSize: 'P1D'
    autoMitigate: true
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "succesmeter.scores" and Sum > 0'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}

// The app cannot log what never reached it.
resource dropped 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-${prefix}-dropped-files'
  location: 'global'
  tags: tags
  properties: {
    description: 'A file came into incoming and the app was not told of it, for a day of tries. Drop it again under another name.'
    enabled: true
    severity: 1
    scopes: [topicId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dropped'
          metricName: 'DroppedEventCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}
