namespace Succesmeter.Social;

/// <summary>Why an indicator is bounded, unobservable or without percentile; docs/social.md explains each code.</summary>
public static class Reasons
{
    public const string PeopleDeclared = "people-declared";
    public const string GiftCountOnly = "gift-count-only";
    public const string NamesNotAccounts = "names-not-accounts";
    public const string ListIncomplete = "list-incomplete";
    public const string GiftsSealed = "gifts-sealed";
    /// <summary>No snapshot listed gifts one by one.</summary>
    public const string GiftsNotListed = "gifts-not-listed";
    public const string NoListAndNoCount = "no-list-and-no-count";
    public const string NoGifts = "no-gifts";
    public const string NoAmounts = "no-amounts";
    public const string FewerThanTwentyDonors = "fewer-than-20-donors";
    public const string AmountsUnder90Percent = "amounts-under-90-percent";
    public const string MoneyUnknown = "money-unknown";
    public const string BeforeLaunch = "before-launch";
    public const string LaunchUnknown = "launch-unknown";
    public const string GoalUnknown = "goal-unknown";
    public const string CurrencyUnknown = "currency-unknown";
    public const string NoReferences = "no-references";
    public const string FewReferences = "few-references";
    public const string FewReferencesLowerThird = "few-references-lower-third";
    public const string FewReferencesMiddleThird = "few-references-middle-third";
    public const string FewReferencesUpperThird = "few-references-upper-third";
    public const string FewerThanThreePercentiles = "fewer-than-three-percentiles";

    /// <summary>A kind of success without a better end: it is in the compass and never ranked.</summary>
    public const string NotRanked = "not-ranked";
    public const string BurstLeftOut = "burst-left-out";

    /// <summary>The page showed it once and does so no longer.</summary>
    public const string Hidden = "hidden-since";
    public const string CommentsNotShown = "comments-not-shown";
    public const string CommentCountOnly = "comment-count-only";
    public const string AuthorRolesUnknown = "author-roles-unknown";
    public const string RepliesNotLinked = "replies-not-linked";
    public const string NothingToAnswer = "nothing-to-answer";
    public const string NeedsNotShown = "needs-not-shown";
    public const string NeedsDeclared = "needs-declared";
    public const string NothingAsked = "nothing-asked";
    public const string CampaignPlaceUnknown = "campaign-place-unknown";
    public const string PlaceKindsDiffer = "place-kinds-differ";
    public const string FewPlaces = "few-places";
    public const string FewerThanFiveThere = "fewer-than-5-there";
    public const string PlaceStandsInForDistance = "place-stands-in-for-distance";
    public const string SensitiveCampaign = "sensitive-campaign";
    public const string NetworkNotBuilt = "network-not-built";
    public const string TooFewToShow = "too-few-to-show";
    public const string AnonymousDonors = "anonymous-donors";
    public const string HolderNotInAccountSpace = "holder-not-in-account-space";
    public const string NotReckoned = "not-reckoned";
}
