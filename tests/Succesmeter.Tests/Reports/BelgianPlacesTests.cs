using Succesmeter.Reports;

namespace Succesmeter.Tests.Reports;

public sealed class BelgianPlacesTests
{
    [Theory]
    [InlineData("1080", "molenbeek", "bilingual")]
    [InlineData("B-1020 Laken", "brussels-city", "bilingual")]
    [InlineData(" 1210, Saint-Josse", "saint-josse", "bilingual")]
    [InlineData("1049", "brussels-other", "bilingual")]
    [InlineData("1340", "walloon-brabant", "french")]
    [InlineData("1630", "flemish-brabant", "dutch")]
    [InlineData("3001", "flemish-brabant", "dutch")]
    [InlineData("3500", "limburg", "dutch")]
    [InlineData("4700 Eupen", "german-speaking", "german")]
    [InlineData("4960", "liege", "french")]
    [InlineData("6599", "hainaut", "french")]
    [InlineData("6600", "luxembourg", "french")]
    [InlineData("7700", "hainaut", "french")]
    [InlineData("9000", "east-flanders", "dutch")]
    public void A_postcode_says_municipality_or_province_and_community(string text, string code, string community)
    {
        var place = BelgianPlaces.OfPostcode(text);
        Assert.Equal((code, community), (place?.Code, place?.Community));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Gent")]
    [InlineData("75001")]
    [InlineData("0999")]
    [InlineData("1012 AB")]
    [InlineData("L-1009")]
    [InlineData("1080Molenbeek")]
    [InlineData("4799")]
    [InlineData("12/05/1980")]
    [InlineData("2024-05-01")]
    public void What_is_no_Belgian_postcode_is_unknown(string? text) => Assert.Null(BelgianPlaces.OfPostcode(text));

    [Fact]
    public void A_municipality_of_Brussels_is_known_by_either_name() => Assert.Equal(
        ["molenbeek", "molenbeek", "saint-gilles", "saint-gilles", null],
        ((string[])["Sint-Jans-Molenbeek", "molenbeek saint jean", "SINT-GILLIS", "Saint-Gilles", "Gent"]).Select(static text => BelgianPlaces.Of(text)?.Code));

    [Fact]
    public void Nineteen_municipalities_ten_provinces_and_the_German_speaking_ones_are_each_there_once()
    {
        Assert.Equal(19 + 1 + 10 + 1, BelgianPlaces.All.Count);
        Assert.Equal(BelgianPlaces.All.Count, BelgianPlaces.All.Select(static place => place.Code).Distinct().Count());
    }
}
