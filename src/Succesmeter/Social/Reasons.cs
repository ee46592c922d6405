namespace Succesmeter.Social;

/// <summary>Why an indicator is bounded, unobservable or without percentile; docs/social.md explains each code.</summary>
public static class Reasons
{
    public const string PeopleDeclared = "people-declared";
    public const string GiftCountOnly = "gift-count-only";
    public const string NamesNotAccounts = "names-not-accounts";
    public const string ListIncomplete = "list-incomplete";
    public const string GiftsSealed = "gifts-sealed";
    public const string GiftTimesUnknown = "gift-times-unknown";
    public const string NoListAndNoCount = "no-list-and-no-count";
    public const string NoGifts = "no-gifts";
    public const string NoAmounts = "no-amounts";
    public const string FewerThanTwentyDonors = "fewer-than-20-donors";
    public const string AmountsUnder90Percent = "amounts-under-90-percent";
    public const string MoneyUnknown = "money-unknown";
    public const string BeforeLaunch = "before-launch";
    public const string Ended = "ended";
    public const string LaunchUnknown = "launch-unknown";
    public const string GoalUnknown = "goal-unknown";
    public const string CurrencyUnknown = "currency-unknown";
    public const string NoReferences = "no-references";
    public const string FewReferences = "few-references";
    public const string FewReferencesLowerThird = "few-references-lower-third";
    public const string FewReferencesMiddleThird = "few-references-middle-third";
    public const string FewReferencesUpperThird = "few-references-upper-third";
    public const string FewerThanThreePercentiles = "fewer-than-three-percentiles";
}
