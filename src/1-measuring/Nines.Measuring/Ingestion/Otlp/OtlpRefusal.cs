using System.Text;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Why a data point was not taken although the request as a whole was.</summary>
internal enum OtlpRefusal
{
    /// <summary>The metric has no name, or no letter or digit in it.</summary>
    NoName,

    /// <summary>A sum or histogram does not say its temporality.</summary>
    NoTemporality,

    /// <summary>A delta sum that goes up and down cannot be counted.</summary>
    DeltaNotMonotonic,

    /// <summary>More attributes than <see cref="OtlpLabels.MaxAttributes"/>.</summary>
    ManyAttributes,

    /// <summary>A label value longer than <see cref="OtlpLabels.MaxValue"/>.</summary>
    LongValue,

    /// <summary>An attribute that is not UTF-8 or nests too deep.</summary>
    NotText,

    /// <summary>Bucket counts and bounds that do not fit each other.</summary>
    Buckets,

    /// <summary>The hub does not take the series: its limit of series is reached, or of labels.</summary>
    Series,
}

/// <summary>The points of one request that were not taken, counted by reason, each with the first metric it befell.</summary>
internal sealed class OtlpRefusals
{
    private static readonly string[] Words =
    [
        "metric without a name",
        "sum or histogram without aggregationTemporality",
        "delta sum that is not monotonic",
        $"more than {OtlpLabels.MaxAttributes} attributes",
        $"attribute value longer than {OtlpLabels.MaxValue} characters",
        "attribute that is not valid UTF-8 or nests too deep",
        "bucket counts that do not fit the bounds",
        "series beyond the limits of the house",
    ];

    private readonly long[] _counts = new long[Words.Length];
    private readonly string?[] _first = new string?[Words.Length];

    /// <summary>Refused points in all.</summary>
    public long Total { get; private set; }

    /// <summary>Refused points of one reason.</summary>
    public long Of(OtlpRefusal reason) => _counts[(int)reason];

    /// <summary>Counts one refused point.</summary>
    public void Add(OtlpRefusal reason, string metric)
    {
        Total++;
        _counts[(int)reason]++;
        _first[(int)reason] ??= metric;
    }

    /// <summary>One sentence for the sender: <c>3 data points were refused: 3 x delta sum that is not monotonic (first: queue.size)</c>.</summary>
    public override string ToString()
    {
        if (Total == 0) return "";
        var text = new StringBuilder().Append(Total).Append(Total == 1 ? " data point was refused: " : " data points were refused: ");
        var separator = "";
        for (var i = 0; i < Words.Length; i++)
        {
            if (_counts[i] == 0) continue;
            text.Append(separator).Append(_counts[i]).Append(" x ").Append(Words[i]);
            if (_first[i] is { Length: > 0 } metric) text.Append(" (first: ").Append(metric).Append(')');
            separator = "; ";
        }

        return text.ToString();
    }
}
