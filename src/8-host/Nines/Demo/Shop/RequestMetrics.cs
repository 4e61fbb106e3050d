using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Nines.Host.Demo;

/// <summary>Requests answered below 500, and all.</summary>
internal readonly record struct RequestSums(long Good, long Total)
{
    public long Failed => Total - Good;
}

/// <summary>
/// What one service counts about its requests, in the Prometheus text format 0.0.4: requests by route and code, and a
/// latency histogram. Written by hand: a shop in any language would look the same from outside.
/// </summary>
/// <param name="startedAt">Start of the process, as a counter's start time.</param>
internal sealed class RequestMetrics(DateTimeOffset startedAt)
{
    /// <summary>Upper bounds in seconds; 0.5 is the latency objective's threshold.</summary>
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly ConcurrentDictionary<(string Route, int Code), Count> _requests = new();
    private readonly ConcurrentDictionary<string, Latency> _latencies = new(StringComparer.Ordinal);

    /// <summary>Counts one finished request.</summary>
    public void Observe(string route, int code, TimeSpan took)
    {
        _requests.GetOrAdd((route, code), _ => new()).Add();
        _latencies.GetOrAdd(route, _ => new()).Observe(took.TotalSeconds);
    }

    /// <summary>All requests counted so far with a code below 500, and all.</summary>
    public RequestSums Sums()
    {
        var counts = _requests.ToArray();
        return new(counts.Where(c => c.Key.Code < 500).Sum(c => c.Value.Now), counts.Sum(c => c.Value.Now));
    }

    /// <summary>The page of <c>/metrics</c>.</summary>
    public string Render()
    {
        var page = new StringBuilder();
        page.Append("# HELP http_requests_total Requests answered.\n# TYPE http_requests_total counter\n");
        foreach (var ((route, code), count) in _requests.OrderBy(r => r.Key))
            page.Append(CultureInfo.InvariantCulture, $"http_requests_total{{route=\"{route}\",code=\"{code}\"}} {count.Now}\n");
        page.Append("# HELP http_request_duration_seconds Time to answer.\n# TYPE http_request_duration_seconds histogram\n");
        foreach (var (route, latency) in _latencies.OrderBy(l => l.Key, StringComparer.Ordinal)) latency.Render(page, route);
        page.Append("# HELP process_start_time_seconds Start of the process since 1970.\n# TYPE process_start_time_seconds gauge\n");
        page.Append(CultureInfo.InvariantCulture, $"process_start_time_seconds {startedAt.ToUnixTimeMilliseconds() / 1000.0}\n");
        return page.ToString();
    }

    private sealed class Count
    {
        private long _count;

        public long Now => Interlocked.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class Latency
    {
        private readonly long[] _buckets = new long[Bounds.Length + 1];
        private readonly Lock _gate = new();
        private double _sum;

        public void Observe(double seconds)
        {
            var bucket = 0;
            while (bucket < Bounds.Length && seconds > Bounds[bucket]) bucket++;
            lock (_gate)
            {
                _buckets[bucket]++;
                _sum += seconds;
            }
        }

        public void Render(StringBuilder page, string route)
        {
            lock (_gate)
            {
                long upTo = 0;
                for (var i = 0; i < _buckets.Length; i++)
                {
                    upTo += _buckets[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    page.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}} {upTo}\n");
                }

                page.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_sum{{route=\"{route}\"}} {_sum}\n");
                page.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_count{{route=\"{route}\"}} {upTo}\n");
            }
        }
    }
}
