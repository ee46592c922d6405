namespace Succesmeter.Erasures;

/// <summary>What a raw file holds of donors who were erased.</summary>
public enum RawFinding
{
    NamesNobody,

    /// <summary>It is JSON, and texts in it name them.</summary>
    CanBeCleaned,

    /// <summary>It names them, or may, where nothing can be taken out: pages, tables, what breaks off.</summary>
    MustGo,
}
