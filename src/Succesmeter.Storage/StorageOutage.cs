using Azure;

namespace Succesmeter.Storage;

/// <summary>Tells storage that cannot answer now from storage that refused.</summary>
public static class StorageOutage
{
    public static bool Is(Exception failure) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 408 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(Is),
        _ => false,
    };
}
