using System.Text;
using Succesmeter.Networks;
using Succesmeter.Snapshots;

namespace Succesmeter.Ratings;

/// <summary>
/// Which two campaigns a coach compares next. Nine in ten times two that nobody has compared yet, those with the fewest ratings first; one in ten a pair that another coach has rated, so that
/// agreement can be measured.
/// </summary>
public static class NextPair
{
    private const double RepeatedShare = 0.1;

    /// <param name="platform">Part of the seed.</param>
    /// <param name="campaigns">The names of those that may be compared, in any order.</param>
    /// <param name="ratings">All of the platform.</param>
    /// <param name="rater">Who asks. The same pair is given until something was rated.</param>
    /// <returns>As they are to be shown; null when the coach has compared all that there is.</returns>
    public static (string Left, string Right)? Of(string platform, IEnumerable<string> campaigns, IReadOnlyCollection<Rating> ratings, Pseudonym rater)
    {
        var names = campaigns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var known = names.ToHashSet(StringComparer.Ordinal);
        var counts = names.ToDictionary(static name => name, static _ => 0, StringComparer.Ordinal);
        var raters = new Dictionary<CampaignPair, int>();
        var own = new HashSet<CampaignPair>();
        foreach (var rating in ratings)
        {
            if (!known.Contains(rating.Left) || !known.Contains(rating.Right))
                continue;

            counts[rating.Left]++;
            counts[rating.Right]++;
            raters[rating.Pair] = raters.GetValueOrDefault(rating.Pair) + 1;
            if (rating.Rater == rater)
                own.Add(rating.Pair);
        }

        var dice = new Dice(SeedOf(platform, rater, own.Count));
        var wantsRepeat = dice.NextShare() < RepeatedShare;
        var leftIsFirst = dice.NextShare() < 0.5;

        // Shuffled before they are sorted by count, so that equals come in an order of the dice.
        var order = Enumerable.Range(0, names.Length).ToArray();
        dice.Shuffle(order);
        var turn = order.Select(at => names[at]).OrderBy(name => counts[name]).ToArray();
        var repeat = Repeat();
        if ((wantsRepeat ? repeat ?? Fresh() : Fresh() ?? repeat) is not { } pair)
            return null;

        return leftIsFirst ? (pair.First, pair.Second) : (pair.Second, pair.First);

        CampaignPair? Fresh()
        {
            for (var one = 0; one < turn.Length; one++)
                for (var other = one + 1; other < turn.Length; other++)
                    if (new CampaignPair(turn[one], turn[other]) is var next && !raters.ContainsKey(next))
                        return next;
            return null;
        }

        CampaignPair? Repeat()
        {
            var place = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var at = 0; at < turn.Length; at++)
                place[turn[at]] = at;
            return raters.Keys
                .Where(pair => !own.Contains(pair))
                .OrderBy(pair => raters[pair])
                .ThenBy(pair => place[pair.First] + place[pair.Second])
                .ThenBy(pair => place[pair.First])
                .Cast<CampaignPair?>()
                .FirstOrDefault();
        }
    }

    /// <summary>FNV-1a over the platform, then the coach and how far they have come.</summary>
    private static ulong SeedOf(string platform, Pseudonym rater, int rated)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var octet in Encoding.ASCII.GetBytes(platform))
            hash = (hash ^ octet) * 0x100000001B3;
        return Dice.SeedOf(hash ^ rater.High ^ rater.Low, rated);
    }
}
