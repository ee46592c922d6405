using System.Diagnostics;
using System.Text.Json;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>One piece of work that we and a peer do on the same bytes, in turns. What counts is the processor's time, each side's of all its threads: others at work on the machine change it little.</summary>
/// <typeparam name="T">What the work gives.</typeparam>
/// <param name="Name">Of the work.</param>
/// <param name="Peer">Who else does it.</param>
/// <param name="Work">Its name for the peer.</param>
/// <param name="Ours">Our side.</param>
/// <param name="Agree">What of both results agrees, in words; throws <see cref="PeerException"/> where they must and do not.</param>
internal sealed record Duel<T>(string Name, string Peer, string Work, Func<T> Ours, Func<T, JsonElement, string> Agree) : IDuel
{
    private const double SecondsARound = 0.25;
    private const double WarmUpSeconds = 0.5;
    private const int Rounds = 7;

    /// <summary>Longer than this is done once only: then a single round, without warming up, is all there is.</summary>
    private const double OnceSeconds = 4;

    public ResultRow Fight(PeerProcess peer)
    {
        var before = Environment.CpuUsage.TotalTime;
        var result = Ours();
        var first = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var (_, peerFirst, peerResult) = peer.Ask(Work, 1);
        var agreed = Agree(result, peerResult);
        if (Math.Max(first, peerFirst) > OnceSeconds)
            return Row([(first, peerFirst)], agreed);

        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < WarmUpSeconds;)
            _ = Ours();
        var times = TimesFor(Timed(1));
        var peerTimes = TimesFor(peer.Ask(Work, 1).Processor);
        var rounds = new List<(double Ours, double Peer)>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add((Timed(times), peer.Ask(Work, peerTimes).Processor));
        return Row(rounds, agreed);
    }

    private static int TimesFor(double seconds) => (int)Math.Clamp(SecondsARound / Math.Max(seconds, 1e-7), 1, 1e6);

    private double Timed(int times)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var time = 0; time < times; time++)
            _ = Ours();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / times;
    }

    private ResultRow Row(List<(double Ours, double Peer)> rounds, string agreed)
    {
        var ratios = rounds.Select(static round => round.Ours / round.Peer).Order().ToList();
        return new ResultRow($"{Name}, beside {Peer}", "ours/peer", Rounded(ratios[ratios.Count / 2]), Rounded(ratios[0]), Rounded(ratios[^1]))
        {
            OursNanoseconds = Rounded(Median(rounds.Select(static round => round.Ours)) * 1e9),
            PeerNanoseconds = Rounded(Median(rounds.Select(static round => round.Peer)) * 1e9),
            Agreed = agreed,
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static double Rounded(double value) => MicroCommand.Significant(value);
}

/// <summary>A duel of whatever results.</summary>
internal interface IDuel
{
    ResultRow Fight(PeerProcess peer);
}

/// <summary>Two sides that must agree do not.</summary>
internal sealed class PeerException(string message) : Exception(message)
{
    public static void ThrowIfApart(string what, double ours, double peer, double most)
    {
        if (!(Math.Abs(ours - peer) <= most))
            throw new PeerException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what}: ours is {ours}, the peer's {peer}."));
    }
}
