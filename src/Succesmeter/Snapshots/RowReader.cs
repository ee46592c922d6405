using System.Text.Json;
using System.Text.Unicode;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>Reads one JSON object of schema <c>succesmeter/snapshot/1</c>. The first rule that is broken refuses the row. Used by one file at a time.</summary>
/// <remarks>
/// The edge where values are checked: beyond it they are trusted. A row is refused for what it says wrongly, never for what it leaves out, but for its
/// campaign, its instant and its total. Null means left out. A goal of 0 means that none is known yet.
/// </remarks>
internal sealed partial class RowReader
{
    internal const string NotJson = "is not valid JSON";
    internal const string MustBeUtf8 = "must be UTF-8";

    private const string Schema = "succesmeter/snapshot/1";
    private const string MustBeGiven = "must be given";

    /// <summary>A source's clock may be wrong by a zone; more than that is not a clock.</summary>
    private static readonly TimeSpan s_mostAhead = TimeSpan.FromHours(24);

    private static readonly FieldNames s_fields = FieldNames.OfFields<Field>();
    private static readonly FieldNames s_statuses = FieldNames.OfChoices<CampaignStatus>();
    private static readonly FieldNames s_goalUnits = FieldNames.OfChoices<GoalUnit>();
    private static readonly FieldNames s_fundings = FieldNames.OfChoices<FundingModel>();
    private static readonly FieldNames s_contributionsAre = FieldNames.OfChoices<ContributionsAre>();

    /// <summary>Stands in while a row is read that is refused in the end, because its platform could not be found.</summary>
    private static readonly PlatformId s_anyPlatform = new("any");

    private readonly SnapshotReading _reading;
    private readonly SnapshotLimits _limits;
    private readonly JsonReaderOptions _options;
    private readonly ReadingCache _cache;

    private PlatformId? _platform;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateTimeOffset _latest;
    private int _unknown;
    private string? _rule;
    private string _refusedField = "$";

    // Where the reader stands: contributions[3].amount.
    private string? _list;
    private int _index;
    private string? _field;

    public RowReader(SnapshotReading reading)
    {
        _reading = reading;
        _limits = reading.Limits;
        _options = new JsonReaderOptions { MaxDepth = _limits.MaxDepth };
        _latest = reading.ReceivedAt + s_mostAhead;
        _cache = new ReadingCache(reading.Pseudonyms);
    }

    /// <param name="json">The row as JSON.</param>
    /// <param name="line">Where it began.</param>
    /// <param name="raw">The row as sent, for the quarantine.</param>
    /// <param name="unknownFields">How many were left out already.</param>
    public ReadRow Read(ReadOnlySpan<byte> json, long line, ReadOnlySpan<byte> raw, int unknownFields)
    {
        _unknown = unknownFields;
        _rule = null;
        Leave();

        var snapshot = Read(json);
        return _rule is null && snapshot is not null
            ? new ReadRow.Taken(line, snapshot, _unknown, raw.Length)
            : new ReadRow.Refused(new Rejection(line, _refusedField, _rule ?? NotJson), RowSource.Cut(raw, _limits));
    }

    private Snapshot? Read(ReadOnlySpan<byte> utf8)
    {
        // The JSON reader itself lets anything pass inside a text.
        if (!Utf8.IsValid(utf8))
        {
            Refuse(MustBeUtf8);
            return null;
        }

        var json = new Utf8JsonReader(utf8, _options);
        try
        {
            if (json.Read() && json.TokenType != JsonTokenType.StartObject)
            {
                Refuse("must be a JSON object");
                return null;
            }

            // Zone and pseudonyms hang on the platform, which may stand anywhere in the object.
            ReadPlatform(json);
            var snapshot = _rule is null ? ReadSnapshot(ref json) : null;

            if (_rule is null)
                json.Read();

            return snapshot;
        }
        catch (JsonException)
        {
            // The reader counts a brace or bracket as a level only behind it.
            var depth = json.CurrentDepth + (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
            Refuse(depth >= _limits.MaxDepth ? $"must not be nested deeper than {_limits.MaxDepth} levels" : NotJson);
            return null;
        }
    }

    /// <param name="json">A copy: the row is read again from its start.</param>
    private void ReadPlatform(Utf8JsonReader json)
    {
        string? name = null;
        try
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (FindName(ref json, s_fields, (int)Field.Platform) != (int)Field.Platform)
                {
                    json.Skip();
                    continue;
                }

                json.Read();
                if (_platform is not null && _reading.Platform is null && json is { TokenType: JsonTokenType.String, ValueIsEscaped: false } && json.ValueTextEquals(_platform.Value))
                    return;

                _field = "platform";
                name = Text(ref json, _limits.MaxName);
                break;
            }
        }
        catch (JsonException)
        {
            // The same flaw is met when the row itself is read, where its field is known.
            return;
        }

        _field = "platform";
        if (_rule is null)
            Settle(name);

        Leave();
    }

    private void Settle(string? name)
    {
        var platform = _reading.Platform;
        if (name is null && platform is null)
            Refuse(MustBeGiven);
        else if (name is not null && !PlatformId.TryParse(name, out platform))
            Refuse(IdRule.Text);
        else if (_reading.Platform is not null && platform != _reading.Platform)
            Refuse($"must be {_reading.Platform}, the platform that this file was sent for");
        else if (platform != _platform)
            Know(platform!);
    }

    private void Know(PlatformId platform)
    {
        _platform = platform;
        _zone = _reading.ZoneOf(platform);
        _latest = (_reading.OtherClockOf?.Invoke(platform) ?? _reading.ReceivedAt) + s_mostAhead;
    }

    private Snapshot? ReadSnapshot(ref Utf8JsonReader json)
    {
        CampaignId? campaign = null;
        Moment? takenAt = null, launchedAt = null, endsAt = null;
        string? title = null, holder = null, url = null, category = null, place = null, currency = null, description = null;
        double? latitude = null, longitude = null;
        decimal? goal = null, stretchGoal = null, pledged = null;
        int? backers = null, comments = null, updates = null, followers = null, shares = null, collaborators = null;
        bool? sensitive = null, actionLogKept = null;
        int? status = null, goalUnit = null, funding = null, contributionsAre = null;
        string[]? languages = null;
        Reward[]? rewards = null;
        Needs? needs = null;
        Members? members = null;
        Contribution[]? contributions = null;
        Supporter[]? supporters = null;
        Comment[]? commentList = null;
        HolderAction[]? actions = null;

        var seen = 0UL;
        var field = -1;
        while (NextField(ref json, s_fields, ref seen, ref field))
        {
            switch ((Field)field)
            {
                case Field.Schema:
                    if (Text(ref json, _limits.MaxName) is { } schema && schema != Schema)
                        Refuse($"must be {Schema}");
                    break;
                case Field.Platform: break;
                case Field.Campaign: campaign = Campaign(ref json); break;
                case Field.TakenAt: takenAt = When(ref json); break;
                case Field.State: status = Choice(ref json, s_statuses); break;
                case Field.Title: title = Text(ref json, _limits.MaxTitle); break;
                case Field.Holder: holder = Text(ref json, _limits.MaxName); break;
                case Field.Url: url = Url(ref json); break;
                case Field.Languages: languages = Languages(ref json); break;
                case Field.Category: category = Text(ref json, _limits.MaxName); break;
                case Field.Place: place = Text(ref json, _limits.MaxName); break;
                case Field.Latitude: latitude = Degrees(ref json, 90); break;
                case Field.Longitude: longitude = Degrees(ref json, 180); break;
                case Field.Currency: currency = Currency(ref json); break;
                case Field.Goal: goal = Goal(ref json); break;
                case Field.StretchGoal: stretchGoal = Goal(ref json); break;
                case Field.GoalUnit: goalUnit = Choice(ref json, s_goalUnits); break;
                case Field.Funding: funding = Choice(ref json, s_fundings); break;
                case Field.LaunchedAt: launchedAt = When(ref json); break;
                case Field.EndsAt: endsAt = When(ref json); break;
                case Field.Pledged: pledged = Amount(ref json); break;
                case Field.Backers: backers = Count(ref json); break;
                case Field.Comments: comments = Count(ref json); break;
                case Field.Updates: updates = Count(ref json); break;
                case Field.Followers: followers = Count(ref json); break;
                case Field.Shares: shares = Count(ref json); break;
                case Field.Collaborators: collaborators = Count(ref json); break;
                case Field.Sensitive: sensitive = Flag(ref json); break;
                case Field.Description: description = Text(ref json, _limits.MaxDescription); break;
                case Field.Rewards: rewards = Rewards(ref json); break;
                case Field.Needs: needs = Needs(ref json); break;
                case Field.Members: members = Members(ref json); break;
                case Field.ContributionsAre: contributionsAre = Choice(ref json, s_contributionsAre); break;
                case Field.Contributions: contributions = Contributions(ref json); break;
                case Field.Supporters: supporters = Supporters(ref json); break;
                case Field.CommentList: commentList = Comments(ref json); break;
                case Field.Actions: actions = Actions(ref json); break;
                case Field.ActionLogKept: actionLogKept = Flag(ref json); break;
            }
        }

        if (_rule is null)
            Require(campaign, takenAt, pledged, members);

        if (_rule is not null || campaign is null || takenAt is null)
            return null;

        return new Snapshot
        {
            Campaign = campaign,
            TakenAt = takenAt.Value.At,
            Status = (CampaignStatus?)status,
            Title = title,
            Holder = holder,
            Url = url,
            Languages = languages ?? [],
            Category = category,
            Place = place,
            Latitude = latitude,
            Longitude = longitude,
            Currency = currency,
            Goal = goal,
            StretchGoal = stretchGoal,
            GoalUnit = (GoalUnit?)goalUnit,
            Funding = (FundingModel?)funding,
            LaunchedAt = launchedAt,
            EndsAt = endsAt,
            Pledged = pledged,
            Backers = backers,
            Comments = comments,
            Updates = updates,
            Followers = followers,
            Shares = shares,
            Collaborators = collaborators,
            Sensitive = sensitive,
            Description = description,
            Rewards = rewards ?? [],
            Needs = needs,
            Members = members,

            // A list that does not say what it is claims the least; a claim without a list is about nothing.
            ContributionsAre = contributions is null ? null : (ContributionsAre?)contributionsAre ?? Snapshots.ContributionsAre.Recent,
            Contributions = contributions is null ? [] : WithHolderMarked(contributions, holder),
            Supporters = supporters,
            CommentList = commentList,
            Actions = actions ?? [],
            ActionLogKept = actionLogKept,
        };
    }

    private void Require(CampaignId? campaign, Moment? takenAt, decimal? pledged, Members? members)
    {
        if (campaign is null)
            Refuse(nameof(campaign), MustBeGiven);
        else if (takenAt is null)
            Refuse(nameof(takenAt), MustBeGiven);
        else if (takenAt.Value.At > _latest)
            Refuse(nameof(takenAt), "must not lie more than 24 hours after the file was received");
        else if (pledged is null && members is null)
            Refuse(nameof(pledged), "must be given, or members instead");
    }

    /// <summary>Goes to the next value that the schema knows, counting the fields that it does not.</summary>
    /// <returns>False at the end of the object, and once something was refused.</returns>
    private bool NextField(ref Utf8JsonReader json, FieldNames names, ref ulong seen, ref int field)
    {
        while (_rule is null)
        {
            _field = null;
            if (!json.Read() || json.TokenType != JsonTokenType.PropertyName)
                return false;

            var found = FindName(ref json, names, field + 1);
            if (found < 0)
            {
                _unknown++;
                json.Skip();
                continue;
            }

            field = found;
            _field = names[found];
            if ((seen & (1UL << found)) != 0)
            {
                Refuse("must stand only once in its object");
                return false;
            }

            seen |= 1UL << found;
            json.Read();
            return true;
        }

        return false;
    }

    private static int FindName(ref Utf8JsonReader json, FieldNames names, int guess)
    {
        if (!json.ValueIsEscaped)
            return names.Find(json.ValueSpan, guess);

        try
        {
            return names.IndexOf(json.GetString());
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is in no name that is known.
            return -1;
        }
    }

    private void Refuse(string rule)
    {
        if (_rule is not null)
            return;

        _rule = rule;
        var owner = _list is null ? null : _index < 0 ? _list : FormattableString.Invariant($"{_list}[{_index}]");
        _refusedField = (owner, _field) switch
        {
            (null, null) => "$",
            (null, _) => _field,
            (_, null) => owner,
            _ => $"{owner}.{_field}",
        };
    }

    private void Refuse(string field, string rule)
    {
        _field = field;
        Refuse(rule);
    }

    private void Enter(string list)
    {
        _list = list;
        _index = -1;
        _field = null;
    }

    private void Leave()
    {
        _list = null;
        _index = -1;
        _field = null;
    }

    private enum Field
    {
        Schema,
        Platform,
        Campaign,
        TakenAt,
        State,
        Title,
        Holder,
        Url,
        Languages,
        Category,
        Place,
        Latitude,
        Longitude,
        Currency,
        Goal,
        StretchGoal,
        GoalUnit,
        Funding,
        LaunchedAt,
        EndsAt,
        Pledged,
        Backers,
        Comments,
        Updates,
        Followers,
        Shares,
        Collaborators,
        Sensitive,
        Description,
        Rewards,
        Needs,
        Members,
        ContributionsAre,
        Contributions,
        Supporters,
        CommentList,
        Actions,
        ActionLogKept,
    }
}
