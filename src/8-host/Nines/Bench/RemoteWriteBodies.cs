using System.Buffers;
using IronSnappy;

namespace Nines.Host.Bench;

/// <summary>
/// Remote-write bodies as an agent sends them: counters with seven labels, one sample a series, some 2,000 series a
/// request (the shape that the peers were measured with). Job <c>svc-N</c> holds 200 series.
/// </summary>
internal sealed class RemoteWriteBodies
{
    private static readonly string[] Codes = ["200", "201", "204", "404", "500"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];

    private readonly byte[][] _labels;
    private readonly double[] _values;
    private readonly Random _random;

    /// <summary>Prepares the series; equal seeds give equal bodies.</summary>
    public RemoteWriteBodies(int series, int seed)
    {
        _random = new Random(seed);
        _labels = [.. Enumerable.Range(0, series).Select(LabelsOf)];
        _values = new double[series];
    }

    /// <summary>Bodies for one moment: every series once, split by <paramref name="perRequest"/>.</summary>
    public IEnumerable<(byte[] Body, int Samples)> At(long unixMs, int perRequest)
    {
        for (var first = 0; first < _labels.Length; first += perRequest)
        {
            var count = Math.Min(perRequest, _labels.Length - first);
            var raw = new ArrayBufferWriter<byte>(count * 200);
            for (var i = first; i < first + count; i++)
            {
                _values[i] += _random.Next(2 * (1 + (i % 100)));
                RemoteWriteEncoder.WriteSeries(raw, _labels[i], (unixMs, _values[i]));
            }

            yield return (Snappy.Encode(raw.WrittenSpan), count);
        }
    }

    private static byte[] LabelsOf(int i) => RemoteWriteEncoder.Labels(
        ("__name__", "http_requests_total"),
        ("code", Codes[i % 5]),
        ("instance", $"10.{(i / 20) >> 16}.{((i / 20) >> 8) & 255}.{(i / 20) & 255}:8080"),
        ("job", $"svc-{i / 200}"),
        ("method", Methods[i / 5 % 4]),
        ("namespace", "production"),
        ("pod", $"svc-{i / 200}-7d9f8b6c5-{i / 20:D5}"));
}
