using Succesmeter.Platforms.Recipes;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class ShownMomentTests
{
    private static readonly TimeZoneInfo Brussels = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    /// <summary>Ten past midnight in Brussels, still the day before in UTC.</summary>
    private static readonly DateTimeOffset TakenAt = new(2026, 5, 11, 22, 10, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("nl", "12 mei 2026", "2026-05-12")]
    [InlineData("nl", "Eindigt op dinsdag 12 mei 2026 om 14:30", "2026-05-12T12:30:00.000Z")]
    [InlineData("nl", "1 maart 2026", "2026-03-01")]
    [InlineData("nl", "12/05/2026", "2026-05-12")]
    [InlineData("nl", "12-05-2026", "2026-05-12")]
    [InlineData("fr", "12 mai 2026", "2026-05-12")]
    [InlineData("fr", "1er août 2026", "2026-08-01")]
    [InlineData("fr", "12 mai 2026 à 14h30", "2026-05-12T12:30:00.000Z")]
    [InlineData("fr", "12/05/2026", "2026-05-12")]
    [InlineData("en", "May 12, 2026", "2026-05-12")]
    [InlineData("en", "12 May 2026", "2026-05-12")]
    [InlineData("en", "May 12th, 2026 at 2:30 pm", "2026-05-12T12:30:00.000Z")]
    [InlineData("en-us", "05/12/2026", "2026-05-12")]
    [InlineData("en-gb", "12/05/2026", "2026-05-12")]
    [InlineData("en", "25/05/2026", "2026-05-25")]
    [InlineData("en", "05/05/2026", "2026-05-05")]
    [InlineData("de", "12. Mai 2026", "2026-05-12")]
    [InlineData("es", "12 de mayo de 2026", "2026-05-12")]
    [InlineData("nl", "2026-05-12", "2026-05-12")]
    [InlineData("nl", "2026-05-12T14:30:00+02:00", "2026-05-12T12:30:00.000Z")]
    [InlineData("nl", "Tue, 12 May 2026 14:30:00 +0200", "2026-05-12T12:30:00.000Z")]
    [InlineData("nl", "3 dagen geleden", "2026-05-09")]
    [InlineData("nl", "nog 5 dagen", "2026-05-17")]
    [InlineData("nl", "een uur geleden", "2026-05-11T21:10:00.000Z")]
    [InlineData("nl", "gisteren", "2026-05-11")]
    [InlineData("fr", "il y a 3 jours", "2026-05-09")]
    [InlineData("fr", "il y a 20 minutes", "2026-05-11T21:50:00.000Z")]
    [InlineData("fr", "plus que 5 jours restants", "2026-05-17")]
    [InlineData("fr", "aujourd’hui", "2026-05-12")]
    [InlineData("en", "3 days ago", "2026-05-09")]
    [InlineData("en", "5 days to go", "2026-05-17")]
    public void Dates_are_read_as_their_language_writes_them(string language, string text, string expected)
    {
        var own = ShownLanguage.Find(language)!;
        Assert.True(ShownMoment.TryRead(text, own, [own], Brussels, TakenAt, out var moment, out var rule), rule);
        Assert.Equal(expected, moment.Iso);
    }

    [Theory]
    [InlineData("en", "12/05/2026", ShownMoment.Ambiguous)]
    [InlineData("nl", "05/13/2026", ShownMoment.NoDate)]
    [InlineData("nl", "31 februari 2026", ShownMoment.NoDate)]
    [InlineData("nl", "12 mei", ShownMoment.NoDate)]
    [InlineData("nl", "van 1 mei 2026 tot 30 mei 2026", ShownMoment.Several)]
    [InlineData("nl", "5 dagen", ShownMoment.NoDate)]
    [InlineData("nl", "3 weken geleden", ShownMoment.Coarse)]
    [InlineData("fr", "il y a 2 mois", ShownMoment.Coarse)]
    [InlineData("nl", "12 mei 1926", ShownMoment.OutOfRange)]
    [InlineData("nl", "0001-01-01", ShownMoment.OutOfRange)]
    [InlineData("nl", "binnenkort", ShownMoment.NoDate)]
    public void What_does_not_tell_one_day_is_refused(string language, string text, string expected)
    {
        var own = ShownLanguage.Find(language)!;
        Assert.False(ShownMoment.TryRead(text, own, [own], Brussels, TakenAt, out _, out var rule));
        Assert.Equal(expected, rule);
    }

    [Fact]
    public void A_date_in_another_of_the_platforms_languages_is_read_by_its_words_but_not_by_its_order()
    {
        ShownLanguage[] all = [ShownLanguage.Find("en")!, ShownLanguage.Find("fr")!];
        Assert.True(ShownMoment.TryRead("12 mai 2026", all[0], all, Brussels, TakenAt, out _, out _));
        Assert.False(ShownMoment.TryRead("12/05/2026", all[0], all, Brussels, TakenAt, out _, out _));
    }

    [Theory]
    [InlineData("1778588400", "2026-05-12T12:20:00.000Z")]
    [InlineData("1778588400000", "2026-05-12T12:20:00.000Z")]
    [InlineData("12", null)]
    [InlineData("-1778588400", null)]
    [InlineData("99999999999999999999", null)]
    public void Seconds_and_milliseconds_are_told_apart_by_their_size(string digits, string? expected) =>
        Assert.Equal(expected, ShownMoment.TryReadEpoch(digits, out var moment) ? moment.Iso : null);
}
