using Succesmeter.Campaigns;

namespace Succesmeter.Aftercare;

/// <summary>Who was asked in one wave, and who answered.</summary>
public sealed record WaveTally
{
    public required Wave Wave { get; init; }

    /// <summary>
    /// Finished campaigns that could have answered: the wave was open to them at some instant from the platform's first answer on, or is open now. What was over long before anybody asked is not a
    /// refusal.
    /// </summary>
    public required int Asked { get; init; }

    /// <summary>Of <see cref="Asked"/>.</summary>
    public required int Answered { get; init; }

    /// <summary>Share of those asked who answered, 0 to 1; null where nobody was asked.</summary>
    public double? ResponseRate => Asked == 0 ? null : (double)Answered / Asked;

    /// <summary>Answers by <see cref="ProjectOutcome"/>, in its order.</summary>
    public required IReadOnlyList<int> Outcomes { get; init; }

    /// <summary>Open to them and not answered, the one whose time runs out first before the others.</summary>
    public required IReadOnlyList<CampaignListing> Due { get; init; }

    /// <param name="finished">Those of the platform; others are passed over.</param>
    /// <param name="answers">All of the platform.</param>
    /// <param name="now">On the platform's campaign clock.</param>
    public static IReadOnlyList<WaveTally> Of(IReadOnlyCollection<CampaignListing> finished, IReadOnlyCollection<AftercareAnswer> answers, DateTimeOffset now)
    {
        var since = answers.Count == 0 ? now : answers.Min(static answer => answer.AnsweredAt);
        if (since > now)
            since = now;
        return [.. Wave.All.Select(wave => Of(wave))];

        WaveTally Of(Wave wave)
        {
            var said = answers.Where(answer => answer.Wave == wave).ToDictionary(static answer => answer.Campaign, StringComparer.Ordinal);
            var asked = 0;
            var due = new List<(DateTimeOffset Closes, CampaignListing Listing)>();
            foreach (var listing in finished)
            {
                var hasAnswered = said.ContainsKey(listing.Campaign.Name);
                if (Wave.EndOf(listing) is { } ended && !hasAnswered && wave.OpensAt(ended) <= now && wave.ClosesAt(ended) > since)
                {
                    asked++;
                    if (wave.IsOpen(ended, now))
                        due.Add((wave.ClosesAt(ended), listing));
                }
            }

            return new WaveTally
            {
                Wave = wave,

                // An answer is kept though the campaign's end was corrected since, or its row is gone.
                Asked = asked + said.Count,
                Answered = said.Count,
                Outcomes = [.. Enum.GetValues<ProjectOutcome>().Select(outcome => said.Values.Count(answer => answer.Outcome == outcome))],
                Due = [.. due.OrderBy(static item => item.Closes).ThenBy(static item => item.Listing.Campaign.Name, StringComparer.Ordinal).Select(static item => item.Listing)],
            };
        }
    }
}
