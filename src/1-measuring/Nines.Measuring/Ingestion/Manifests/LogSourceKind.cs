using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.AccessLogs;

namespace Nines.Measuring.Ingestion.Manifests;

/// <summary><c>nines/v1 LogSource</c>: an access log that is followed.</summary>
internal sealed class LogSourceKind : ManifestKind<LogSource>
{
    private const int MaxBuckets = 64, MaxTemplates = 1000;

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "LogSource";

    /// <inheritdoc />
    public override string Summary => "An access log whose lines are counted as http_requests_total and http_request_duration_seconds.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: LogSource
        metadata: { name: shop }
        spec:
          path: /var/log/nginx/access.log
          format: nginx
          labels: { service: shop }
          paths:
            label: true
            templates: ["/users/:id", "/static/*"]
          exclude:
            - path: /healthz
            - userAgent: kube-probe/*

        """;

    /// <inheritdoc />
    protected override LogSource? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var path = spec.Require("path", "Write path: with the absolute path of the log.");
        if (path.Given && path.Text().Length > 0 && !Path.IsPathRooted(path.Text())) path.Wrong($"\"{path.Text()}\" is not an absolute path.", "Write one such as /var/log/nginx/access.log.");
        var paths = spec.Optional("paths");
        var start = spec.Optional("startAt").Choice("beginning", "end");
        var source = new LogSource(metadata.Name)
        {
            Path = path.Text(),
            Format = spec.Optional("format") is { Given: true } format ? format.Text() : "combined",
            Fields = Fields(spec.Optional("fields")),
            Labels = Labels(spec.Optional("labels")),
            PathLabel = paths.Optional("label").Flag() ?? false,
            PathTemplates = Templates(paths.Optional("templates")),
            MaxPaths = (int)(paths.Optional("max").Integer(1, 10_000) ?? 200),
            Buckets = Buckets(spec.Optional("buckets")),
            Exclusions = [.. spec.Optional("exclude").Items().Select(Exclusion)],
            StartAtEnd = start == "end",
        };
        if (!LineFormats.TryCreate(source, out _, out var wrong)) spec.Optional("format").Wrong(wrong, "Write common, combined, nginx, json, or the log_format of your nginx.");
        return source;
    }

    private static JsonFields Fields(Field fields) => new()
    {
        Time = Name(fields, "time"),
        Method = Name(fields, "method"),
        Path = Name(fields, "path"),
        Status = Name(fields, "status"),
        Duration = Name(fields, "duration"),
        Address = Name(fields, "address"),
        UserAgent = Name(fields, "userAgent"),
        DurationUnit = fields.Optional("durationUnit").Choice("s", "ms", "us", "ns") switch { "ms" => 1e-3, "us" => 1e-6, "ns" => 1e-9, _ => 1 },
    };

    private static string? Name(Field fields, string name) => fields.Optional(name) is { Given: true } field ? field.Text() : null;

    private static IReadOnlyList<KeyValuePair<string, string>> Labels(Field field)
    {
        var labels = field.TextMap();
        foreach (var name in labels.Keys)
            if (name is "log" or "code" or "method" or "le" or "path" || !IsLabel(name)) field.Wrong($"\"{name}\" cannot be a label here.", "Use letters, digits and underscores; log, code, method, path and le are taken.");
        return [.. labels];
    }

    private static IReadOnlyList<string> Templates(Field field)
    {
        var templates = field.Texts();
        if (templates.Count > MaxTemplates) field.Wrong($"There are more than {MaxTemplates} templates.", "Keep those that an objective asks for; other paths are generalised.");
        foreach (var template in templates)
            if (!template.StartsWith('/') || (template.Contains('*', StringComparison.Ordinal) && !template.EndsWith("/*", StringComparison.Ordinal))) field.Wrong($"\"{template}\" is no path template.", "Write one such as /users/:id or /static/*.");
        return templates;
    }

    private static IReadOnlyList<double> Buckets(Field field)
    {
        if (!field.Given) return LogSource.DefaultBuckets;
        var bounds = field.Items().Select(item => item.Number() ?? 0).ToArray();
        if (bounds.Length is 0 or > MaxBuckets || bounds[0] <= 0 || bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
            field.Wrong("These are no bucket bounds.", $"Write at most {MaxBuckets} rising numbers of seconds, such as [0.1, 0.3, 1].");
        return bounds;
    }

    private static LogExclusion Exclusion(Field field)
    {
        var exclusion = new LogExclusion(Name(field, "path"), Name(field, "method"), Name(field, "code"), Name(field, "userAgent"), Name(field, "address"));
        if (exclusion == new LogExclusion()) field.Wrong("This leaves out every request.", "Write path, method, code, userAgent or address, with * for any text.");
        return exclusion;
    }

    private static bool IsLabel(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.StartsWith("__", StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
