namespace Succesmeter.Forecasts;

/// <summary>What is known of a platform before its own outcomes are: the share of its campaigns that reach their goal, and from how many that was counted.</summary>
/// <param name="SuccessShare">Between 0 and 1, neither included.</param>
/// <param name="Weight">How many campaigns it stands for.</param>
public sealed record PlatformPrior(double SuccessShare, double Weight)
{
    /// <summary>Growfunding's last published year: 35 of 38 campaigns of 2018–19.</summary>
    public static PlatformPrior Growfunding { get; } = new(35.0 / 38, 38);
}
