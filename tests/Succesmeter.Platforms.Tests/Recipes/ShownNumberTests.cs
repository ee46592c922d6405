using System.Globalization;
using Succesmeter.Platforms.Recipes;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class ShownNumberTests
{
    private static readonly string[] Cultures = ["nl-BE", "fr-FR", "en-GB", "de-DE", "es-ES"];

    [Theory]
    [InlineData("nl", "€ 1.234,50", "1234.50")]
    [InlineData("nl", "12.345", "12345")]
    [InlineData("nl", "€ 2.310,- opgehaald", "2310")]
    [InlineData("nl", "1.234.567", "1234567")]
    [InlineData("nl", "12,5", "12.5")]
    [InlineData("nl", "12.50", "12.50")]
    [InlineData("nl", "€1.234", "1234")]
    [InlineData("nl", "EUR1.234,00", "1234")]
    [InlineData("nl", "0", "0")]
    [InlineData("nl", "1\u00A0234,50", "1234.50")]
    [InlineData("fr", "1 234,50 €", "1234.50")]
    [InlineData("fr", "1\u00A0234,50\u00A0€", "1234.50")]
    [InlineData("fr", "1\u202F234\u202F567 €", "1234567")]
    [InlineData("fr", "1\u2009234 €", "1234")]
    [InlineData("fr", "12 345", "12345")]
    [InlineData("fr", "Déjà 64 contributeurs", "64")]
    [InlineData("en", "EUR 1,234.50", "1234.50")]
    [InlineData("en", "12,345", "12345")]
    [InlineData("en", "€ 1.234,50", "1234.50")]
    [InlineData("en", "Raised: 2310.", "2310")]
    [InlineData("de", "1'234.50", "1234.50")]
    public void Numbers_are_read_as_their_language_writes_them(string language, string text, string expected)
    {
        Assert.True(ShownNumber.TryRead(text, ShownLanguage.Find(language)!.Numbers, out var value, out var rule), rule);
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), value);
    }

    [Theory]
    [InlineData("en", "12.345", ShownNumber.Ambiguous)]
    [InlineData("nl", "12,345", ShownNumber.Ambiguous)]
    [InlineData("nl", "1,2k", ShownNumber.Rounded)]
    [InlineData("nl", "2,3 mln", ShownNumber.Rounded)]
    [InlineData("fr", "100+", ShownNumber.Rounded)]
    [InlineData("en", "> 500", ShownNumber.Rounded)]
    [InlineData("nl", "31 %", ShownNumber.Percentage)]
    [InlineData("nl", "-5", ShownNumber.Negative)]
    [InlineData("nl", "-€ 5", ShownNumber.Negative)]
    [InlineData("nl", "€ 2.310 van € 7.500", ShownNumber.Several)]
    [InlineData("nl", "3 250", ShownNumber.Several)]
    [InlineData("fr", "64\n120", ShownNumber.Several)]
    [InlineData("nl", "12½", ShownNumber.Several)]
    [InlineData("nl", "٣4", ShownNumber.Several)]
    [InlineData("nl", "1.23.456", ShownNumber.BadGroups)]
    [InlineData("nl", "1234.567", ShownNumber.Ambiguous)]
    [InlineData("nl", "1.234567", ShownNumber.BadGroups)]
    [InlineData("nl", "0.123", ShownNumber.BadGroups)]
    [InlineData("nl", "007", ShownNumber.BadGroups)]
    [InlineData("nl", "x64y", ShownNumber.Glued)]
    [InlineData("nl", "veel", ShownNumber.NoNumber)]
    [InlineData("nl", "", ShownNumber.NoNumber)]
    public void What_could_mean_something_else_is_refused(string language, string text, string expected)
    {
        Assert.False(ShownNumber.TryRead(text, ShownLanguage.Find(language)!.Numbers, out _, out var rule), text);
        Assert.Equal(expected, rule);
    }

    [Fact]
    public void Without_a_language_three_digits_behind_a_separator_are_nobodys_guess()
    {
        Assert.False(ShownNumber.TryRead("1.234", NumberStyle.Unknown, out _, out _));
        Assert.False(ShownNumber.TryRead("1,234", NumberStyle.Unknown, out _, out _));
        Assert.True(ShownNumber.TryRead("1.234,5", NumberStyle.Unknown, out var value, out _));
        Assert.Equal(1234.5m, value);
    }

    [Theory]
    [InlineData("2310.5", true)]
    [InlineData("2310", true)]
    [InlineData("2.3e3", false)]
    [InlineData("-1", false)]
    [InlineData("0.12345", false)]
    public void Numbers_of_json_are_taken_as_they_stand_without_exponents(string text, bool taken) => Assert.Equal(taken, ShownNumber.TryReadMachine(text, out _, out _));

    /// <summary>Whatever language writes it, a number that is written with both separators comes back.</summary>
    [Fact]
    public void What_a_culture_writes_is_read_back() =>
        Gen.Select(Gen.Long[100_000, 99_999_999_999], Gen.Int[0, Cultures.Length - 1]).Sample((cents, at) =>
        {
            var (amount, culture) = (cents / 100m, Cultures[at]);
            var format = (NumberFormatInfo)CultureInfo.GetCultureInfo(culture).NumberFormat.Clone();
            var text = amount.ToString("N2", format);
            return ShownNumber.TryRead(text, ShownLanguage.Find(culture)!.Numbers, out var value, out _) && value == amount;
        });
}
