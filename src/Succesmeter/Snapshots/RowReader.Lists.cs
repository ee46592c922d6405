using System.Text.Json;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <content>The objects inside a snapshot.</content>
internal sealed partial class RowReader
{
    private static readonly FieldNames s_rewardFields = FieldNames.OfFields<RewardField>();
    private static readonly FieldNames s_needsFields = FieldNames.OfFields<NeedsField>();
    private static readonly FieldNames s_membersFields = FieldNames.OfFields<MembersField>();
    private static readonly FieldNames s_contributionFields = FieldNames.OfFields<ContributionField>();
    private static readonly FieldNames s_supporterFields = FieldNames.OfFields<SupporterField>();
    private static readonly FieldNames s_commentFields = FieldNames.OfFields<CommentField>();
    private static readonly FieldNames s_actionFields = FieldNames.OfFields<ActionField>();
    private static readonly FieldNames s_identities = FieldNames.OfChoices<IdentityQuality>();
    private static readonly FieldNames s_authors = FieldNames.OfChoices<CommentAuthor>();
    private static readonly FieldNames s_actionKinds = FieldNames.OfChoices<ActionKind>();

    private delegate T? ReadItem<T>(RowReader reader, ref Utf8JsonReader json) where T : class;

    private Reward[]? Rewards(ref Utf8JsonReader json) =>
        Items(ref json, "rewards", _limits.MaxRewards, static (RowReader reader, ref Utf8JsonReader item) => reader.Reward(ref item));

    private Contribution[]? Contributions(ref Utf8JsonReader json) =>
        Items(ref json, "contributions", _limits.MaxContributions, static (RowReader reader, ref Utf8JsonReader item) => reader.Contribution(ref item));

    private Supporter[]? Supporters(ref Utf8JsonReader json) =>
        Items(ref json, "supporters", _limits.MaxSupporters, static (RowReader reader, ref Utf8JsonReader item) => reader.Supporter(ref item));

    private Comment[]? Comments(ref Utf8JsonReader json) =>
        Items(ref json, "commentList", _limits.MaxComments, static (RowReader reader, ref Utf8JsonReader item) => reader.Comment(ref item));

    private HolderAction[]? Actions(ref Utf8JsonReader json) =>
        Items(ref json, "actions", _limits.MaxActions, static (RowReader reader, ref Utf8JsonReader item) => reader.Action(ref item));

    private T[]? Items<T>(ref Utf8JsonReader json, string name, int most, ReadItem<T> read) where T : class
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        if (json.TokenType != JsonTokenType.StartArray)
        {
            Refuse("must be a list");
            return null;
        }

        Enter(name);
        var items = new List<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == most)
            {
                _index = -1;
                Refuse($"must hold at most {most} items");
                return null;
            }

            _index = items.Count;
            _field = null;
            if (json.TokenType != JsonTokenType.StartObject)
                Refuse("must be an object");

            if (_rule is not null || read(this, ref json) is not { } item || _rule is not null)
                return null;

            items.Add(item);
        }

        Leave();
        return items.ToArray();
    }

    private string[]? Languages(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;

        if (json.TokenType != JsonTokenType.StartArray)
        {
            Refuse("must be a list");
            return null;
        }

        Enter("languages");
        var languages = new List<string>(2);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            _index++;
            if (_index == _limits.MaxLanguages)
            {
                _index = -1;
                Refuse($"must hold at most {_limits.MaxLanguages} items");
                return null;
            }

            // Of nl-BE the first part counts.
            var tag = Text(ref json, _limits.MaxName)?.Split('-', '_')[0].ToLowerInvariant();
            if (_rule is null && (tag is not { Length: 2 or 3 } || tag.AsSpan().ContainsAnyExceptInRange('a', 'z')))
                Refuse("must be an ISO 639 language code");

            if (_rule is not null || tag is null)
                return null;

            languages.Add(tag);
        }

        Leave();
        return [.. languages];
    }

    private Reward? Reward(ref Utf8JsonReader json)
    {
        string? title = null;
        decimal? price = null;
        int? claimed = null, limit = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_rewardFields, ref seen, ref field))
        {
            switch ((RewardField)field)
            {
                case RewardField.Title: title = Text(ref json, _limits.MaxTitle); break;
                case RewardField.Price: price = Amount(ref json); break;
                case RewardField.Claimed: claimed = Count(ref json); break;
                case RewardField.Limit: limit = Count(ref json); break;
            }
        }

        return new Reward(title, price, claimed, limit);
    }

    /// <returns>Null unless both numbers are known: half of it measures nothing.</returns>
    private Needs? Needs(ref Utf8JsonReader json)
    {
        if (!EnterObject(ref json, "needs"))
            return null;

        int? asked = null, filled = null;
        bool? declared = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_needsFields, ref seen, ref field))
        {
            switch ((NeedsField)field)
            {
                case NeedsField.Asked: asked = Count(ref json); break;
                case NeedsField.Filled: filled = Count(ref json); break;
                case NeedsField.Declared: declared = Flag(ref json); break;
            }
        }

        Leave();
        return asked is { } of && filled is { } found ? new Needs(of, found) { Declared = declared == true } : null;
    }

    private Members? Members(ref Utf8JsonReader json)
    {
        if (!EnterObject(ref json, "members"))
            return null;

        int? active = null, started = null, stopped = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_membersFields, ref seen, ref field))
        {
            switch ((MembersField)field)
            {
                case MembersField.Active: active = Count(ref json); break;
                case MembersField.Started: started = Count(ref json); break;
                case MembersField.Stopped: stopped = Count(ref json); break;
            }
        }

        Leave();
        return active is { } now ? new Members(now, started, stopped) : null;
    }

    private Contribution? Contribution(ref Utf8JsonReader json)
    {
        string? id = null, donor = null, place = null;
        Moment? at = null;
        decimal? amount = null;
        int? identity = null, messageLength = null, people = null;
        bool? anonymous = null, rewardWaived = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_contributionFields, ref seen, ref field))
        {
            switch ((ContributionField)field)
            {
                case ContributionField.Id: id = Text(ref json, _limits.MaxName); break;
                case ContributionField.At: at = When(ref json); break;
                case ContributionField.Amount: amount = Amount(ref json); break;
                case ContributionField.Donor: donor = Text(ref json, _limits.MaxName); break;
                case ContributionField.Identity: identity = Choice(ref json, s_identities); break;
                case ContributionField.Anonymous: anonymous = Flag(ref json); break;
                case ContributionField.MessageLength: messageLength = Count(ref json); break;
                case ContributionField.Place: place = Text(ref json, _limits.MaxName); break;
                case ContributionField.RewardWaived: rewardWaived = Flag(ref json); break;
                case ContributionField.People: people = People(ref json); break;
            }
        }

        var (pseudonym, isAnonymous) = Person(donor, (IdentityQuality?)identity, anonymous == true);
        return new Contribution
        {
            Id = id,
            At = at,
            Amount = amount,
            Donor = pseudonym,
            Identity = (IdentityQuality?)identity,
            Anonymous = isAnonymous,
            MessageLength = messageLength,
            Place = place,
            RewardWaived = rewardWaived == true,
            People = people ?? 1,
        };
    }

    private Supporter? Supporter(ref Utf8JsonReader json)
    {
        string? donor = null;
        int? identity = null;
        bool? anonymous = null;
        Moment? firstSeen = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_supporterFields, ref seen, ref field))
        {
            switch ((SupporterField)field)
            {
                case SupporterField.Donor: donor = Text(ref json, _limits.MaxName); break;
                case SupporterField.Identity: identity = Choice(ref json, s_identities); break;
                case SupporterField.Anonymous: anonymous = Flag(ref json); break;
                case SupporterField.FirstSeen: firstSeen = When(ref json); break;
            }
        }

        var (pseudonym, isAnonymous) = Person(donor, (IdentityQuality?)identity, anonymous == true);
        return new Supporter(pseudonym, (IdentityQuality?)identity, isAnonymous, firstSeen);
    }

    private Comment? Comment(ref Utf8JsonReader json)
    {
        string? id = null, author = null, answers = null;
        Moment? at = null;
        int? by = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_commentFields, ref seen, ref field))
        {
            switch ((CommentField)field)
            {
                case CommentField.Id: id = Text(ref json, _limits.MaxName); break;
                case CommentField.At: at = When(ref json); break;
                case CommentField.By: by = Choice(ref json, s_authors); break;
                case CommentField.Author: author = Text(ref json, _limits.MaxName); break;
                case CommentField.Answers: answers = Text(ref json, _limits.MaxName); break;
            }
        }

        var isHolder = (CommentAuthor?)by == CommentAuthor.Holder;
        return new Comment(id, at, (CommentAuthor?)by, Author(author, isHolder), answers);
    }

    private HolderAction? Action(ref Utf8JsonReader json)
    {
        Moment? at = null;
        int? kind = null;
        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_actionFields, ref seen, ref field))
        {
            switch ((ActionField)field)
            {
                case ActionField.At: at = When(ref json); break;
                case ActionField.Kind: kind = Choice(ref json, s_actionKinds); break;
            }
        }

        // Not a missing fact: an action is nothing but these two.
        if (at is null)
            Refuse("at", MustBeGiven);
        else if (kind is null)
            Refuse("kind", MustBeGiven);

        return _rule is null ? new HolderAction(at!.Value, (ActionKind)kind!.Value) : null;
    }

    private bool EnterObject(ref Utf8JsonReader json, string name)
    {
        if (json.TokenType == JsonTokenType.Null)
            return false;

        if (json.TokenType != JsonTokenType.StartObject)
        {
            Refuse("must be an object");
            return false;
        }

        Enter(name);
        return true;
    }

    /// <summary>
    /// A name is written in many ways: composed or not, in any case. An account id is not, so only its composition is settled.
    /// A donor who was erased becomes anonymous here.
    /// </summary>
    private (Pseudonym? Pseudonym, bool IsAnonymous) Person(string? donor, IdentityQuality? identity, bool isAnonymous)
    {
        if (donor is null || isAnonymous || _rule is not null)
            return (null, isAnonymous);

        var settled = identity is IdentityQuality.FullName or IdentityQuality.FirstName ? PersonName.Settled(donor) : AccountId.Settled(donor);
        var pseudonym = _cache.PseudonymOf(_platform ?? s_anyPlatform, settled);
        return (pseudonym, pseudonym is null);
    }

    /// <summary>
    /// A comment does not say what it knows its author by. What has a blank in it is a name and no account id, so that a giver who comments has one pseudonym; an author who was erased in
    /// either form has none.
    /// </summary>
    private Pseudonym? Author(string? author, bool isHolder)
    {
        var asAccount = Person(author, IdentityQuality.Account, isHolder).Pseudonym;
        var asName = Person(author, IdentityQuality.FullName, isHolder).Pseudonym;
        return asAccount is null || asName is null ? null : author!.Any(char.IsWhiteSpace) ? asName : asAccount;
    }

    /// <summary>Marks what the holder gave: under the account id that the holder is known by, or under the same full name.</summary>
    private Contribution[] WithHolderMarked(Contribution[] contributions, string? holder)
    {
        if (holder is null || contributions.Length == 0)
            return contributions;

        var asAccount = Person(holder, IdentityQuality.Account, isAnonymous: false).Pseudonym;
        var asName = Person(holder, IdentityQuality.FullName, isAnonymous: false).Pseudonym;
        for (var i = 0; i < contributions.Length; i++)
            if (contributions[i] is { Donor: { } donor, Identity: not IdentityQuality.FirstName } gift
                && donor == (gift.Identity == IdentityQuality.FullName ? asName : asAccount))
                contributions[i] = gift with { ByHolder = true };

        return contributions;
    }

    private enum RewardField
    {
        Title,
        Price,
        Claimed,
        Limit,
    }

    private enum NeedsField
    {
        Asked,
        Filled,
        Declared,
    }

    private enum MembersField
    {
        Active,
        Started,
        Stopped,
    }

    private enum ContributionField
    {
        Id,
        At,
        Amount,
        Donor,
        Identity,
        Anonymous,
        MessageLength,
        Place,
        RewardWaived,
        People,
    }

    private enum SupporterField
    {
        Donor,
        Identity,
        Anonymous,
        FirstSeen,
    }

    private enum CommentField
    {
        Id,
        At,
        By,
        Author,
        Answers,
    }

    private enum ActionField
    {
        At,
        Kind,
    }
}
