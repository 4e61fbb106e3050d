using System.Text;
using Nines.Measuring.Ingestion.Otlp;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Where counted samples of a log go.</summary>
internal interface ICountedSink
{
    /// <summary>One sample.</summary>
    void Add(Labels labels, SampleKind kind, long unixMs, double value);
}

/// <summary>
/// Counts lines into <c>http_requests_total{log,method,code,path?}</c> and <c>http_request_duration_seconds_bucket{…,le}</c>, both as
/// deltas of one second. In the order of the file: whenever the second changes, what was counted is handed over.
/// </summary>
internal sealed class AccessCounter(LogSource source)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    private readonly Dictionary<string, Requests> _series = [];
    private readonly List<Requests> _open = [];
    private readonly PathTemplates _paths = new(source.PathTemplates, source.MaxPaths);
    private readonly Exclusion[] _exclusions = [.. source.Exclusions.Select(Exclusion.Of)];
    private readonly IReadOnlyList<string> _captured = LineFormats.Captured(source);
    private char[] _key = new char[512];
    private long _second = long.MinValue;

    /// <summary>Requests that an exclusion left out.</summary>
    public long Excluded { get; private set; }

    /// <summary>Counts one line.</summary>
    public void Add(AccessLine line, ICountedSink sink)
    {
        foreach (var exclusion in _exclusions)
        {
            if (!exclusion.Fits(line)) continue;
            Excluded++;
            return;
        }

        var at = line.UnixMs / 1000;
        if (at != _second) Flush(sink);
        _second = at;
        var requests = Find(line);
        if (requests.Total == 0) _open.Add(requests);
        requests.Total++;
        if (double.IsNaN(line.Seconds)) return;
        requests.Timed++;
        requests.Sum += line.Seconds;
        for (var i = source.Buckets.Count - 1; i >= 0 && line.Seconds <= source.Buckets[i]; i--) requests.Buckets[i]++;
    }

    /// <summary>Hands over what was counted in the second that is open.</summary>
    public void Flush(ICountedSink sink)
    {
        foreach (var requests in _open) requests.HandOver(sink, _second * 1000);
        _open.Clear();
    }

    /// <summary>Says that the log is alive although nothing came: every known series gets a zero.</summary>
    public void StillAlive(ICountedSink sink, long unixMs)
    {
        foreach (var requests in _series.Values) sink.Add(requests.TotalLabels, SampleKind.Delta, unixMs, 0);
    }

    // The key holds each part behind its length, so that no two lines can meet in one.
    private Requests Find(AccessLine line)
    {
        var used = 0;
        var template = source.PathLabel ? _paths.Of(line[AccessField.Path]) : default;
        Append(ref used, line[AccessField.Method]);
        Append(ref used, template);
        for (var i = 0; i < _captured.Count; i++) Append(ref used, line[AccessField.Extra + i]);
        Grow(used + 1);
        _key[used++] = (char)line.Status;
        var lookup = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(_key.AsSpan(0, used), out var known)) return known;
        var requests = new Requests(LabelsOf(line, template), source.Buckets);
        _series[new string(_key, 0, used)] = requests;
        return requests;
    }

    private void Append(ref int used, ReadOnlySpan<byte> part)
    {
        Grow(used + part.Length + 1);
        _key[used++] = (char)part.Length;
        used += Encoding.Latin1.GetChars(part, _key.AsSpan(used));
    }

    private void Grow(int size)
    {
        if (_key.Length < size) Array.Resize(ref _key, size * 2);
    }

    private List<Label> LabelsOf(AccessLine line, ReadOnlySpan<byte> template)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in source.Labels)
            labels[name] = value.StartsWith('$') ? Text(line[AccessField.Extra + IndexOf(value[1..])]) : value;
        labels["log"] = source.Name;
        labels["code"] = line.Status.ToString();
        var method = Text(line[AccessField.Method]);
        labels["method"] = Array.IndexOf(Methods, method) >= 0 ? method : "OTHER";
        if (source.PathLabel) labels["path"] = Text(template);
        return [.. labels.Select(label => new Label(label.Key, label.Value))];
    }

    private int IndexOf(string field)
    {
        var at = 0;
        while (_captured[at] != field) at++;
        return at;
    }

    // Bytes that are no UTF-8 show as replacement characters; the line counts all the same.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.Length > 1000 ? bytes[..1000] : bytes);

    private sealed class Requests
    {
        private readonly Labels[] _bucketLabels;
        private readonly Labels _countLabels;
        private readonly Labels _sumLabels;

        public Requests(List<Label> labels, IReadOnlyList<double> bounds)
        {
            TotalLabels = Named(labels, "http_requests_total");
            var bucket = Named(labels, "http_request_duration_seconds_bucket");
            _bucketLabels = [.. bounds.Append(double.PositiveInfinity).Select(bound => bucket.With("le", ExponentialLadder.Text(bound)))];
            _countLabels = Named(labels, "http_request_duration_seconds_count");
            _sumLabels = Named(labels, "http_request_duration_seconds_sum");
            Buckets = new double[bounds.Count];
        }

        public Labels TotalLabels { get; }

        public double Total { get; set; }

        public double Timed { get; set; }

        public double Sum { get; set; }

        public double[] Buckets { get; }

        public void HandOver(ICountedSink sink, long unixMs)
        {
            sink.Add(TotalLabels, SampleKind.Delta, unixMs, Total);
            if (Timed > 0)
            {
                for (var i = 0; i < Buckets.Length; i++) sink.Add(_bucketLabels[i], SampleKind.Delta, unixMs, Buckets[i]);
                sink.Add(_bucketLabels[^1], SampleKind.Delta, unixMs, Timed);
                sink.Add(_countLabels, SampleKind.Delta, unixMs, Timed);
                sink.Add(_sumLabels, SampleKind.Delta, unixMs, Sum);
            }

            Total = Timed = Sum = 0;
            Array.Clear(Buckets);
        }

        private static Labels Named(List<Label> labels, string name) =>
            Labels.TryCreate([new(Labels.MetricName, name), .. labels], out var made) ? made : throw new InvalidOperationException("labels come from a dictionary, so none stands twice");
    }

    private sealed record Exclusion(byte[]? Path, byte[]? Method, byte[]? Code, byte[]? UserAgent, byte[]? Address)
    {
        public static Exclusion Of(LogExclusion declared) => new(Bytes(declared.Path), Bytes(declared.Method), Bytes(declared.Code), Bytes(declared.UserAgent), Bytes(declared.Address));

        public bool Fits(AccessLine line)
        {
            Span<byte> code = [(byte)('0' + (line.Status / 100)), (byte)('0' + (line.Status / 10 % 10)), (byte)('0' + (line.Status % 10))];
            return Fits(Path, PathTemplates.WithoutQuery(line[AccessField.Path])) && Fits(Method, line[AccessField.Method]) && Fits(Code, code)
                && Fits(UserAgent, line[AccessField.UserAgent]) && Fits(Address, line[AccessField.Address]);
        }

        private static bool Fits(byte[]? pattern, ReadOnlySpan<byte> value) => pattern is null || Glob.Matches(pattern, value);

        private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
    }
}
