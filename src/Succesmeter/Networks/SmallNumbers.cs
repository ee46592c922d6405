namespace Succesmeter.Networks;

/// <summary>
/// The one place for what may be shown of figures derived from donors' other gifts: in steps of five, of at least twenty identified donors with five on each side.
/// When a shown figure may change is decided by <see cref="ShownFigure"/>; a link under five exists nowhere (<see cref="CampaignLinks"/>).
/// </summary>
public static class SmallNumbers
{
    public const int Step = 5;

    public const int LeastIdentified = 20;

    public const int LeastEachSide = 5;

    public const int NewDonorsToRefresh = 5;

    /// <summary>A share or a difference of shares moves by five in a hundred.</summary>
    public const double ShareStep = 0.05;

    /// <summary>A logarithm to base 2 moves by half a doubling.</summary>
    public const double DoublingStep = 0.5;

    /// <param name="part">Donors of whom something is told.</param>
    /// <param name="whole">Identified donors.</param>
    public static bool MayShow(int part, int whole) => whole >= LeastIdentified && part >= LeastEachSide && whole - part >= LeastEachSide;

    /// <summary>Rounded down to five; null where nothing may be shown.</summary>
    public static int? Count(int part, int whole) => MayShow(part, whole) ? part - (part % Step) : null;

    /// <summary>To five in a hundred; null where nothing may be shown.</summary>
    public static double? Share(int part, int whole) => MayShow(part, whole) ? Stepped((double)part / whole, ShareStep) : null;

    /// <param name="value">Of which <see cref="MayShow"/> was asked.</param>
    public static double Stepped(double value, double step) => Math.Round(Math.Round(value / step) * step, 10);
}
