using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.LocalHost.Demo;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.LocalHost.Tests.Demo;

/// <summary>The town's pages as its recipe reads them, and on through the reader of files.</summary>
public sealed class TownRecipeTests
{
    private static readonly RecipePlatform Platform = new(TownRecipe.For(Founded.Address));
    private static readonly KeyedPseudonyms Pseudonyms = new("a key that is long enough"u8, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(17)]
    [InlineData(333.3)]
    public async Task Every_page_is_read_to_the_last_number(double days)
    {
        var now = Founded.At.AddDays(days);
        foreach (var view in Founded.Town().At(now, 12))
        {
            var snapshot = await ReadAsync(view, now, TownWords.In(view.Campaign.Language));
            AreEqual(view, now, snapshot);
        }
    }

    [Fact]
    public async Task Each_language_shows_the_same()
    {
        foreach (var view in Founded.Town().At(Founded.At, 3))
        {
            var all = new List<Snapshot>();
            foreach (var words in TownWords.All)
                all.Add(await ReadAsync(view, Founded.At, words));
            Assert.Equal(all[0], all[1]);
            Assert.Equal(all[0], all[2]);
        }
    }

    [Fact]
    public async Task What_people_write_is_shown_as_they_wrote_it()
    {
        const string hostile = "</script><script>alert(1)</script>\"'&amp;<!-- <b data-account='x'>€ 5</b> ]]> \u202E{SITE}";
        var person = new TownPerson(hostile, hostile, 0, 0, "\"><i>", 1);
        var plain = Founded.Town().Of(TownKind.Hit, 1).Single();
        var campaign = plain with
        {
            Title = hostile,
            Description = hostile,
            Category = hostile,
            Holder = person,
            Gifts = [.. plain.Gifts.Select(gift => gift with { Donor = person, Message = gift.Message is null ? null : hostile })],
            Comments = [.. plain.Comments.Select(comment => comment with { Author = person, Text = hostile })],
            Rewards = [.. plain.Rewards.Select(reward => reward with { Title = hostile })],
            Needs = [.. plain.Needs.Select(need => need with { Title = hostile })],
            Updates = [.. plain.Updates.Select(update => update with { Title = hostile })],
        };
        var view = campaign.At(campaign.ClosedAt);
        var html = TownPages.Campaign(view, TownWords.In("nl"), Founded.Address);

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<script").Length - 1);
        AreEqual(view, campaign.ClosedAt, await ReadAsync(view, campaign.ClosedAt, TownWords.In("nl")));
    }

    [Fact]
    public void The_sitemap_shows_what_is_live_and_what_ended_lately()
    {
        var views = Founded.Town().At(Founded.At, TownSite.ListedDaysAfterEnd).ToList();
        var page = new FetchedPage(Assert.Single(Platform.Entrances), "application/xml", Encoding.UTF8.GetBytes(TownPages.Sitemap(views, Founded.Address)), Founded.At);
        var discovery = Platform.Discover(page);

        Assert.Empty(discovery.Complaints);
        Assert.Equal(views.Select(view => view.Campaign.Id), discovery.Found.Select(found => found.Campaign.Name));
        Assert.Contains(views, view => !view.IsLive);
        Assert.All(discovery.Found, found => Assert.Equal(new Uri(Founded.Address, "p/" + found.Campaign.Name), found.Address));
    }

    [Fact]
    public async Task The_past_is_a_file_without_a_fault()
    {
        var (content, rows) = TownHistory.Ndjson(Founded.Town(), Founded.At, Founded.Address, CancellationToken.None);
        var taken = await ReadAsync(content, Founded.At);

        Assert.Equal(rows, taken.Count);
        Assert.InRange(rows, 200, 500);
        Assert.True(content.Length < 12 << 20, $"{content.Length} bytes");
        Assert.True(taken.Where(snapshot => snapshot.Status is not CampaignStatus.Live).Select(snapshot => snapshot.Campaign).Distinct().Count() >= 30);
        Assert.All(taken, snapshot => Assert.True(snapshot.TakenAt <= Founded.At));
    }

    private static async Task<Snapshot> ReadAsync(TownView view, DateTimeOffset now, TownWords words)
    {
        var found = new FoundCampaign(new CampaignId(Platform.Platform, view.Campaign.Id), new Uri(Founded.Address, "p/" + view.Campaign.Id), view.Campaign.Id);
        var html = TownPages.Campaign(view, words, Founded.Address);
        var visit = Platform.Look(found, [new FetchedPage(Platform.FirstPage(found), "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html), now)], now);

        Assert.Empty(visit.Complaints);
        var seen = Assert.IsType<PageReading.Seen>(visit.Reading);
        return Assert.Single(await ReadAsync(new MemoryStream(seen.Snapshot.ToArray()), now));
    }

    private static async Task<List<Snapshot>> ReadAsync(Stream content, DateTimeOffset now)
    {
        var snapshots = new List<Snapshot>();
        await foreach (var row in SnapshotFile.ReadAsync(content, new() { ReceivedAt = now, ZoneOf = _ => Town.Zone, Pseudonyms = Pseudonyms }, CancellationToken.None))
        {
            var taken = Assert.IsType<ReadRow.Taken>(row);
            Assert.Equal(0, taken.UnknownFields);
            snapshots.Add(taken.Snapshot);
        }

        return snapshots;
    }

    private static void AreEqual(TownView view, DateTimeOffset now, Snapshot read)
    {
        var campaign = view.Campaign;
        Assert.Equal(now, read.TakenAt);
        Assert.Equal(view.State, read.Status!.Value.ToString().ToLowerInvariant());
        Assert.Equal(One(campaign.Title), read.Title);
        Assert.Equal(One(campaign.Description), read.Description);
        Assert.Equal(One(campaign.Holder.Account!), read.Holder);
        Assert.Equal(One(campaign.Category), read.Category);
        Assert.Equal([campaign.Language], read.Languages);
        Assert.Equal(TownDistricts.PostCode(campaign.District), read.Place);
        Assert.NotNull(read.Latitude);
        Assert.NotNull(read.Longitude);
        Assert.Equal("EUR", read.Currency);
        Assert.Equal(campaign.Goal, (int?)read.Goal);
        Assert.Equal(view.StretchGoal, (int?)read.StretchGoal);
        Assert.Equal(campaign.CountsOrders ? GoalUnit.Orders : GoalUnit.Money, read.GoalUnit);
        Assert.Equal(campaign.IsRecurring ? FundingModel.Recurring : campaign.KeepsAll ? FundingModel.KeepItAll : FundingModel.AllOrNothing, read.Funding);
        Assert.Equal(campaign.LaunchedAt, read.LaunchedAt!.Value.At);
        Assert.Equal(campaign.EndsAt, read.EndsAt?.At);
        Assert.Equal(view.Pledged, read.Pledged);
        Assert.Equal(view.Backers, read.Backers);
        Assert.Equal(view.Comments.Count, read.Comments);
        Assert.Equal(view.Updates.Count, read.Updates);
        Assert.Equal(view.Followers, read.Followers);
        Assert.Equal(view.Shares, read.Shares);
        Assert.Equal(view.FilledNeeds, read.Collaborators);
        Assert.Equal(campaign.IsSensitive, read.Sensitive);
        Assert.Equal(new Needs(campaign.Needs.Count, view.FilledNeeds), read.Needs);
        Assert.Equal(campaign.IsRecurring ? new Members(view.MembersActive, view.MembersStarted, view.MembersStopped) : null, read.Members);
        Assert.Equal(campaign.Rewards.Select((reward, i) => ((decimal?)reward.Price, (int?)view.Gifts.Count(gift => gift.Reward == i), reward.Limit)), read.Rewards.Select(reward => (reward.Price, reward.Claimed, reward.Limit)));
        Assert.True(read.ActionLogKept);
        Assert.Equal(
            view.Actions.Select(action => (action.At, action.Kind)).Concat(view.Updates.Select(update => (update.At, "update"))).Order(),
            read.Actions.Select(action => (action.At.At, action.Kind.ToString().ToLowerInvariant())).Order());
        Assert.Equal(view.Gifts.Count > 0 ? ContributionsAre.All : null, read.ContributionsAre);
        Assert.Equal(
            view.Gifts.Select(gift => (gift.Id, gift.At, (decimal)gift.Amount, gift.Anonymous ? null : Of(gift.Donor), gift.Anonymous, gift.Anonymous ? null : IdentityOf(gift.Donor), gift.Message?.Length, gift.Anonymous ? null : gift.Donor.PostCode, gift.Reward is null)),
            read.Contributions.Reverse().Select(gift => (gift.Id!, gift.At!.Value.At, gift.Amount!.Value, gift.Donor, gift.Anonymous, gift.Identity, gift.MessageLength, gift.Place, gift.RewardWaived)));
        Assert.Equal(
            view.Comments.Select(comment => (comment.Id, comment.At, comment.ByHolder ? null : OfAuthor(comment.Author.Account ?? comment.Author.Name), comment.ByHolder, comment.Answers)),
            (read.CommentList ?? []).Select(comment => (comment.Id!, comment.At!.Value.At, comment.Author, comment.By == CommentAuthor.Holder, comment.Answers)));

        static Pseudonym? Of(TownPerson person) => Pseudonyms.Of(Platform.Platform, One(person.Account ?? person.Name.ToLowerInvariant()));

        // A comment does not say what it knows its author by: what has a blank in it is read as a name.
        static Pseudonym? OfAuthor(string text) => Pseudonyms.Of(Platform.Platform, One(text.Any(char.IsWhiteSpace) ? text.ToUpperInvariant().ToLowerInvariant() : text));
        static IdentityQuality? IdentityOf(TownPerson person) => person.Account is null ? IdentityQuality.FullName : IdentityQuality.Account;
    }

    /// <summary>As readers tidy a text.</summary>
    private static string One(string text) => ShownText.Clean(text, 100_000);
}
