using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>
/// The real executable, killed at random instants over each kind of its work: it ends where a run ends that nobody disturbed. Rows of histories, events, networks and models are the same, and a
/// subscriber was told all that it was told there, at least once and never the same event in other words.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Kills = Nightly.Number("SUCCESMETER_KILLS", Nightly.Is ? 204 : Enum.GetValues<Kind>().Length);

    [Fact]
    public async Task A_host_that_is_killed_again_and_again_over_all_its_work_ends_where_an_undisturbed_one_does()
    {
        var rounds = (int)Math.Ceiling((double)Kills / Enum.GetValues<Kind>().Length);
        await using var quiet = await Life.StartAsync(rounds, (_, _) => Task.CompletedTask);
        await quiet.LiveAsync();

        var dice = new Random(Nightly.Seed);
        var (tried, amid) = (new int[Enum.GetValues<Kind>().Length], new int[Enum.GetValues<Kind>().Length]);
        await using var killed = await Life.StartAsync(rounds, async (kind, life) =>
        {
            if (tried.Sum() == Kills)
                return;

            // Anywhere in the time that the undisturbed run took for it.
            await Task.Delay(quiet.Took[kind] * dice.NextDouble());
            if (!await life.IsDoneAsync(kind))
                amid[(int)kind]++;
            tried[(int)kind]++;
            await life.Host.KillAsync();
            life.Host.Start();
        });
        await killed.LiveAsync();

        var (one, other) = (await quiet.EndAsync(), await killed.EndAsync());
        Same.Rows(one.Rows, other.Rows);
        Assert.Equal(one.Told, other.Told);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fault: SIGKILL of the host, seed {Nightly.Seed}, tried {Kills}, held {Kills}; {one.Rows.Count} rows and {one.Told.Count} events are the same, {killed.ToldAgain} calls came again with the same words"));
        foreach (var kind in Enum.GetValues<Kind>())
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fault: SIGKILL over {kind} tried {tried[(int)kind]}, held {tried[(int)kind]}; {amid[(int)kind]} before the work was done, which undisturbed took {quiet.Took[kind].TotalSeconds:0.0} s"));
    }

    /// <summary>An account, a host, a site and a subscriber, and all that happens to them.</summary>
    private sealed class Life : IAsyncDisposable
    {
        private const int Campaigns = 40, Snapshots = 5, PagesARound = 4;
        private const int LettersSaid = 3000;

        /// <summary>A night may be a busy one.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Nightly.Is ? 20 : 4);

        private readonly Func<Kind, Life, Task> disturb;
        private readonly int rounds;
        private readonly string storage;
        private readonly TownSite site;
        private readonly Receiver subscriber;
        private readonly Dictionary<Kind, List<TimeSpan>> took = Enum.GetValues<Kind>().ToDictionary(static kind => kind, static _ => new List<TimeSpan>());
        private readonly Dictionary<Kind, long> started = [];
        private int round;
        private int toldBefore;

        private Life(int rounds, string storage, TownSite site, Receiver subscriber, Func<Kind, Life, Task> disturb)
        {
            (this.rounds, this.storage, this.site, this.subscriber, this.disturb) = (rounds, storage, site, subscriber, disturb);
            Host = new RealHost(
                storage,
                inside: null,
                ("Platforms__Recipes__0", site.RecipeFile), ("Crawl__AllowLoopback", "true"), ("Crawl__RequestsPerMinute", "600"), ("Crawl__Stagger", "00:00:00"))
            {
                OnSchedule = ["DonationsToNetwork", "OutcomesToModels"],
            };
        }

        public RealHost Host { get; }

        /// <summary>The mean time that each kind of work took.</summary>
        public Dictionary<Kind, TimeSpan> Took => took.ToDictionary(static one => one.Key, static one => TimeSpan.FromSeconds(one.Value.Average(static each => each.TotalSeconds)));

        public int ToldAgain => subscriber.All.Count - subscriber.All.Select(static told => told.Id).Distinct(StringComparer.Ordinal).Count();

        private string Platform => string.Create(CultureInfo.InvariantCulture, $"t{round:D2}");

        public static async Task<Life> StartAsync(int rounds, Func<Kind, Life, Task> disturb) =>
            new(rounds, await AzuriteAccounts.NextAsync(), await TownSite.StartAsync(campaigns: 0), await Receiver.StartAsync(), disturb);

        public async Task LiveAsync()
        {
            await Host.ListensAsync();
            await Host.SubscribeAsync(subscriber.Address);
            for (round = 0; round < rounds; round++)
            {
                toldBefore = Told().Count;
                await DoAsync(Kind.Ingest, () => Account.DropAsync(storage, $"{Platform}.ndjson", FaultTown.Ndjson(Platform, Campaigns, Snapshots)));
                await DoneAsync(Kind.Ingest);
                await DoAsync(Kind.Scoring, static () => Task.CompletedTask);
                await Eventually.IsAsync(() => Told().Count > toldBefore);
                await DoAsync(Kind.Delivery, static () => Task.CompletedTask);
                await DoneAsync(Kind.Scoring);
                await DoneAsync(Kind.Delivery);
                await DoAsync(Kind.Crawl, async () =>
                {
                    site.Campaigns = (round + 1) * PagesARound;
                    await Host.ListensAsync();
                    await Host.SearchAsync("buurt");
                });
                await DoneAsync(Kind.Crawl);
                await DoAsync(Kind.Network, () => MissedAsync("DonationsToNetwork", TimeSpan.FromHours(1), static now => LastAt(now, TimeSpan.FromHours(1), TimeSpan.FromMinutes(20))));
                await DoneAsync(Kind.Network);
            }

            // Last, because what was learned is in every score from then on.
            for (round = 0; round < rounds; round++)
            {
                await Account.EmptyAsync(storage, "models");
                await DoAsync(Kind.Training, () => MissedAsync("OutcomesToModels", TimeSpan.FromDays(1), static now => LastAt(now, TimeSpan.FromDays(1), new TimeSpan(3, 40, 0))));
                await DoneAsync(Kind.Training);
            }

            round = rounds - 1;
            await Account.QuietAsync(storage, Patience);
        }

        public async Task<bool> IsDoneAsync(Kind kind) => kind switch
        {
            Kind.Ingest => !await Account.HasFilesAsync(storage),
            Kind.Scoring => await Account.MessagesAsync(storage, "campaigns-to-score") == 0 && await ScoredAsync(),
            Kind.Delivery => await Account.IsQuietAsync(storage),
            Kind.Crawl => (await CrawledAsync()).Count == site.Campaigns,
            Kind.Network => await Account.RanAsync(storage, "DonationsToNetwork"),
            _ => await Account.RanAsync(storage, "OutcomesToModels"),
        };

        /// <summary>What two runs must agree on.</summary>
        public async Task<(IReadOnlyList<string> Rows, IReadOnlyList<string> Told)> EndAsync()
        {
            // Pages are seen when they are seen; of those what was shown is compared.
            var rows = (await Rows.OfAsync(storage)).Where(static row => !row.Contains(" buurt", StringComparison.Ordinal)).ToList();
            rows.AddRange(await Account.RowsAsync(storage, "Network"));
            rows.AddRange(await CrawledAsync());
            rows.Add(await Account.LedgerAsync(storage));
            for (round = 0; round < rounds; round++)
                rows.Add(await NetworkAsync());

            foreach (var told in subscriber.All.GroupBy(static told => told.Id, StringComparer.Ordinal))
                Assert.Single(told.Select(static one => one.Body).Distinct(StringComparer.Ordinal));
            return (rows, [.. Told().Order(StringComparer.Ordinal)]);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await subscriber.DisposeAsync();
            await site.DisposeAsync();
        }

        private HashSet<string> Told() => [.. subscriber.All.Where(static told => told.Type != "test.ping").Select(static told => told.Id)];

        private async Task DoAsync(Kind kind, Func<Task> begin)
        {
            await begin();
            var began = Stopwatch.GetTimestamp();
            started[kind] = began;
            await disturb(kind, this);
        }

        private async Task DoneAsync(Kind kind)
        {
            var began = Stopwatch.GetTimestamp();
            while (!await IsDoneAsync(kind))
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new TimeoutException($"{kind} of round {round} was not done. The host said last: {Host.Said[^Math.Min(Host.Said.Length, LettersSaid)..]}");
                await Task.Delay(50);
            }

            took[kind].Add(Stopwatch.GetElapsedTime(started[kind]));
        }

        private async Task MissedAsync(string function, TimeSpan period, Func<DateTime, DateTime> lastBefore)
        {
            await Host.ListensAsync();
            await Host.StopAsync();
            await Account.LetLapseAsync(storage);
            await Account.MissAsync(storage, function, period, lastBefore);
            Host.Start();
        }

        private async Task<bool> ScoredAsync() =>
            (await Account.RowsAsync(storage, "Campaigns")).Count(row => row.StartsWith($"Campaigns {Platform} ", StringComparison.Ordinal)) == Campaigns;

        /// <summary>What is shown of a network, but when it was looked at.</summary>
        private async Task<string> NetworkAsync()
        {
            var shown = JsonNode.Parse((await Host.GetAsync($"/api/platforms/{Platform}/network")).GetRawText())!.AsObject();
            Assert.True(shown.Remove("asOf"));
            return $"network {Platform} {shown.ToJsonString()}";
        }

        /// <summary>What the crawl brought, without when.</summary>
        private async Task<IReadOnlyList<string>> CrawledAsync()
        {
            var shown = new List<string>();
            await foreach (var row in new TableClient(storage, "Campaigns").QueryAsync<TableEntity>("PartitionKey eq 'buurt'"))
                if (row.GetInt64("PledgedMinor") is { } pledged)
                    shown.Add(string.Create(CultureInfo.InvariantCulture, $"{row.PartitionKey} {row.RowKey} {row.GetString("Title")} {pledged} {row.GetInt64("GoalMinor")} {row.GetString("Currency")}"));
            return shown;
        }

        /// <returns>The last occurrence of a schedule.</returns>
        private static DateTime LastAt(DateTime now, TimeSpan period, TimeSpan offset)
        {
            var at = new DateTime(now.Ticks - (now.Ticks % period.Ticks), DateTimeKind.Utc) + offset;
            return at <= now ? at : at - period;
        }
    }
}
