using Succesmeter.Access;

namespace Succesmeter.Webhooks;

/// <summary>Whether who subscribed may still hear.</summary>
public interface ISubscriberRights
{
    /// <param name="madeBy">The token, or root.</param>
    /// <param name="scope">Of the subscription.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    ValueTask<bool> MayHearAsync(string madeBy, TokenScope scope, CancellationToken cancellation);
}
