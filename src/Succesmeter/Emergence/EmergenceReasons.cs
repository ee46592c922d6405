namespace Succesmeter.Emergence;

/// <summary>Why a verdict is not a stronger one; docs/emergence.md explains each code.</summary>
public static class EmergenceReasons
{
    public const string NoGifts = "no-gifts";
    public const string FewGifts = "fewer-than-50-gifts";
    public const string FewDays = "gifts-on-fewer-than-5-days";
    public const string TimesTooCoarse = "times-coarser-than-6-hours";
    public const string TimesCoarse = "times-coarser-than-1-hour";
    public const string ListIncomplete = "list-incomplete";
    public const string NoActionLog = "no-action-log";
    public const string NotClear = "not-clear";
    public const string BeforeLaunch = "before-launch";
}
