// What more than one file speaks of.

@export()
type tagsOf = { *: string }

@export()
@description('Where the services of a storage account answer.')
type endpointsOf = { blob: string, queue: string, table: string }

@export()
@description('Which platforms are visited, and who says so. Without a contact none is.')
type crawlSettings = {
  @description('An https or mail address that stands in the User-Agent.')
  contact: string

  @description('Requests a minute that one host is asked. 18 keeps within what Goteo allows, also over the edge of a minute.')
  @minValue(6)
  @maxValue(600)
  requestsPerMinute: int

  @description('`growfunding`, which is shipped, or files that are deployed with the app.')
  recipes: string[]

  ulule: bool

  @description('Empty: Goteo is not visited. With a user its key must stand in the vault as `goteo-key`.')
  goteoUser: string
}
