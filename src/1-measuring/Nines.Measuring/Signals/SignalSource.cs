namespace Nines.Measuring.Signals;

/// <summary>Who sent a series: the unit in which series are limited and refusals are counted.</summary>
/// <param name="Text">Such as <c>remote-write</c>, <c>scrape/JOB/INSTANCE</c>, <c>log/NAME</c>.</param>
public sealed record SignalSource(string Text)
{
    public static SignalSource RemoteWrite { get; } = new("remote-write");

    public static SignalSource Otlp { get; } = new("otlp");

    public static SignalSource Push { get; } = new("push");

    public static SignalSource Scrape(string job, string instance) => new($"scrape/{job}/{instance}");

    public static SignalSource Log(string name) => new($"log/{name}");

    public static SignalSource Probe(string name) => new($"probe/{name}");

    public static SignalSource Prometheus(string dataSource) => new($"prometheus/{dataSource}");

    public override string ToString() => Text;
}
