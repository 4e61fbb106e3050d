using System.Net.Sockets;
using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>One page that is read again and again: when it is due, what its lines meant, how it stands.</summary>
internal sealed class TargetRun
{
    private static readonly string[] OwnNames = ["up", "scrape_duration_seconds", "scrape_samples_scraped"];
    private readonly SignalHub _hub;
    private readonly SignalIntake _intake;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ScrapeTarget _target;
    private readonly SignalSource _source;
    private readonly TargetPage _page;
    private readonly Labels[] _own;
    private volatile ScrapeStatus _status;

    public TargetRun(ScrapeTarget target, Uri address, SignalHub hub, SignalIntake intake, HttpClient http, TimeProvider clock, SeriesHasher hasher, TextCache texts)
    {
        (_target, Address, _hub, _intake, _http, _clock) = (target, address, hub, intake, http, clock);
        var instance = address.IsDefaultPort ? address.Host : address.Authority;
        _source = SignalSource.Scrape(target.Job, instance);
        Label[] labels = [new("job", target.Job), new("instance", instance), .. target.Labels.Select(l => new Label(l.Key, l.Value))];
        _page = new TargetPage(hub, _source, new TargetLabels(labels, target.HonorLabels), hasher, texts, target.SampleLimit);
        _own = [.. OwnNames.Select(name => Named(name, labels))];
        _status = new(target.Name, target.Job, instance, address.ToString(), null, 0, 0, 0, 0, null, [], 0, 0, 0);
        IntervalMs = (long)target.Interval.TotalMilliseconds;
        // Spread over the interval by the address, the same after every start, so that reads neither come all at once nor shift.
        OffsetMs = (long)(_own[0].Hash % (ulong)IntervalMs);
        NextDueMs = Align(clock.UnixMs());
    }

    public Uri Address { get; }

    public ScrapeTarget Target => _target;

    public long IntervalMs { get; }

    public long OffsetMs { get; }

    public long NextDueMs { get; private set; }

    public ScrapeStatus Status => _status;

    /// <summary>The read under way, or the last one.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a read where one is due; one that is still under way is not overtaken.</summary>
    public void StartIfDue(long nowMs, CancellationToken stop)
    {
        if (nowMs < NextDueMs) return;
        NextDueMs = Align(nowMs);
        if (Reading.IsCompleted) Reading = ReadAsync(stop);
        else _status = _status with { Missed = _status.Missed + 1 };
    }

    private long Align(long nowMs) => nowMs - ((nowMs - OffsetMs) % IntervalMs) + IntervalMs;

    private static Labels Named(string name, Label[] labels)
        => Labels.TryCreate([new Label(Labels.MetricName, name), .. labels], out var made) ? made : Labels.Of(name);

    private async Task ReadAsync(CancellationToken stop)
    {
        // Off the duty's own loop at once, so that many targets are opened side by side.
        await Task.Yield();
        var began = _clock.GetTimestamp();
        using var batch = SampleBatch.Rent(_source, _clock.UnixMs());
        long bytes = 0;
        string? error;
        try
        {
            using var timeout = new CancellationTokenSource(_target.Timeout.ToTimeSpan(), _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
            try
            {
                (bytes, error) = await PageReading.ReadAsync(_http, _target, Address, _page, batch, both.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                error = $"It did not end its answer within {FieldDuration.Format(_target.Timeout)}.";
            }
            await BookAsync(batch, error, _clock.GetElapsedTime(began), stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            error = Sentence(failure);
            await BookAsync(batch, error, _clock.GetElapsedTime(began), stop);
        }
        Note(batch.NowUnixMs, _clock.GetElapsedTime(began), bytes, error);
    }

    /// <summary>A failed read leaves the counters as they are and only says that the target is down.</summary>
    private async Task BookAsync(SampleBatch batch, string? error, TimeSpan took, CancellationToken stop)
    {
        var booked = batch;
        using var down = SampleBatch.Rent(_source, batch.NowUnixMs);
        if (error is not null) booked = down;
        double[] values = [error is null ? 1 : 0, took.TotalSeconds, error is null ? _page.SampleCount : 0];
        for (var i = 0; i < _own.Length; i++) booked.Add(_hub.Resolve(_own[i], SampleKind.Gauge, _source), batch.NowUnixMs, values[i]);
        await _intake.ApplyAsync(booked, stop);
    }

    private void Note(long atUnixMs, TimeSpan took, long bytes, string? error)
    {
        var before = _status;
        _status = before with
        {
            Up = error is null,
            LastReadUnixMs = atUnixMs,
            DurationMs = took.TotalMilliseconds,
            Samples = error is null ? _page.SampleCount : before.Samples,
            Bytes = bytes,
            Error = error,
            Lines = _page.ErrorCount == 0 ? [] : [.. _page.Errors.Select(e => e.ToString())],
            Reads = before.Reads + 1,
            Failures = before.Failures + (error is null ? 0 : 1),
        };
    }

    private static string Sentence(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "Nobody listens there (connection refused).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Its name cannot be resolved.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => $"No secure connection: {(tls.InnerException ?? tls).Message}",
        HttpIOException or HttpRequestException => $"The connection broke: {failure.Message}",
        InvalidDataException => "It sent damaged gzip, or gzip that breaks off.",
        UriFormatException => "It redirects to something that is no address.",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
