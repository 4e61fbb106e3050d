using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Nines.Kernel;

namespace Nines.Host;

/// <summary>
/// Nines' own figures as a Prometheus page: every instrument of this house's meters called <c>Nines…</c>, and the process
/// itself. Counters and histograms add up here; gauges are asked when the page is read.
/// </summary>
internal sealed class OwnMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    /// <summary>Begins to listen.</summary>
    public OwnMetrics(TimeProvider clock, IMeterFactory meters)
    {
        _clock = clock;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name.StartsWith("Nines", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The page, in the text format 0.0.4.</summary>
    public string Page()
    {
        _listener.RecordObservableInstruments();
        var page = new StringBuilder(4096);
        lock (_gate)
        {
            foreach (var (name, family) in _families) family.Write(page, name);
        }

        using var process = Process.GetCurrentProcess();
        WriteOne(page, "process_cpu_seconds_total", "counter", process.TotalProcessorTime.TotalSeconds);
        WriteOne(page, "process_resident_memory_bytes", "gauge", process.WorkingSet64);
        WriteOne(page, "process_start_time_seconds", "gauge", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000d);
        WriteOne(page, "nines_clock_seconds", "gauge", _clock.UnixMs() / 1000d);
        WriteOne(page, "dotnet_gc_heap_size_bytes", "gauge", GC.GetTotalMemory(forceFullCollection: false));
        return page.ToString();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        var (name, kind) = Naming(instrument);
        lock (_gate)
        {
            if (!_families.TryGetValue(name, out var family)) _families[name] = family = new(kind, instrument.Description ?? "");
            family.Take(labels, value, adds: instrument is Counter<long> or Counter<double> or Counter<int> or UpDownCounter<long>);
        }
    }

    private static (string Name, string Kind) Naming(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var counts = instrument.GetType().Name.Contains("Counter", StringComparison.Ordinal)
            && !instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal);
        if (instrument is Histogram<double> or Histogram<long>) return (name, "summary");
        return counts ? (name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total", "counter") : (name, "gauge");
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var text = new StringBuilder("{");
        foreach (var (name, value) in tags)
        {
            if (text.Length > 1) text.Append(',');
            var written = (value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(name).Append("=\"").Append(written).Append('"');
        }

        return text.Append('}').ToString();
    }

    private static void WriteOne(StringBuilder page, string name, string kind, double value) => page
        .Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n')
        .Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    private sealed class Family(string kind, string help)
    {
        private readonly SortedDictionary<string, (double Sum, long Count)> _values = new(StringComparer.Ordinal);

        public void Take(string labels, double value, bool adds)
        {
            var (sum, count) = _values.GetValueOrDefault(labels);
            _values[labels] = adds || kind == "summary" ? (sum + value, count + 1) : (value, 1);
        }

        public void Write(StringBuilder page, string name)
        {
            if (help.Length > 0) page.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n');
            page.Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');
            foreach (var (labels, (sum, count)) in _values)
            {
                var text = sum.ToString("R", CultureInfo.InvariantCulture);
                if (kind != "summary") page.Append(name).Append(labels).Append(' ').Append(text).Append('\n');
                else page.Append(name).Append("_sum").Append(labels).Append(' ').Append(text).Append('\n').Append(name).Append("_count").Append(labels).Append(' ').Append(count).Append('\n');
            }
        }
    }
}
