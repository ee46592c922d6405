using System.Globalization;

namespace Succesmeter.LocalHost.Demo;

/// <summary>
/// Lets one campaign happen. Gifts are a self-exciting point process, built by clusters: immigrants come hour by hour with launch, rhythm, the holder's actions and the deadline; each gift
/// has a Poisson number of followers near its giver, after exponential delays.
/// </summary>
internal sealed class TownSimulation(TownPeople people, TimeZoneInfo zone)
{
    /// <summary>Shares of a day's gifts by local hour, and of a week's by weekday from Sunday; both have a mean of 1.</summary>
    private static readonly double[] ByHour = Even([2, 1, 0.5, 0.4, 0.4, 0.6, 2, 4, 5, 6, 6, 6, 7, 6, 5, 5, 5, 6, 7, 8, 9, 9, 7, 4]);
    private static readonly double[] ByWeekday = Even([0.85, 1.15, 1.15, 1.1, 1.05, 0.95, 0.75]);

    private static readonly int[] UsualAmounts = [5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 500];

    private const double LaunchFadesInHours = 30, PushFadesInHours = 9, DeadlinePushHours = 72;

    /// <summary>A rescue aims a little above what is missing, since not everybody who is asked comes.</summary>
    private const double RescueAim = 1.5;

    /// <param name="draft">With all but what happens.</param>
    public TownCampaign Happens(TownCampaign draft, TownDice dice)
    {
        var told = new TownTold(draft.Language);
        draft = draft with { Rewards = draft.CountsOrders ? told.OrderRewards() : told.Rewards(dice), Actions = Actions(draft, dice), Updates = Updates(draft, told, dice), Needs = Needs(draft, told, dice) };
        var gifts = draft.IsRecurring ? Monthly(draft, dice, out var members) : Given(draft, Course.Of(draft, dice), dice, out members);
        var shown = Shown(draft, gifts, told, dice);
        return draft with { Gifts = shown, Members = members, Comments = Comments(draft, shown, told, dice) };
    }

    private List<Raw> Given(TownCampaign draft, Course course, TownDice dice, out TownMember[] members)
    {
        members = [];
        var hours = (int)(draft.ClosedAt - draft.LaunchedAt).TotalHours;
        double[] rhythm = [.. Enumerable.Range(0, hours).Select(hour => Rhythm(draft.LaunchedAt.AddHours(hour)))];
        var planned = Planned(draft, course, rhythm);
        var waiting = new PriorityQueue<(DateTimeOffset At, TownPerson? Parent), DateTimeOffset>();
        var gifts = new List<Raw>();
        var givers = new HashSet<string>(StringComparer.Ordinal);
        var pledged = 0;
        var goal = draft.Goal!.Value;
        for (var hour = 0; hour < hours; hour++)
        {
            var from = draft.LaunchedAt.AddHours(hour);
            var expected = planned[hour] * course.Throttle((double)pledged / goal) + Rescue(course, goal, pledged, hours - hour, rhythm[hour]);
            for (var immigrants = dice.Poisson(expected); immigrants > 0; immigrants--)
                Wait(from.AddSeconds(dice.Below(3600)), null);

            while (gifts.Count < TownFigures.MostGifts && waiting.TryPeek(out var next, out var at) && at < from.AddHours(1))
            {
                waiting.Dequeue();
                var donor = Giver(draft, next.Parent, givers, dice);
                var amount = draft.CountsOrders ? 1 + dice.Poisson(0.35) : Amount(dice);
                gifts.Add(new(at, amount, donor));
                pledged += amount;
                var branching = course.Branching(hour / 24.0) * course.Echo((double)pledged / goal);
                for (var followers = dice.Poisson(branching); followers > 0; followers--)
                    Wait(at.AddHours(dice.Delay(TownFigures.EchoHalfLifeHours / Math.Log(2))), donor);
            }
        }

        return gifts;

        void Wait(DateTimeOffset at, TownPerson? parent)
        {
            var second = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            if (second < draft.ClosedAt)
                waiting.Enqueue((second, parent), second);
        }
    }

    /// <summary>Expected immigrants of each hour: shares for the launch, a steady stream, the holder's actions and the deadline, each under the rhythm of day and week.</summary>
    private static double[] Planned(TownCampaign draft, Course course, double[] rhythm)
    {
        var hours = rhythm.Length;
        var planned = new double[hours];
        Add(course.Launch, static (hour, _) => Math.Exp(-hour / LaunchFadesInHours));
        Add(course.Stream, (hour, all) => course.Shape(hour / 24.0, hour / (double)all));
        Add(course.Deadline, static (hour, all) => all - hour <= DeadlinePushHours ? 1 : 0);
        var pushes = draft.Actions.Where(static action => action.Kind != "thanks").ToList();
        foreach (var action in pushes)
        {
            var begin = (action.At - draft.LaunchedAt).TotalHours;
            var share = action.Kind == "press" && draft.Kind == TownKind.Newspaper ? course.Press : course.Push / pushes.Count;
            Add(share, (hour, _) => hour >= begin - 1 ? Math.Exp(-Math.Max(0, hour - begin) / PushFadesInHours) : 0);
        }

        return planned;

        void Add(double share, Func<int, int, double> shape)
        {
            var weights = new double[hours];
            var sum = 0.0;
            for (var hour = 0; hour < hours; hour++)
                sum += weights[hour] = shape(hour, hours) * rhythm[hour];
            for (var hour = 0; hour < hours && sum > 0; hour++)
                planned[hour] += course.Immigrants * share * weights[hour] / sum;
        }
    }

    /// <summary>When little is missing near the end, holder and friends ask around until it is there.</summary>
    private static double Rescue(Course course, int goal, int pledged, int hoursLeft, double rhythm)
    {
        var missing = goal - pledged;
        return !course.IsRescued || missing <= 0 || hoursLeft > 120 || missing > goal * 0.6
            ? 0
            : missing / course.MeanGift * RescueAim / Math.Max(6, hoursLeft - 10) * Math.Max(0.3, rhythm);
    }

    private TownPerson Giver(TownCampaign draft, TownPerson? parent, HashSet<string> givers, TownDice dice)
    {
        // Who gave already rarely gives twice; in a small club all may have given, and then somebody does.
        for (var tries = 0; ; tries++)
        {
            var person = !dice.Is(TownFigures.TownShare) ? TownPeople.Outsider(dice)
                : parent is null ? people.Near(draft.Holder, 0.35, 0.35, dice)
                : people.Near(parent, 0.55, 0.3, dice);
            if (person.Name != draft.Holder.Name && (givers.Add(person.Name) || tries > 4))
                return person;
        }
    }

    private static int Amount(TownDice dice)
    {
        var about = TownFigures.MedianGift * Math.Exp(TownFigures.GiftSpread * dice.Normal());
        return UsualAmounts.MinBy(amount => Math.Abs(Math.Log(amount / about)));
    }

    private List<Raw> Monthly(TownCampaign draft, TownDice dice, out TownMember[] members)
    {
        var gifts = new List<Raw>();
        var all = new List<TownMember>();
        var givers = new HashSet<string>(StringComparer.Ordinal);
        for (var began = draft.LaunchedAt.AddHours(dice.Delay(6)); began < draft.ClosedAt; began = began.AddHours(dice.Delay(30)))
        {
            began = new(began.Ticks - (began.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            var stopped = began.AddDays(dice.Delay(200));
            var donor = Giver(draft, null, givers, dice);
            var amount = dice.Of<int>([5, 5, 8, 10, 10, 15, 20]);
            for (var at = began; at < stopped && at < draft.ClosedAt; at = at.AddDays(30))
                gifts.Add(new(at, amount, donor));
            all.Add(new(began, stopped < draft.ClosedAt ? new(stopped.Ticks - (stopped.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero) : null));
        }

        members = [.. all];
        return [.. gifts.OrderBy(static gift => gift.At)];
    }

    private static TownGift[] Shown(TownCampaign draft, List<Raw> gifts, TownTold told, TownDice dice)
    {
        var shown = new TownGift[gifts.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            var (at, amount, donor) = gifts[i];
            var anonymous = dice.Is(TownFigures.AnonymousShare);
            var message = dice.Is(TownFigures.MessageShare) ? told.Message(dice) : null;
            var affordable = draft.Rewards.Select((reward, index) => (reward, index)).Where(one => one.reward.Price <= amount).Select(one => one.index).ToList();
            var waived = affordable.Count == 0 || dice.Is(TownFigures.WaivedShare);
            shown[i] = new(string.Create(CultureInfo.InvariantCulture, $"g{draft.Number}-{i + 1}"), at, amount, donor, anonymous, message, waived ? null : affordable[^1]);
        }

        return shown;
    }

    private static TownComment[] Comments(TownCampaign draft, TownGift[] gifts, TownTold told, TownDice dice)
    {
        var said = new List<(DateTimeOffset At, TownPerson By, bool Holder, string Text, int? Answers, int Key)>();
        foreach (var gift in gifts)
        {
            if (gift.Anonymous || !dice.Is(TownFigures.CommentShare))
                continue;

            var at = gift.At.AddMinutes(1 + Math.Floor(dice.Delay(200)));
            var key = said.Count;
            said.Add((at, gift.Donor, false, told.Comment(dice), null, key));
            if (dice.Is(TownFigures.AnsweredShare))
                said.Add((at.AddMinutes(5 + Math.Floor(dice.Delay(500))), draft.Holder, true, told.Answer(dice), key, said.Count));
        }

        var latest = draft.ClosedAt.AddDays(2);
        return
        [
            .. said.Where(one => one.At < latest).OrderBy(static one => one.At).ThenBy(static one => one.Key)
                .Select(one => new TownComment(IdOf(one.Key), one.At, one.By, one.Holder, one.Text, one.Answers is { } answered ? IdOf(answered) : null)),
        ];

        string IdOf(int key) => string.Create(CultureInfo.InvariantCulture, $"c{draft.Number}-{key + 1}");
    }

    private static TownAction[] Actions(TownCampaign draft, TownDice dice)
    {
        var days = (draft.ClosedAt - draft.LaunchedAt).TotalDays;
        List<(double Day, string Kind)> actions = [(0.1, "mail"), (3 + dice.Share(), "social"), (days * 0.3, "event"), (days * 0.62, "mail"), (days - 3, "mail"), (days - 0.5, "thanks")];
        if (draft.Kind == TownKind.Newspaper)
            actions.Add((days * 0.42, "press"));
        if (draft.Kind == TownKind.Ignites)
            actions.RemoveAll(static action => action.Kind == "event");
        return [.. actions.Select(action => new TownAction(ByDay(draft.LaunchedAt.AddDays(action.Day), dice), action.Kind)).Where(action => action.At < draft.ClosedAt).OrderBy(static action => action.At)];
    }

    private static TownUpdate[] Updates(TownCampaign draft, TownTold told, TownDice dice)
    {
        var updates = new List<TownUpdate>();
        for (var at = draft.LaunchedAt.AddDays(1 + dice.Share()); at < draft.ClosedAt.AddDays(-1); at = at.AddDays(5 + (6 * dice.Share())))
            updates.Add(new(ByDay(at, dice), told.Update(dice)));
        return [.. updates.OrderBy(static update => update.At)];
    }

    private static TownNeed[] Needs(TownCampaign draft, TownTold told, TownDice dice)
    {
        var days = (draft.ClosedAt - draft.LaunchedAt).TotalDays;
        return
        [
            .. told.Needs(dice, 5 + dice.Below(TownFigures.MostNeeds - 4)).Select(title =>
                new TownNeed(title, dice.Is(TownFigures.FilledShare) ? ByDay(draft.LaunchedAt.AddDays(days * dice.Share() * 0.9), dice) : null)),
        ];
    }

    /// <summary>The same day at an hour when people are at work.</summary>
    private static DateTimeOffset ByDay(DateTimeOffset at, TownDice dice) => new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero).AddHours(8).AddMinutes(dice.Below(600));

    private double Rhythm(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return ByHour[local.Hour] * ByWeekday[(int)local.DayOfWeek];
    }

    private static double[] Even(double[] weights)
    {
        var mean = weights.Average();
        return [.. weights.Select(weight => weight / mean)];
    }

    private readonly record struct Raw(DateTimeOffset At, int Amount, TownPerson Donor);
}
