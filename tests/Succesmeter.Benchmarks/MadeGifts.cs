using Succesmeter.Emergence;
using Succesmeter.Learning.Emergence;

namespace Succesmeter.Benchmarks;

/// <summary>Gifts of a simulated campaign of forty days of which half follow others.</summary>
internal static class MadeGifts
{
    public static GiftTimeline Of(int gifts) => new SimulatedCampaign { Gifts = gifts, Ratio = 0.5, HalfLifeHours = 4, SurgeShare = 0.1 }.Draw(new Random(5));
}
