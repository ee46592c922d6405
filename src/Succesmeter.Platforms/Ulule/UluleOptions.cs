using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Succesmeter.Platforms.Ulule;

/// <summary>What is looked for on Ulule; bound to <c>Platforms:Ulule</c>.</summary>
public sealed class UluleOptions
{
    public const string Section = "Platforms:Ulule";

    /// <summary>Ulule is crawled; its API answers guests, so nothing else says so.</summary>
    public bool IsCrawled { get; set; }

    /// <summary>Two letters of ISO 3166-1: only projects there are found.</summary>
    [Required]
    [RegularExpression("^[A-Za-z]{2}$")]
    public string Country { get; set; } = "be";
}

[OptionsValidator]
public sealed partial class UluleOptionsValidator : IValidateOptions<UluleOptions>;
