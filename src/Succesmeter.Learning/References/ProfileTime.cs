using System.Diagnostics;
using System.Globalization;

namespace Succesmeter.Learning.References;

/// <summary>How long one profile takes, on the campaigns of the data with about 135 gifts on day 30, trend included.</summary>
internal static class ProfileTime
{
    private const int Rounds = 40;

    public static string Median(IReadOnlyList<PastCampaign> campaigns, Social.References references)
    {
        var crowds = campaigns.Where(c => c.WasSeenOn(30) && c.GiftsCountBy(30) is >= 120 and <= 150).ToArray();
        if (crowds.Length == 0)
            return "no campaign of 120 to 150 gifts";

        var micros = new List<double>();
        for (var round = 0; round < Rounds; round++)
            foreach (var crowd in crowds)
            {
                var start = Stopwatch.GetTimestamp();
                _ = crowd.ProfileBy(30, references);

                // The first half warms the compiler up.
                if (round >= Rounds / 2)
                    micros.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

        micros.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{micros[micros.Count / 2]:F0} µs in the median, {micros[micros.Count * 95 / 100]:F0} µs at the 95th percentile ({crowds.Length} campaigns of 120 to 150 gifts)");
    }
}
