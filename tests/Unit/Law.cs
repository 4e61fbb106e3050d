using FsCheck;

namespace Nines.Tests.Unit;

/// <summary>Checks a law over random cases; a long run takes ten times as many.</summary>
internal static class Law
{
    /// <summary>Fails with the smallest case that breaks the law.</summary>
    public static void Hold(this Property law, int cases = 100)
    {
        cases = LongRun.Of(cases, 10 * cases);
        LongRun.Count("random cases of the laws", cases);
        law.Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
    }
}
