namespace Succesmeter.Networks;

/// <summary>Why a tie is bounded or unobservable; docs/network.md explains each code.</summary>
public static class TieReasons
{
    public const string FirstNamesOnly = "first-names-only";
    public const string NamesNotAccounts = Social.Reasons.NamesNotAccounts;
    public const string FewerThanTwentyDonors = Social.Reasons.FewerThanTwentyDonors;
    public const string FewerThanTwentyWithPriorGift = "fewer-than-20-with-prior-gift";
    public const string FewerThanFiveShare = "fewer-than-5-share";
    public const string NoDeclaredPlaceOrCategory = "no-declared-place-or-category";
    public const string UnderTwelveMonthsOfHistory = "under-12-months-of-history";
    public const string HolderNotInAccountSpace = "holder-not-in-account-space";
    public const string LaunchUnknown = Social.Reasons.LaunchUnknown;
}
