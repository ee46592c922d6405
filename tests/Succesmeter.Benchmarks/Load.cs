using System.Diagnostics;
using System.Net;

namespace Succesmeter.Benchmarks;

/// <summary>Requests of so many clients at once, each of which asks again as soon as it has its answer.</summary>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Milliseconds">Of each answer, read to its end; in order.</param>
/// <param name="Bytes">Of the bodies together.</param>
internal sealed record Load(double Seconds, double[] Milliseconds, long Bytes)
{
    public double PerSecond => Milliseconds.Length / Seconds;

    public static Load Of(IEnumerable<Load> rounds)
    {
        var all = rounds.ToList();
        double[] milliseconds = [.. all.SelectMany(static round => round.Milliseconds)];
        Array.Sort(milliseconds);
        return new Load(all.Sum(static round => round.Seconds), milliseconds, all.Sum(static round => round.Bytes));
    }

    /// <param name="client">Its handler allows as many connections.</param>
    /// <param name="asked">What is asked, and what is answered; anything else ends the measurement.</param>
    /// <param name="clients">How many ask at once.</param>
    /// <param name="most">When so many were asked it ends.</param>
    /// <param name="longest">Or when so long was asked.</param>
    /// <param name="cancellation">Ends it with nothing.</param>
    public static async Task<Load> RunAsync(HttpClient client, Asked asked, int clients, long most, TimeSpan longest, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var (left, bytes) = (most, 0L);
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(OneAsync, cancellation)));
        var seconds = watch.Elapsed.TotalSeconds;
        double[] milliseconds = [.. times.SelectMany(static one => one)];
        Array.Sort(milliseconds);
        return new Load(seconds, milliseconds, bytes);

        async Task<List<double>> OneAsync()
        {
            var own = new List<double>();
            while (watch.Elapsed < longest && Interlocked.Decrement(ref left) is >= 0 and var number)
            {
                var began = Stopwatch.GetTimestamp();
                using var request = asked.Request(number);
                using var answer = await client.SendAsync(request, cancellation);
                if (answer.StatusCode != asked.Status)
                    throw new InvalidOperationException($"{request.RequestUri} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
                Interlocked.Add(ref bytes, (await answer.Content.ReadAsByteArrayAsync(cancellation)).Length);
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return own;
        }
    }

    /// <param name="share">Such as 0.99.</param>
    public double Percentile(double share) => Milliseconds.Length == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Length - 1, Math.Floor(share * Milliseconds.Length))];
}

/// <param name="Name">As it is printed.</param>
/// <param name="Status">That is expected.</param>
/// <param name="Request">The number tells requests apart.</param>
internal sealed record Asked(string Name, HttpStatusCode Status, Func<long, HttpRequestMessage> Request);
