namespace Succesmeter.Visits;

/// <summary>One page of a platform to be fetched.</summary>
/// <param name="Address">Absolute, http or https.</param>
/// <param name="Kind">What the platform's reader knows the page by, such as <c>project</c> or <c>donors-2</c>; lower-case letters, digits and hyphens.</param>
public sealed record PageRequest(Uri Address, string Kind);
