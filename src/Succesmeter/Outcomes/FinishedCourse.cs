using System.Collections.Immutable;
using Succesmeter.Advice;
using Succesmeter.Campaigns;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Histories;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Outcomes;

/// <summary>Reads the history of a campaign that is over, entry by entry, into a <see cref="FinishedCampaign"/>.</summary>
/// <remarks>Each look is made of the state as folded up to its instant: an interpolated course would show a look what came after it.</remarks>
public sealed class FinishedCourse(CampaignListing listing)
{
    /// <summary>At most so many looks; the square root of the time lays them closer at the beginning, where a campaign changes fastest.</summary>
    public const int MostLooks = 12;

    /// <summary>A course that was first seen later than this share of the time is a guess.</summary>
    private const double SeenFrom = 0.1;

    /// <summary>What was last seen so long ago, as a share of the campaign's age, is no look at it.</summary>
    private const double StaleFrom = 0.1;

    private readonly List<(Look Look, double Goal)> looks = [];
    private readonly List<SocialLook> socialLooks = [];
    private int nextDay;
    private CampaignState state = CampaignState.Of(listing.Campaign);
    private int stretch = -1;
    private bool isOver;
    private readonly List<BackersLook> backersLooks = [];
    private int nextQuarter;
    private CommentLedger comments = CommentLedger.Empty;

    /// <param name="entry">In order of time. What comes after the first snapshot from behind the end is passed over.</param>
    public void Add(HistoryEntry entry)
    {
        // Answers may come until 72 hours after the end; nothing else of what comes after it counts.
        if (entry.Snapshot is { } shown && !(comments.ShownAt >= state.Facts.Horizon + SeenComment.Allowed))
            comments = comments.With(shown.Snapshot);
        if (isOver)
            return;

        LookBefore(entry.At);
        if (entry.Snapshot is { } received)
        {
            state = Step.Fold(state, received.Snapshot, out _, out _);
            isOver = state.Facts.Horizon <= entry.At || IsDeclared;
        }

        if (entry.Note is { } said)
            state = state.With(said.Note);
        if (!isOver)
        {
            LookAtQuarter(entry.At);
            LookAt(entry);
        }
    }

    public FinishedCampaign Finish()
    {
        var finished = new FinishedCampaign { Name = listing.Campaign.Name, Sequence = listing.Sequence, EndedAt = FinishedCampaign.EndOf(listing), IsKnown = false, Yield = state.Latest is null ? null : CampaignYield.Of(state) };
        if (state is not { Latest: { } latest, Facts: { Horizon: { } end, LaunchedAt: { } launch } facts }
            || FundingCurves.Of(state, latest.At > end ? latest.At : end) is not { } curve)
            return finished;

        // Past a declared end nothing comes in, so what is seen later is how it ended; past an assumed one the campaign goes on.
        var total = facts.HorizonIsAssumed ? PastCurve.PledgedAfter(curve, curve.PlannedDays) : curve.Pledged;
        var hasReached = facts.Funding == FundingModel.AllOrNothing && IsDeclared ? state.DeclaredStatus == CampaignStatus.Succeeded : total >= curve.Goal;
        if (!hasReached && latest.At < end && !IsDeclared)
            return finished;

        return finished with
        {
            IsKnown = true,
            AllOrNothing = curve.AllOrNothing,
            PlannedDays = curve.PlannedDays,
            ReachedAtShare = hasReached ? Math.Min(1, (curve.ReachedAfterDays ?? curve.PlannedDays) / curve.PlannedDays) : null,
            FinalRatio = total / curve.Goal,
            GoalSize = EuroSize.Log10Of(curve.Goal, curve.Currency) is var size && double.IsFinite(size) ? Math.Round(size, Digits) : null,
            Category = curve.Category,
            Ratios = IsSeenFromLaunch(launch.At, curve.PlannedDays) ? RatiosOf(curve, total) : [],
            Social = SocialOf(curve.PlannedDays),
            End = new SocialEnd
            {
                FinalBackers = latest.At < end && !IsDeclared ? null : facts.HorizonIsAssumed ? BackersAt(curve, curve.PlannedDays) : curve.Gifts,
                Looks = [.. backersLooks],
                Comments = CommentsAt(end),
                DonorsHaveAccounts = TieCrowd.Of(state).Worst == IdentityQuality.Account,
            },
            Levers = LeverCourse.Of(state, curve, AreGiftsDated),
            Looks = [.. looks.Select(seen => seen.Look with { Goal = seen.Goal / curve.Goal })],
        };
    }

    private bool IsDeclared => state.DeclaredStatus is CampaignStatus.Succeeded or CampaignStatus.Failed;

    private void LookAt(HistoryEntry entry)
    {
        if (state.Facts is not { LaunchedAt: { } launch, Horizon: { } end } || entry.At < launch.At || end <= launch.At)
            return;

        var share = (entry.At - launch.At) / (end - launch.At);
        var at = (int)(MostLooks * Math.Sqrt(share));
        if (at <= stretch || share >= 1 || FundingCurves.Of(state, entry.At) is not { } curve || curve.Pledged >= curve.Goal)
            return;

        stretch = at;
        looks.Add((new Look
        {
            ElapsedShare = share,
            Goal = 1,
            Features = ImmutableArray.Create(FundingFeatures.Of(curve).Values),
            LogOdds = entry.Score?.LogOdds,
            Probability = entry.Score?.Probability,
            Shown = entry.Score?.Shown,
            Model = entry.Score?.Model,
        }, curve.Goal));
    }

    /// <summary>At the first entry in the tenth of the time after launch, a quarter, half and three quarters.</summary>
    private void LookAtQuarter(DateTimeOffset at)
    {
        if (state.Facts is not { LaunchedAt: { } launch, Horizon: { } end } || at < launch.At || end <= launch.At)
            return;

        var share = (at - launch.At) / (end - launch.At);
        var quarter = (int)(Quarters * share);
        if (quarter < nextQuarter || share - ((double)quarter / Quarters) > QuarterLasts || FundingCurves.Of(state, at) is not { Gifts: not null } curve)
            return;

        nextQuarter = quarter + 1;
        backersLooks.Add(new BackersLook(share, ImmutableArray.Create(FundingFeatures.Of(curve).Values)));
    }

    /// <summary>By the end of the day; past an assumed end a campaign goes on.</summary>
    private static int? BackersAt(FundingCurve curve, double days) => curve.Days[Math.Clamp((int)Math.Ceiling(days) - 1, 0, curve.Days.Count - 1)].Gifts;

    private CommentOutcome? CommentsAt(DateTimeOffset end)
    {
        if (comments.ShownAt is not { } shownAt)
            return null;

        // Counted when the last comment of the campaign has had its 72 hours, or as far as the list was seen.
        var known = end + SeenComment.Allowed;
        var (due, answered, perhaps) = comments.Due(shownAt < known ? shownAt : known);
        return new CommentOutcome(due, answered, perhaps, shownAt >= known && !comments.LacksRoles && !(comments.HasLooseWords && !comments.ShowsReplies));
    }

    /// <summary>The social profile on each day of the tables that an entry leaves behind, of what was known on that day.</summary>
    private void LookBefore(DateTimeOffset next)
    {
        if (state.Facts is not { LaunchedAt: { } launch, Horizon: { } end })
            return;

        for (; nextDay < FittedReferences.Days.Count && launch.At.AddDays(FittedReferences.Days[nextDay]) is var day && day < next && day <= end; nextDay++)
            if (state.Latest?.At is { } seen && seen <= day && (day - seen).TotalDays <= Math.Max(1, StaleFrom * FittedReferences.Days[nextDay]))
                socialLooks.Add(OwnReferences.LookAt(state, day, FittedReferences.Days[nextDay]));
    }

    private SocialCourse? SocialOf(double plannedDays) =>
        socialLooks.Count > 0 && CampaignContext.Of(state, state.Latest!.At).GoalEuro is { } goal
            ? new SocialCourse(listing.Campaign.Name, goal, plannedDays, [.. socialLooks])
            : null;

    private bool IsSeenFromLaunch(DateTimeOffset launch, double plannedDays) =>
        state.FirstSeenAt <= launch.AddDays(SeenFrom * plannedDays)
        || AreGiftsDated;

    private bool AreGiftsDated => state.Gifts is { IsComplete: true, Sealed.Count: 0, Open.IsEmpty: false } gifts && gifts.Open.All(static gift => gift.At is not null);

    private static ImmutableArray<double> RatiosOf(FundingCurve curve, double total)
    {
        var ratios = ImmutableArray.CreateBuilder<double>(PastCurve.Points);
        for (var point = 0; point < PastCurve.Points - 1; point++)
            ratios.Add(Math.Round(PastCurve.PledgedAfter(curve, curve.PlannedDays * point / (PastCurve.Points - 1)) / curve.Goal, Digits));

        ratios.Add(Math.Round(total / curve.Goal, Digits));
        return ratios.MoveToImmutable();
    }

    private const int Quarters = 4;

    private const double QuarterLasts = 0.1;

    /// <summary>As many as a course is shown with.</summary>
    private const int Digits = 4;
}
