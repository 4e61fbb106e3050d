using System.Globalization;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>OpenSLO's duration-shorthand: a whole number and one of <c>m h d w M Q Y</c>, case-sensitive.</summary>
/// <param name="Count">How many.</param>
/// <param name="Unit">The letter.</param>
internal readonly record struct OpenSloDuration(int Count, char Unit)
{
    /// <summary>Exact length; months, quarters and years as 30, 90 and 365 days (semantics.md 6).</summary>
    public Duration Length => Unit switch
    {
        's' => Duration.FromSeconds(Count),
        'm' => Duration.FromMinutes(Count),
        'h' => Duration.FromHours(Count),
        'd' => Duration.FromDays(Count),
        'w' => Duration.FromDays(7 * Count),
        'M' => Duration.FromDays(30 * Count),
        'Q' => Duration.FromDays(90 * Count),
        _ => Duration.FromDays(365 * Count),
    };

    /// <summary>True for units that have no exact length.</summary>
    public bool IsCalendarUnit => Unit is 'M' or 'Q' or 'Y';

    /// <summary>Reads a field; null, with a problem, where it is no duration.</summary>
    public static OpenSloDuration? Read(Field field)
    {
        if (!field.Given) return null;
        var text = field.Text();
        if (text.Length is >= 2 and <= 8 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 100_000)
        {
            var unit = text[^1];
            if (unit is 'm' or 'h' or 'd' or 'w' or 'M' or 'Q' or 'Y') return new(count, unit);
            if (unit is 'H' or 'D' or 'W' or 'q' or 'y' or 's') return Departure(field, text, count, unit);
        }

        if (Kernel.FieldDuration.TryParse(text, out var length) && length > Duration.Zero && length == Duration.FromMinutes((long)length.TotalMinutes) && length.TotalMinutes <= 100_000)
        {
            field.Deviates($"\"{text}\" is not OpenSLO's form of a duration.", "Write one number and one of m h d w M Q Y.");
            return new((int)length.TotalMinutes, 'm');
        }

        if (text.Length > 0) field.Wrong($"\"{text}\" is not a duration.", "Write a whole number and one of m (minutes), h, d, w, M (months), Q, Y, such as 28d.");
        return null;
    }

    private static OpenSloDuration Departure(Field field, string text, int count, char unit)
    {
        if (unit == 's')
        {
            field.Deviates($"\"{text}\" is in seconds, which OpenSLO does not have.", "Write minutes, such as 1m.");
            return new(count, 's');
        }

        var meant = unit is 'q' or 'y' ? char.ToUpperInvariant(unit) : char.ToLowerInvariant(unit);
        field.Deviates($"\"{text}\" is read as {count}{meant}; the letter's case matters.", $"Write {count}{meant}.");
        return new(count, meant);
    }
}
