using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Nines.Host;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Storage;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Xunit;

namespace Nines.Tests.Interop.Ingestion;

/// <summary>The OpenTelemetry .NET SDK exports to a running Nines over both protocols, and every event is counted once.</summary>
public sealed class OtlpSdkTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-otlp-");
    private readonly Sums _sums = new();
    private readonly int _grpcPort = FreePort();
    private NinesHost _host = null!;

    public async Task InitializeAsync()
    {
        var options = new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, OtlpGrpc = new($"http://127.0.0.1:{_grpcPort}"), Data = _folder.FullName, Log = false };
        _host = NinesHost.Build(options, TimeProvider.System, await Store.OpenAsync(new(_folder.FullName, null)));
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta)]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Delta)]
    public void Export_CounterAndHistograms_AreCountedOnce(OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality)
    {
        Bind("orders_total{job=\"shop/checkout\",instance=\"pod-1\",outcome=\"ok\"}", "latency_seconds_bucket{le=\"0.25\"}", "latency_seconds_count", "fine_seconds_bucket{le=\"0.25\"}", "fine_seconds_count");
        using var meter = new Meter("shop");
        var orders = meter.CreateCounter<long>("orders");
        var latency = meter.CreateHistogram<double>("latency", "s");
        var fine = meter.CreateHistogram<double>("fine", "s");
        using var provider = Provider(meter, protocol, temporality);

        // The first export is the baseline of a counter that nobody saw begin.
        Record(orders, latency, fine, times: 1);
        Assert.True(provider.ForceFlush(10_000));
        var before = _sums.All(5);
        Record(orders, latency, fine, times: 100);
        Assert.True(provider.ForceFlush(10_000));
        var counted = _sums.All(5).Zip(before, (now, then) => now - then).ToArray();

        Assert.Equal([100, 200, 300], counted[..3]);
        Assert.Equal(200, counted[3], 6.0);
        Assert.Equal(300, counted[4]);
    }

    private static void Record(Counter<long> orders, Histogram<double> latency, Histogram<double> fine, int times)
    {
        for (var i = 0; i < times; i++)
        {
            orders.Add(1, new KeyValuePair<string, object?>("outcome", "ok"));
            orders.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));
            foreach (var seconds in new[] { 0.01, 0.2, 0.9 })
            {
                latency.Record(seconds);
                fine.Record(seconds);
            }
        }
    }

    private MeterProvider Provider(Meter meter, OtlpExportProtocol protocol, MetricReaderTemporalityPreference temporality) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource.AddService("checkout", "shop", serviceInstanceId: "pod-1"))
        .AddMeter(meter.Name)
        .AddView("latency", new ExplicitBucketHistogramConfiguration { Boundaries = [0.05, 0.25, 1] })
        .AddView("fine", new Base2ExponentialBucketHistogramConfiguration())
        .AddOtlpExporter((exporter, reader) =>
        {
            exporter.Protocol = protocol;
            exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? new Uri($"http://127.0.0.1:{_grpcPort}") : new Uri(_host.Address, "/v1/metrics");
            reader.TemporalityPreference = temporality;
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 60_000;
        })
        .Build();

    private void Bind(params string[] selectors) => _host.Services.GetRequiredService<SignalHub>()
        .SetBindings([.. selectors.Select((selector, i) => new StreamBinding(Selector.Parse(selector), i, StreamRole.Total))], _sums);

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private sealed class Sums : IIndicatorSink
    {
        private readonly double[] _sums = new double[16];

        public double[] All(int count)
        {
            lock (_sums) return _sums[..count];
        }

        public void Add(int indicator, StreamRole role, long unixMs, double amount)
        {
            lock (_sums) _sums[indicator] += amount;
        }

        public void AddSpread(int indicator, StreamRole role, long fromUnixMs, long toUnixMs, double amount, bool covers = true) => Add(indicator, role, toUnixMs, amount);

        public void Fresh(int indicator, long unixMs)
        {
        }

        public void Raw(int indicator, long unixMs, double ratio)
        {
        }
    }
}
