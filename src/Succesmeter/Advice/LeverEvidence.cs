namespace Succesmeter.Advice;

/// <summary>What went with a lever among the platform's own finished campaigns. An association: nobody drew by lot who would do it.</summary>
/// <param name="Code">One of <see cref="AdviceCodes"/>.</param>
/// <param name="Difference">Share of the goal gained in seven days by those who did it, less that of those who stood alike and did not.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Did">Campaigns on the one side.</param>
/// <param name="DidNot">Campaigns on the other; one that did it later stands, at its earlier days, on this side too.</param>
public sealed record LeverEvidence(string Code, double Difference, double Low, double High, int Did, int DidNot);
