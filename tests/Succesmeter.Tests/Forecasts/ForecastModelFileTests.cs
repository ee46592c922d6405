using System.Text;
using Succesmeter.Forecasts;

namespace Succesmeter.Tests.Forecasts;

public sealed class ForecastModelFileTests
{
    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes()
    {
        var bytes = SomeModel.Model.Bytes();

        Assert.Equal(bytes, Read(bytes).Bytes());
        Assert.Equal(16, Read(bytes).Version.Length);
    }

    [Fact]
    public void Numbers_survive_to_the_last_bit() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var model = SomeModel.Model with { Trees = new BoostedTrees([SomeModel.Stump("gap", value, value, -value)]) };

            return Read(model.Bytes()).Trees.Trees[0].Splits[0].Threshold.Equals(value);
        });

    [Fact]
    public void A_model_trained_on_other_features_is_refused() =>
        Assert.Contains("other features", Refusal(text => text.Replace("pledged-share ", "pledged-shares ", StringComparison.Ordinal), mendVersion: true), StringComparison.Ordinal);

    [Fact]
    public void A_damaged_file_is_refused() =>
        Assert.Contains("damaged", Refusal(text => text.Replace("0.25", "0.26", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_another_format_is_refused() =>
        Assert.Contains("begins with", Refusal(text => text.Replace("succesmeter-forecast 1", "succesmeter-forecast 2", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData(":l:-1:-2|", ":l:7:-2|")]
    [InlineData("trees 3", "trees 4")]
    [InlineData("0:0.25", "99:0.25")]
    [InlineData("calibration 0 1", "calibration 0")]
    public void A_file_that_contradicts_itself_is_refused_and_not_half_read(string good, string bad) =>
        Assert.NotEmpty(Refusal(text => text.Replace(good, bad, StringComparison.Ordinal), mendVersion: true));

    private static ForecastModel Read(byte[] bytes) => ForecastModel.Read(new MemoryStream(bytes));

    private static string Refusal(Func<string, string> damage, bool mendVersion = false)
    {
        var text = damage(Encoding.UTF8.GetString(SomeModel.Model.Bytes()));
        if (mendVersion)
        {
            var lines = text.Split('\n', 3);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(lines[2])))[..16];
            text = lines[0] + "\nversion " + hash + "\n" + lines[2];
        }

        return Assert.Throws<InvalidDataException>(() => Read(Encoding.UTF8.GetBytes(text))).Message;
    }
}
