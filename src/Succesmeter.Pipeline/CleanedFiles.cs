using Succesmeter.Erasures;

namespace Succesmeter.Pipeline;

/// <summary>Takes donors who were erased out of the raw files; a file of which nothing can be taken out is deleted.</summary>
public sealed class CleanedFiles(IRawFiles files)
{
    /// <param name="file">As listed.</param>
    /// <param name="names">Not empty.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether it named anybody.</returns>
    public async Task<bool> CleanAsync(RawFile file, ErasedNames names, CancellationToken cancellation)
    {
        switch (await FindAsync(file, names, cancellation))
        {
            case RawFinding.CanBeCleaned:
                await files.ReplaceAsync(file, (content, target) => RawText.CopyAsync(content, target, names, cancellation), cancellation);
                return true;
            case RawFinding.MustGo:
                await files.DeleteAsync(file, cancellation);
                return true;
            default:
                return false;
        }
    }

    private async Task<RawFinding> FindAsync(RawFile file, ErasedNames names, CancellationToken cancellation)
    {
        await using var content = await files.OpenAsync(file, cancellation);
        return content is null ? RawFinding.NamesNobody : await RawText.FindAsync(content, names, cancellation);
    }
}
