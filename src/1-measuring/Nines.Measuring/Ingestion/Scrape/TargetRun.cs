using System.Net.Sockets;
using Nines.Kernel;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>One page that is read again and again: when it is due, what its lines meant, how it stands.</summary>
internal sealed class TargetRun
{
    private static readonly string[] OwnNames = ["up", "scrape_duration_seconds", "scrape_samples_scraped"];
    private readonly SignalHub hub;
    private readonly SignalIntake intake;
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly ScrapeTarget target;
    private readonly SignalSource source;
    private readonly TargetPage page;
    private readonly Labels[] own;
    private volatile ScrapeStatus status;

    public TargetRun(ScrapeTarget target, Uri address, SignalHub hub, SignalIntake intake, HttpClient http, TimeProvider clock, SeriesHasher hasher, TextCache texts)
    {
        (this.target, Address, this.hub, this.intake, this.http, this.clock) = (target, address, hub, intake, http, clock);
        var instance = address.IsDefaultPort ? address.Host : address.Authority;
        source = SignalSource.Scrape(target.Job, instance);
        Label[] labels = [new("job", target.Job), new("instance", instance), .. target.Labels.Select(l => new Label(l.Key, l.Value))];
        page = new TargetPage(hub, source, new TargetLabels(labels, target.HonorLabels), hasher, texts, target.SampleLimit);
        own = [.. OwnNames.Select(name => Named(name, labels))];
        status = new(target.Name, target.Job, instance, address.ToString(), null, 0, 0, 0, 0, null, [], 0, 0, 0);
        IntervalMs = (long)target.Interval.TotalMilliseconds;
        // Spread over the interval by the address, the same after every start, so that reads neither come all at once nor shift.
        OffsetMs = (long)(own[0].Hash % (ulong)IntervalMs);
        NextDueMs = Align(clock.UnixMs());
    }

    public Uri Address { get; }

    public ScrapeTarget Target => target;

    public long IntervalMs { get; }

    public long OffsetMs { get; }

    public long NextDueMs { get; private set; }

    public ScrapeStatus Status => status;

    /// <summary>The read under way, or the last one.</summary>
    public Task Reading { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a read where one is due; one that is still under way is not overtaken.</summary>
    public void StartIfDue(long nowMs, CancellationToken stop)
    {
        if (nowMs < NextDueMs) return;
        NextDueMs = Align(nowMs);
        if (Reading.IsCompleted) Reading = ReadAsync(stop);
        else status = status with { Missed = status.Missed + 1 };
    }

    private long Align(long nowMs) => nowMs - ((nowMs - OffsetMs) % IntervalMs) + IntervalMs;

    private static Labels Named(string name, Label[] labels)
        => Labels.TryCreate([new Label(Labels.MetricName, name), .. labels], out var made) ? made : Labels.Of(name);

    private async Task ReadAsync(CancellationToken stop)
    {
        // Off the duty's own loop at once, so that many targets are opened side by side.
        await Task.Yield();
        var began = clock.GetTimestamp();
        using var batch = SampleBatch.Rent(source, clock.UnixMs());
        long bytes = 0;
        string? error;
        try
        {
            using var timeout = new CancellationTokenSource(target.Timeout.ToTimeSpan(), clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
            try
            {
                (bytes, error) = await PageReading.ReadAsync(http, Address, page, target.BodyLimit, batch, target.Timeout.ToTimeSpan(), both.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                error = $"It did not end its answer within {FieldDuration.Format(target.Timeout)}.";
            }
            await BookAsync(batch, error, clock.GetElapsedTime(began), stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            error = Sentence(failure);
            await BookAsync(batch, error, clock.GetElapsedTime(began), stop);
        }
        Note(batch.NowUnixMs, clock.GetElapsedTime(began), bytes, error);
    }

    /// <summary>A failed read leaves the counters as they are and only says that the target is down.</summary>
    private async Task BookAsync(SampleBatch batch, string? error, TimeSpan took, CancellationToken stop)
    {
        var booked = batch;
        using var down = SampleBatch.Rent(source, batch.NowUnixMs);
        if (error is not null) booked = down;
        double[] values = [error is null ? 1 : 0, took.TotalSeconds, error is null ? page.SampleCount : 0];
        for (var i = 0; i < own.Length; i++) booked.Add(hub.Resolve(own[i], SampleKind.Gauge, source), batch.NowUnixMs, values[i]);
        await intake.ApplyAsync(booked, stop);
    }

    private void Note(long atUnixMs, TimeSpan took, long bytes, string? error)
    {
        var before = status;
        status = before with
        {
            Up = error is null,
            LastReadUnixMs = atUnixMs,
            DurationMs = took.TotalMilliseconds,
            Samples = error is null ? page.SampleCount : before.Samples,
            Bytes = bytes,
            Error = error,
            Lines = page.ErrorCount == 0 ? [] : [.. page.Errors.Select(e => e.ToString())],
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
        InvalidDataException => "It sent damaged gzip.",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
