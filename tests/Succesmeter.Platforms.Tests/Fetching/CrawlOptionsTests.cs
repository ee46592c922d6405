using Succesmeter.Platforms.Fetching;

namespace Succesmeter.Platforms.Tests.Fetching;

public sealed class CrawlOptionsTests
{
    private static bool IsValid(CrawlOptions options) => new CrawlOptionsValidator().Validate(null, options).Succeeded;

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("https://succesmeter.example/crawl", true)]
    [InlineData("crawl@succesmeter.example", true)]
    [InlineData("http://succesmeter.example", false)]
    [InlineData("somebody", false)]
    [InlineData("a@b.example)", false)]
    [InlineData("a@b.example\r\nX: y", false)]
    [InlineData("café@succesmeter.example", false)]
    public void A_contact_is_an_address_that_people_can_use(string? contact, bool isValid) => Assert.Equal(isValid, IsValid(new CrawlOptions { Contact = contact }));

    [Fact]
    public void Limits_have_limits()
    {
        Assert.False(IsValid(new CrawlOptions { RequestsPerMinute = 0 }));
        Assert.False(IsValid(new CrawlOptions { MostBytes = int.MaxValue }));
        Assert.False(IsValid(new CrawlOptions { WholeWithin = TimeSpan.FromHours(1) }));
        Assert.False(IsValid(new CrawlOptions { FirstByteWithin = TimeSpan.Zero }));
        Assert.False(IsValid(new CrawlOptions { ConnectWithin = TimeSpan.FromMinutes(5) }));
    }
}
