namespace Succesmeter.LocalHost;

/// <summary>One kind of trigger that looks for work by itself.</summary>
internal interface ITriggers
{
    /// <summary>One endless look-out per function, checked but not yet begun; it ends when the host drains and its last invocation has.</summary>
    IEnumerable<Func<Task>> Listeners();
}
