using System.Globalization;
using System.Text.Json;
using Succesmeter.Benchmarks.Micro;
using Succesmeter.Visits;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>A campaign's page: ours by a recipe to the JSON of a snapshot, numbers and instants checked in the page's language; Python's by selectors written for this page.</summary>
internal static class PageDuels
{
    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        var visit = PageBenchmarks.Visit.OfPage();
        var page = visit.Pages[0].Body.ToArray();
        File.WriteAllBytes(peer.PathOf("page.html"), page);
        var size = string.Create(CultureInfo.InvariantCulture, $"{page.Length / 1e3:0} kB");
        foreach (var (library, work) in ((string, string)[])[("BeautifulSoup", "bs4"), ("lxml", "lxml")])
            yield return new Duel<PageReading>($"reading a page, {size}", library, work, visit.Read, Agree);
    }

    private static string Agree(PageReading reading, JsonElement theirs)
    {
        using var snapshot = JsonDocument.Parse(((PageReading.Seen)reading).Snapshot);
        var ours = snapshot.RootElement;
        if (ours.GetProperty("title").GetString() != theirs.GetProperty("title").GetString())
            throw new PeerException("The title differs.");
        foreach (var number in (string[])["pledged", "goal", "backers"])
            PeerException.ThrowIfApart(number, ours.GetProperty(number).GetDouble(), theirs.GetProperty(number).GetDouble(), 0);
        foreach (var instant in (string[])["launchedAt", "endsAt"])
            if (ours.GetProperty(instant).GetDateTimeOffset() != theirs.GetProperty(instant).GetDateTimeOffset())
                throw new PeerException($"The instant {instant} differs.");
        var gifts = ours.GetProperty("contributions").EnumerateArray().ToList();
        PeerException.ThrowIfApart("The number of gifts", gifts.Count, theirs.GetProperty("gifts").GetInt32(), 0);
        PeerException.ThrowIfApart("The gifts' sum", gifts.Sum(static gift => gift.GetProperty("amount").GetDouble()), theirs.GetProperty("amounts").GetDouble(), 1e-9);
        return string.Create(CultureInfo.InvariantCulture, $"title, totals, instants, {gifts.Count} gifts");
    }
}
