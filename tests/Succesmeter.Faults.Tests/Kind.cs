namespace Succesmeter.Faults.Tests;

/// <summary>The kinds of work over which the host is killed, in the order in which a round does them.</summary>
internal enum Kind
{
    Ingest,
    Scoring,
    Delivery,
    Crawl,
    Network,
    Training,
}
