using System.Text.Json;
using Succesmeter.Platforms.Recipes;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class JsonPathTests
{
    private static readonly JsonElement Root = JsonDocument.Parse("""{ "a": { "b": [ { "c": 1 }, { "c": 2, "d e": 3 } ] }, "x": { "c": 4 } }""").RootElement;

    [Theory]
    [InlineData("a.b[0].c", "1")]
    [InlineData("$.a.b[1].c", "2")]
    [InlineData("a.b[*].c", "1,2")]
    [InlineData("..c", "1,2,4")]
    [InlineData("a..c", "1,2")]
    [InlineData("a.b[1]['d e']", "3")]
    [InlineData("x.*", "4")]
    [InlineData("a.b[7].c", "")]
    [InlineData("a.missing.c", "")]
    public void A_path_finds_what_lies_there(string path, string expected) =>
        Assert.Equal(expected, string.Join(',', JsonPath.TryParse(path)!.Find(Root).Select(static value => value.GetRawText())));

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("a..")]
    [InlineData("a[")]
    [InlineData("a[-1]")]
    [InlineData("a[b]")]
    public void What_is_no_path_is_refused(string path) => Assert.Null(JsonPath.TryParse(path));

    [Fact]
    public void Ids_come_back_from_what_they_were_made_of()
    {
        Assert.Equal("kidical-mass", NativeId.ToId("Kidical-Mass".ToLowerInvariant()));
        Assert.Equal("caf~c3~a9~20~7e", NativeId.ToId("Café ~".ToLowerInvariant()));
        Assert.Equal("0~~_x", NativeId.ToId("_x"));
        Assert.Null(NativeId.ToId(""));
        Assert.Null(NativeId.ToId(new string('é', 50)));
        Gen.String[Gen.Char['\u0020', '\u00FF'], 1, 14].Select(static text => text.ToLowerInvariant())
            .Sample(static native => NativeId.ToNative(NativeId.ToId(native)!) == native);
    }
}
