using Succesmeter.Scores;
using Succesmeter.Visits;
using Succesmeter.Webhooks;

namespace Succesmeter.Intake;

/// <summary>What the host gave up after all its tries, and set aside.</summary>
public interface IGivenUp
{
    /// <summary>Each for a while hidden from others who take; what is not put back or forgotten shows again within the hour.</summary>
    IAsyncEnumerable<GivenUp> TakeAsync(CancellationToken cancellation);

    /// <summary>Sends the campaigns to be scored once more; since when they fail is kept.</summary>
    Task RetryAsync(GivenUp.Scores given, CancellationToken cancellation);

    /// <summary>Sends the page to be fetched once more; since when it fails is kept.</summary>
    Task RetryAsync(GivenUp.Page given, CancellationToken cancellation);

    /// <summary>Sends the delivery to be tried once more; since when it fails is kept.</summary>
    Task RetryAsync(GivenUp.Telling given, CancellationToken cancellation);

    Task ForgetAsync(GivenUp given, CancellationToken cancellation);
}

/// <param name="Since">When it was first given up.</param>
/// <param name="Handle">For the store that it was taken from.</param>
public abstract record GivenUp(DateTimeOffset Since, object Handle)
{
    public sealed record Scores(IReadOnlyList<ScoreRequest> Requests, DateTimeOffset Since, object Handle) : GivenUp(Since, Handle);

    public sealed record File(string Name, DateTimeOffset Since, object Handle) : GivenUp(Since, Handle);

    public sealed record Page(PageToFetch Asked, DateTimeOffset Since, object Handle) : GivenUp(Since, Handle);

    public sealed record Telling(DeliveryMessage Message, DateTimeOffset Since, object Handle) : GivenUp(Since, Handle);

    /// <summary>Nobody knows what it asks for.</summary>
    public sealed record Unreadable(string Text, DateTimeOffset Since, object Handle) : GivenUp(Since, Handle);
}
