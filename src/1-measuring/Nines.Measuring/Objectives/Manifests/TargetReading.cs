using System.Globalization;
using Nines.Catalog.Manifests;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Reads a target and says what a target of 0, 1 or 100 % would mean.</summary>
internal static class TargetReading
{
    /// <summary>The target as a fraction; null, with a problem, where there is none that can be kept.</summary>
    public static double? Read(Field item)
    {
        var (ratio, percent) = (item.Optional("target"), item.Optional("targetPercent"));
        if (ratio.Given && percent.Given) percent.Wrong("target and targetPercent stand side by side.", "Keep one.");
        if (!ratio.Given && !percent.Given)
        {
            item.Require("target", "Write target: such as 0.999, or targetPercent: 99.9.");
            return null;
        }

        var field = ratio.Given ? ratio : percent;
        if (field.Number() is not { } written) return null;
        // 99.9 / 100 is 0.9990000000000001 in binary; the author means 0.999.
        var target = ratio.Given ? written : Math.Round(written / 100, 12);
        if (target is > 0 and < 1) return target;
        Refuse(field, target, percent: !ratio.Given);
        return null;
    }

    private static void Refuse(Field field, double target, bool percent)
    {
        var written = percent ? $"{Text(target * 100)} %" : Text(target);
        if (target == 1) field.Wrong($"A target of {written} leaves a budget of 0: the first failure would spend more than everything.", percent ? "Write one below 100, such as 99.9." : "Write one below 1, such as 0.999.");
        else if (target <= 0) field.Wrong($"A target of {written} is met by a service that always fails: no failure could ever spend the budget.", percent ? "Write one above 0, such as 99.9." : "Write one above 0, such as 0.999.");
        else if (!percent && target < 100) field.Wrong($"A target of {written} is above 1.", $"Write target: {Text(Math.Round(target / 100, 12))}, or targetPercent: {written}.");
        else field.Wrong($"A target of {written} is above {(percent ? "100 %" : "1")}.", percent ? "Write one below 100, such as 99.9." : "Write one below 1, such as 0.999.");
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
