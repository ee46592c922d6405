using System.Globalization;
using System.Text.Json;
using Succesmeter.Pipeline;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Browser.Tests;

/// <summary>A small platform. In two of its campaigns every text that a holder writes is an attempt to run a script with whoever looks.</summary>
internal static class Square
{
    public const string Platform = "pleintje";

    /// <summary>One that nobody means harm with; tests may push more of it.</summary>
    public const string Plain = "buurtmoestuin";

    public const string HostileLive = "kwaad";

    public const string HostileEnded = "kwaad-voorbij";

    public const string Image = "<img src=x onerror=\"window.ran='image'\">";

    public static DateTimeOffset Now { get; } = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    public static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(clocks: new FixedClocks(Now.AddHours(1)));
        var receipt = await host.PushAndScoreAsync(string.Join('\n', PlainAt(Now, 22, 1200), Hostile(HostileLive, "live", Now.AddDays(20)), Hostile(HostileEnded, "succeeded", Now.AddDays(-2))));
        Assert.Equal("[]", receipt.GetProperty("rejections").ToString());
        await host.Stage<DonationsToNetwork>().RunAsync(CancellationToken.None);
        await host.Stage<OutcomesToReports>().RunAsync(CancellationToken.None);
        return host;
    }

    public static string PlainAt(DateTimeOffset takenAt, int backers, decimal pledged) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "platform": "{{Platform}}", "campaign": "{{Plain}}", "takenAt": "{{takenAt:O}}", "title": "Een moestuin voor de buurt", "currency": "EUR", "goal": 5000, "funding": "all-or-nothing", "launchedAt": "2026-04-20T08:00:00Z", "endsAt": "2026-05-30T22:00:00Z", "pledged": {{pledged}}, "backers": {{backers}} }
        """).Trim();

    private static string Hostile(string campaign, string state, DateTimeOffset endsAt)
    {
        const string script = "</script><script>window.ran='script'</script>";
        const string drawing = "<svg/onload=\"window.ran='svg'\"><a xlink:href=\"javascript:window.ran='link'\">x</a></svg>";
        const string frame = "\"><iframe srcdoc=\"<script>parent.ran='frame'</script>\">";
        return JsonSerializer.Serialize(new
        {
            platform = Platform, campaign, state, takenAt = state == "live" ? Now : endsAt, title = $"{Image} {script}", holder = script, category = drawing, place = frame, url = "https://example.org/\"><script>window.ran='url'</script>",
            description = Image + script + drawing + frame, currency = "EUR", goal = 5000, funding = "all-or-nothing", launchedAt = endsAt.AddDays(-40), endsAt, pledged = 5200, backers = 25,
            rewards = new[] { new { title = drawing, price = 25, claimed = 10, limit = 50 } },
            contributionsAre = "all",
            contributions = Enumerable.Range(0, 25).Select(at => new { id = $"{at}", at = endsAt.AddDays(-39).AddHours(at), amount = 200 + at, donor = $"{Image} {at}", identity = "full-name", place = frame }),
            commentList = new[] { new { id = "1", at = endsAt.AddDays(-38), by = "backer", author = script } },
            actions = new[] { new { at = endsAt.AddDays(-38), kind = "mail" } },
        });
    }
}
