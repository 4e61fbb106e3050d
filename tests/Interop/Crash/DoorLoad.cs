using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IronSnappy;
using Nines.Host.Bench;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// A sender at one door, as agents are: what was not acknowledged is sent again, byte for byte, until it is. It knows what
/// the server must have counted: what was acknowledged, and at most the one body that was on its way.
/// </summary>
internal abstract class DoorLoad(string objective, Random random)
{
    private (double Total, HttpContent Body)? _pending;
    private long _lastMs;

    public string Objective => objective;

    public double Acknowledged { get; private set; }

    public double OnItsWay => _pending?.Total ?? Acknowledged;

    public int Requests { get; private set; }

    protected abstract string Path { get; }

    protected abstract byte[] Body(double before, double total, long unixMs);

    protected abstract void Describe(HttpContentHeaders headers);

    /// <summary>Sends until the server is gone.</summary>
    public async Task SendAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await OneAsync(http);
        }
        catch (HttpRequestException)
        {
            // Killed. What was on its way may have been counted, or not.
        }
    }

    /// <summary>Sends once; what is pending goes first.</summary>
    public async Task OneAsync(HttpClient http)
    {
        _pending ??= await NextAsync();
        using var answer = await http.PostAsync(new Uri(Path, UriKind.Relative), _pending.Value.Body);
        Assert.True(answer.IsSuccessStatusCode, $"{Path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        Acknowledged = _pending.Value.Total;
        Requests++;
        _pending = null;
    }

    /// <summary>Waits until the objective has counted a total that is allowed, and fails where it stays another one.</summary>
    public async Task CheckAsync(MortalServer server, string when)
    {
        var seen = double.NaN;
        for (var i = 0; i < 100; i++)
        {
            seen = (await server.GetAsync($"/api/v1/objectives/{Objective}")).GetProperty("total").GetDouble();
            // Counters are spread over the minutes between two samples; the parts add up to a rounding error.
            if (Math.Abs(seen - Acknowledged) < 1e-3 || Math.Abs(seen - OnItsWay) < 1e-3) return;
            await Task.Delay(100);
        }

        Assert.Fail($"{when}: {Objective} counts {seen}; {Acknowledged} was acknowledged, and at most {OnItsWay} was sent");
    }

    private async Task<(double Total, HttpContent Body)> NextAsync()
    {
        // A sample's time must rise, or it is a repetition.
        while (TimeProvider.System.UnixMs() <= _lastMs) await Task.Delay(1);
        _lastMs = TimeProvider.System.UnixMs();
        var total = Acknowledged + (Requests == 0 ? 0 : random.Next(1, 50));
        var body = new ByteArrayContent(Body(Acknowledged, total, _lastMs));
        Describe(body.Headers);
        return (total, body);
    }
}

internal sealed class RemoteWriteLoad(Random random) : DoorLoad("written", random)
{
    private static readonly byte[] Labels = RemoteWriteEncoder.Labels(("__name__", "written_total"), ("job", "crash"));

    protected override string Path => "/api/v1/write";

    protected override byte[] Body(double before, double total, long unixMs)
    {
        var raw = new ArrayBufferWriter<byte>();
        RemoteWriteEncoder.WriteSeries(raw, Labels, (unixMs, total));
        return Snappy.Encode(raw.WrittenSpan);
    }

    protected override void Describe(HttpContentHeaders headers)
    {
        headers.ContentType = new("application/x-protobuf");
        headers.ContentEncoding.Add("snappy");
    }
}

internal sealed class OtlpLoad(Random random) : DoorLoad("exported", random)
{
    private readonly long _startMs = TimeProvider.System.UnixMs();

    protected override string Path => "/v1/metrics";

    protected override byte[] Body(double before, double total, long unixMs) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"crash"}}]},"scopeMetrics":[{"metrics":[{"name":"exported","sum":
        {"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"asDouble":{{{total}}},"startTimeUnixNano":"{{{_startMs}}}000000","timeUnixNano":"{{{unixMs}}}000000"}]}}]}]}]}
        """));

    protected override void Describe(HttpContentHeaders headers) => headers.ContentType = new("application/json");
}

internal sealed class PushLoad(Random random) : DoorLoad("pushed", random)
{
    protected override string Path => "/api/v1/events";

    protected override byte[] Body(double before, double total, long unixMs) =>
        JsonSerializer.SerializeToUtf8Bytes(new { name = "pushed", good = total - before, total = total - before, key = $"push-{total}-{unixMs}" });

    protected override void Describe(HttpContentHeaders headers) => headers.ContentType = new("application/json");
}
