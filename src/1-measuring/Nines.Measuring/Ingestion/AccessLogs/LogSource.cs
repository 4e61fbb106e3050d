namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>An access log as a source of signals: manifest kind <c>LogSource</c>.</summary>
/// <param name="Name">The manifest's name; the value of the label <c>log</c>.</param>
public sealed record LogSource(string Name)
{
    /// <summary>Prometheus' default bounds of a latency histogram, in seconds (client_golang, DefBuckets).</summary>
    public static IReadOnlyList<double> DefaultBuckets { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>The file that the server writes.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>common</c>, <c>combined</c>, <c>nginx</c>, <c>json</c>, or an nginx <c>log_format</c>.</summary>
    public string Format { get; init; } = "combined";

    /// <summary>Names of the fields of JSON lines.</summary>
    public JsonFields Fields { get; init; } = new();

    /// <summary>Labels of every series; a value <c>$name</c> is taken from the line.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Adds the label <c>path</c>: the template that the request's path falls on.</summary>
    public bool PathLabel { get; init; }

    /// <summary>Path templates, first match wins: <c>:name</c> stands for one segment, <c>*</c> at the end for the rest.</summary>
    public IReadOnlyList<string> PathTemplates { get; init; } = [];

    /// <summary>Most different path labels; further ones become <c>other</c>.</summary>
    public int MaxPaths { get; init; } = 200;

    /// <summary>Upper bounds of the latency histogram in seconds, ascending.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = DefaultBuckets;

    /// <summary>Requests that are not counted, such as health checks.</summary>
    public IReadOnlyList<LogExclusion> Exclusions { get; init; } = [];

    /// <summary>At first contact begins at the file's end; otherwise what it holds already is counted too.</summary>
    public bool StartAtEnd { get; init; }
}

/// <summary>Requests to leave out: all parts that are given must fit; <c>*</c> stands for any text.</summary>
/// <param name="Path">Path without query.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Code">Status, such as <c>499</c> or <c>4*</c>.</param>
/// <param name="UserAgent">The User-Agent header.</param>
/// <param name="Address">The caller's address.</param>
public sealed record LogExclusion(string? Path = null, string? Method = null, string? Code = null, string? UserAgent = null, string? Address = null);
