using System.Buffers;
using System.Net.Http.Headers;
using IronSnappy;
using Nines.Kernel;

namespace Nines.Host.Bench;

/// <summary>A good and a bad counter for each objective, all of them sent by remote write every 30 s as an agent would.</summary>
internal sealed class ScaleLoad
{
    private const int PerRequest = 2_000;
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly byte[][] _labels;
    private readonly double[] _values;
    private readonly Random _random = new(11);
    private long? _next;

    public ScaleLoad(HttpClient http, int objectives, TimeProvider clock)
    {
        (_http, _clock) = (http, clock);
        _labels = [.. Enumerable.Range(0, objectives).SelectMany(i => (byte[][])[Labels(i, "200"), Labels(i, "500")])];
        _values = new double[_labels.Length];
    }

    /// <summary>Sends so many cycles, each at its moment; ends just before the next one would be due.</summary>
    public async Task RunAsync(int cycles, CancellationToken stop)
    {
        for (var i = 0; i < cycles; i++)
        {
            var now = _clock.UnixMs();
            _next ??= now;
            if (_next > now) await Task.Delay(TimeSpan.FromMilliseconds(_next.Value - now), _clock, stop);
            await SendAllAsync(_clock.UnixMs(), stop);
            _next += (long)Cycle.TotalMilliseconds;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, _next!.Value - _clock.UnixMs())), _clock, stop);
    }

    private async Task SendAllAsync(long unixMs, CancellationToken stop)
    {
        for (var first = 0; first < _labels.Length; first += PerRequest)
        {
            var raw = new ArrayBufferWriter<byte>(PerRequest * 100);
            for (var i = first; i < Math.Min(first + PerRequest, _labels.Length); i++)
            {
                _values[i] += i % 2 == 0 ? 300 + _random.Next(20) : _random.Next(50) == 0 ? 1 : 0;
                RemoteWriteEncoder.WriteSeries(raw, _labels[i], (unixMs, _values[i]));
            }

            using var content = new ByteArrayContent(Snappy.Encode(raw.WrittenSpan));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.TryAddWithoutValidation("Content-Encoding", "snappy");
            using var answer = await _http.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, stop);
            if (!answer.IsSuccessStatusCode) throw new IOException($"The server refused samples: {await answer.Content.ReadAsStringAsync(stop)}");
        }
    }

    private static byte[] Labels(int i, string code) =>
        RemoteWriteEncoder.Labels(("__name__", "http_requests_total"), ("code", code), ("job", $"svc-{i}"));
}
