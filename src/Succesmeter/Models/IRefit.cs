using Succesmeter.Forecasts;
using Succesmeter.Outcomes;

namespace Succesmeter.Models;

/// <summary>Fits a challenger: the champion's trees continued by further ones that own finished campaigns teach.</summary>
public interface IRefit
{
    /// <summary>Why nothing can be fitted on this machine; null where it can.</summary>
    string? WhyNot { get; }

    /// <param name="champion">Its log-odds are where the further trees begin.</param>
    /// <param name="lessons">At least one that reached its goal and one that did not. The same lessons give the same challenger, in whatever order.</param>
    ForecastModel Continue(ForecastModel champion, IReadOnlyCollection<Lesson> lessons);
}

/// <param name="Id">Platform and name.</param>
/// <param name="Campaign">Known, with looks.</param>
/// <param name="Shift">Of the champion on the campaign's platform: what the shift explains, trees need not learn.</param>
public sealed record Lesson(string Id, FinishedCampaign Campaign, double Shift);
