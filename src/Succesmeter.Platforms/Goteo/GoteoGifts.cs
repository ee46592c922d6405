using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Goteo;

/// <summary>The gifts of one project, without their givers, newest first.</summary>
/// <param name="Gifts">Those that stand: charged or paid.</param>
/// <param name="AreAll">Every gift was read and understood, so that one that is missing was withdrawn.</param>
internal sealed record GoteoGifts(IReadOnlyList<GoteoGifts.Gift> Gifts, bool AreAll)
{
    /// <param name="Id">Goteo's number of it.</param>
    /// <param name="At">The day, as a rule.</param>
    /// <param name="Amount">Null where it is hidden or in another currency.</param>
    /// <param name="Region">Where it came from.</param>
    /// <param name="Waived">No reward was wanted.</param>
    internal sealed record Gift(string? Id, Moment? At, decimal? Amount, string? Region, bool Waived);

    public static GoteoGifts Of(GoteoPages pages, string project, string? currency, TimeZoneInfo zone)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var gifts = new List<Gift>();
        var areUnderstood = true;
        foreach (var item in pages.Items)
        {
            var id = item.IdIn("id");
            var status = item.IdIn("status");
            if (item.IdIn("project") != project || id is null || status is null)
                areUnderstood = false;

            // Left out: what belongs to another project, and what a page turned in the meantime showed twice.
            if (item.IdIn("project") != project || (id is not null && !seen.Add(id)))
                continue;

            // Returned and cancelled gifts were withdrawn; of any other status none is known to stand.
            if (status is "charged" or "paid")
                gifts.Add(Read(item, id, currency, zone));
        }

        var most = SnapshotLimits.Default.MaxContributions;
        var areAll = pages.IsWhole && areUnderstood && seen.Count >= pages.Total && gifts.Count <= most;
        return new(gifts.Count > most ? gifts[..most] : gifts, areAll);
    }

    public void Write(SnapshotDraft draft, TimeZoneInfo zone)
    {
        // An empty list says something only where it is the whole of it.
        if (Gifts.Count == 0 && !AreAll)
            return;

        draft.Text("contributionsAre", AreAll ? "all" : "recent");
        draft.Items("contributions", Gifts, (draft, gift) =>
        {
            draft.Text("id", gift.Id);
            draft.When("at", gift.At, zone);
            draft.Number("amount", gift.Amount);
            draft.Text("place", gift.Region);
            draft.Flag("rewardWaived", gift.Waived ? true : null);
        });
    }

    private static Gift Read(JsonElement item, string? id, string? currency, TimeZoneInfo zone)
    {
        var isForeign = currency is not null && item.Field("currency") is not null && item.CurrencyIn("currency") != currency;
        return new(
            id,
            GoteoDate.Read(item.IdIn("date-created"), zone),
            isForeign ? null : item.AmountIn("amount"),
            item.TextIn("region", SnapshotLimits.Default.MaxName),
            item.FlagIn("resign") == true);
    }
}
