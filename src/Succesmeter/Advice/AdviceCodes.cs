using System.Collections.Immutable;

namespace Succesmeter.Advice;

/// <summary>What a holder can be advised to do. The words, in three languages, belong to whoever shows it.</summary>
public static class AdviceCodes
{
    /// <summary>Answer the comments that wait.</summary>
    public const string AnswerComments = "answer-comments";

    /// <summary>Thank those who gave last.</summary>
    public const string Thank = "thank";

    /// <summary>Ask the first twenty to bring one more each.</summary>
    public const string BringOne = "bring-one";

    /// <summary>Go to the next circle: neighbours, clubs, the newspaper.</summary>
    public const string NextCircle = "next-circle";

    /// <summary>Offer a reward between two prices that lie far apart.</summary>
    public const string MissingReward = "missing-reward";

    /// <summary>How much a day it takes from here on.</summary>
    public const string Pace = "pace";

    /// <summary>Tell of a moment: a round number is near or was just passed.</summary>
    public const string Moment = "moment";

    public static ImmutableArray<string> All { get; } = [AnswerComments, Thank, BringOne, NextCircle, MissingReward, Pace, Moment];
}
