using System.Globalization;
using System.Security;
using System.Text;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Endpoints;

/// <summary>
/// What a platform shows itself of a campaign, as a picture to embed: title, curve towards the goal, and thanks. It holds no figure of a score, so there is nothing in it to hide, and no script.
/// </summary>
internal sealed record MeterPicture
{
    public const int Width = 400, Height = 200;

    /// <summary>So long a title fits; a longer one is cut off.</summary>
    private const int MostTitle = 44;

    private const int MostPoints = 60;
    private const int Left = 20, Right = 380, Top = 62, Bottom = 150;

    private const string Light = "svg{background:#fbfaf7}text{fill:#22313a}.s{fill:#5b6870}.a{fill:#1f6f8b22}.c{stroke:#1f6f8b}.d{fill:#1f6f8b}.g{stroke:#8a8f93}";
    private const string Dark = "svg{background:#182026}text{fill:#f1efe9}.s{fill:#a9b4ba}.a{fill:#6fc3df2b}.c{stroke:#6fc3df}.d{fill:#6fc3df}.g{stroke:#76828a}";
    private const string Always = "text{font:14px system-ui,sans-serif}.t{font-weight:600;font-size:17px}.c{fill:none;stroke-width:2.5;stroke-linejoin:round}.g{stroke-dasharray:4 4}";

    public static IReadOnlyList<string> Themes { get; } = ["auto", "light", "dark"];

    public static IReadOnlyList<string> Languages { get; } = ["nl", "fr", "en"];

    public required CampaignListing Campaign { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<TrailPoint> Course { get; init; }

    /// <summary>One of <see cref="Themes"/>.</summary>
    public required string Theme { get; init; }

    /// <summary>One of <see cref="Languages"/>.</summary>
    public required string Language { get; init; }

    /// <summary>Also for who embeds it without seeing it: title and facts in one sentence.</summary>
    public string Words => $"{Title} – {Thanks}{(Progress is { } progress ? $" {progress}" : "")}";

    public string Svg()
    {
        var title = SecurityElement.Escape(Title);
        var svg = new StringBuilder(2048)
            .Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-labelledby=\"t d\" lang=\"{Language}\">")
            .Append(CultureInfo.InvariantCulture, $"<title id=\"t\">{title}</title><desc id=\"d\">{SecurityElement.Escape(Words)}</desc><style>{Always}{Colours}</style>")
            .Append(CultureInfo.InvariantCulture, $"<text class=\"t\" x=\"{Left}\" y=\"30\">{title}</text>");
        AppendCurve(svg);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"174\">{SecurityElement.Escape(Thanks)}</text>");
        if (Progress is { } progress)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"s\" x=\"{Left}\" y=\"192\">{SecurityElement.Escape(progress)}</text>");
        return svg.Append("</svg>").ToString();
    }

    private string Colours => Theme switch
    {
        "light" => Light,
        "dark" => Dark,
        _ => $"{Light}@media(prefers-color-scheme:dark){{{Dark}}}",
    };

    /// <summary>What XML cannot hold would break the picture, so it is left out.</summary>
    private string Title
    {
        get
        {
            var clean = new StringBuilder();
            foreach (var rune in Campaign.Title.EnumerateRunes())
                if (rune.Value is >= 0x20 and not (0x7F or 0xFFFE or 0xFFFF) && !(rune.Value is >= 0x80 and < 0xA0))
                    clean.Append(rune.ToString());
            var letters = new StringInfo(clean.ToString());
            return letters.LengthInTextElements <= MostTitle ? letters.String : letters.SubstringByTextElements(0, MostTitle - 1).TrimEnd() + "…";
        }
    }

    private string Thanks => Campaign.Backers switch
    {
        null or <= 0 => Say("Nog niemand: wees de eerste.", "Personne encore : soyez le premier.", "Nobody yet: be the first."),
        1 => Say("1 mens draagt dit. Dank je!", "1 personne porte ce projet. Merci !", "1 person carries this. Thank you!"),
        { } backers => Say($"{Number(backers)} mensen dragen dit. Dank je!", $"{Number(backers)} personnes portent ce projet. Merci !", $"{Number(backers)} people carry this. Thank you!"),
    };

    private string? Progress
    {
        get
        {
            if (Campaign is not { Pledged: { } pledged, Goal: > 0 and var goal })
                return null;
            var (have, want) = (Amount(pledged), Amount(goal));
            return Say($"{have} van {want}", $"{have} sur {want}", $"{have} of {want}");
        }
    }

    private CultureInfo Culture => CultureInfo.GetCultureInfo(Language switch { "nl" => "nl-BE", "fr" => "fr-BE", _ => "en-IE" });

    private string Say(string dutch, string french, string english) => Language switch { "nl" => dutch, "fr" => french, _ => english };

    private string Number(decimal value) => value.ToString("N0", Culture);

    private string Amount(decimal value) => Campaign.GoalUnit == GoalUnit.Orders ? Number(value) : Campaign.Currency switch
    {
        "EUR" => Language == "fr" ? $"{Number(value)} €" : $"€ {Number(value)}",
        { } currency => $"{Number(value)} {currency}",
        null => Number(value),
    };

    /// <remarks>The goal's line stands where the larger of goal and amount leaves it, so that a curve past the goal is seen to pass it.</remarks>
    private void AppendCurve(StringBuilder svg)
    {
        if (Campaign.Goal is not > 0 || Campaign.LaunchedAt is not { } launched)
            return;

        var goal = (double)Campaign.Goal;
        var seen = Course.Where(point => point.PledgedMinor is not null && point.At >= launched).Select(point => (point.At, Amount: (double)Money.ToMajor(point.PledgedMinor!.Value, Campaign.Currency))).ToList();
        var most = Math.Max(goal, seen.Count == 0 ? 0 : seen.Max(static point => point.Amount)) * 1.05;
        var end = Campaign.Horizon is { } horizon && horizon > launched ? horizon : launched.AddDays(1);
        var line = Y(goal);
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"g\" d=\"M{Left} {line:F1}H{Right}\"/><path class=\"g\" d=\"M{Left} {Bottom}H{Right}\" stroke-dasharray=\"none\"/>");
        if (seen.Count == 0)
            return;

        var step = Math.Max(1, (int)Math.Ceiling(seen.Count / (double)MostPoints));
        var path = new StringBuilder().Append(CultureInfo.InvariantCulture, $"M{Left} {Bottom}");
        for (var at = (seen.Count - 1) % step; at < seen.Count; at += step)
            path.Append(CultureInfo.InvariantCulture, $"L{X(seen[at].At):F1} {Y(seen[at].Amount):F1}");
        var (x, y) = (X(seen[^1].At), Y(seen[^1].Amount));
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"a\" d=\"{path}L{x:F1} {Bottom}Z\"/><path class=\"c\" d=\"{path}\"/><circle class=\"d\" cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"4\"/>");

        double X(DateTimeOffset at) => Left + ((Right - Left) * Math.Clamp((at - launched) / (end - launched), 0, 1));

        double Y(double amount) => Bottom - ((Bottom - Top) * Math.Clamp(amount / most, 0, 1));
    }
}
