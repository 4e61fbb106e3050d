using System.Text;
using Nines.Catalog.Manifests;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>
/// Turns the <c>scrape_configs</c> of a prometheus.yml into <c>ScrapeTarget</c> manifests: static targets with their labels, path,
/// interval, limits and access. Whatever is not taken is a finding. Pure.
/// </summary>
internal static class ScrapeConfigs
{
    private static readonly string[] Taken =
    [
        "job_name", "static_configs", "scrape_interval", "scrape_timeout", "metrics_path", "scheme", "honor_labels", "sample_limit",
        "basic_auth", "authorization", "bearer_token_file", "bearer_token", "tls_config",
    ];

    /// <summary>The manifests, each a YAML document.</summary>
    /// <param name="config">As parsed.</param>
    /// <param name="problems">Takes what is wrong and what is not taken.</param>
    public static IReadOnlyList<string> Read(ManifestDocument config, ProblemList problems)
    {
        var root = Field.Of(config, problems);
        var jobs = root.Optional("scrape_configs").Items();
        if (jobs.Count == 0) root.Wrong("There are no scrape_configs here.", "Name the prometheus.yml itself.");
        var interval = root.Optional("global.scrape_interval").Text();
        var manifests = new List<string>();
        foreach (var job in jobs) manifests.AddRange(Job(job, interval.Length > 0 ? interval : "1m"));
        return manifests;
    }

    private static IEnumerable<string> Job(Field job, string usualInterval)
    {
        foreach (var entry in job.Node is ManifestMapping mapping ? mapping.Entries : [])
            if (!Taken.Contains(entry.Name)) job.Below(entry.Name).Notes($"{entry.Name} is not taken.", Remedy(entry.Name));
        var name = job.Require("job_name").Text();
        var (groups, number) = (job.Optional("static_configs").Items(), 0);
        foreach (var group in groups)
        {
            var targets = group.Optional("targets").Texts();
            if (targets.Count == 0) continue;
            number++;
            var text = new StringBuilder()
                .Append($"apiVersion: nines/v1\nkind: ScrapeTarget\nmetadata: {{ name: {Slug(name)}{(groups.Count > 1 ? "-" + number : "")} }}\nspec:\n")
                .Append($"  job: {Quoted(name)}\n  targets: [{string.Join(", ", targets.Select(target => Quoted(Page(job, target))))}]\n")
                .Append($"  interval: {Or(job, "scrape_interval", usualInterval)}\n");
            if (job.Optional("scrape_timeout") is { Given: true } timeout) text.Append($"  timeout: {timeout.Text()}\n");
            if (job.Optional("honor_labels").Flag() == true) text.Append("  honorLabels: true\n");
            if (job.Optional("sample_limit").Integer(1) is { } limit) text.Append($"  sampleLimit: {limit}\n");
            var labels = group.Optional("labels").TextMap();
            if (labels.Count > 0) text.Append($"  labels: {{ {string.Join(", ", labels.Select(label => $"{label.Key}: {Quoted(label.Value)}"))} }}\n");
            yield return text.Append(Access(job)).ToString();
        }

        if (number == 0) job.Notes($"The job {name} has no static targets: it becomes no manifest.", "Write a ScrapeTarget with its pages.");
    }

    private static string Page(Field job, string target) => $"{Or(job, "scheme", "http")}://{target}{Or(job, "metrics_path", "/metrics")}";

    // Prometheus keeps secrets in its configuration or in files; only files can go along.
    private static string Access(Field job)
    {
        var text = new StringBuilder();
        var (basic, bearer, tls) = (job.Optional("basic_auth"), job.Optional("authorization"), job.Optional("tls_config"));
        if (basic.Given && File(basic, "password") is { } password) text.Append($"  basic: {{ user: {Quoted(basic.Optional("username").Text())}, password: {Quoted(password)} }}\n");
        if ((File(bearer, "credentials") ?? File(job, "bearer_token")) is { } token) text.Append($"  token: {Quoted(token)}\n");
        if (!tls.Given) return text.ToString();
        var fields = new[] { ("caFile", "ca_file"), ("certFile", "cert_file"), ("keyFile", "key_file"), ("serverName", "server_name") }
            .Where(pair => tls.Optional(pair.Item2).Given).Select(pair => $"{pair.Item1}: {Quoted(tls.Optional(pair.Item2).Text())}").ToList();
        if (tls.Optional("insecure_skip_verify").Flag() == true) fields.Add("insecureSkipVerify: true");
        return fields.Count == 0 ? text.ToString() : text.Append($"  tls: {{ {string.Join(", ", fields)} }}\n").ToString();
    }

    private static string? File(Field parent, string name)
    {
        if (!parent.Given) return null;
        if (parent.Optional(name + "_file") is { Given: true } file) return "file:" + file.Text();
        if (parent.Optional(name) is { Given: true } plain) plain.Notes("This secret is not taken: it stands here in plain.", "Keep it in a file or a variable, and write its reference into the manifest.");
        return null;
    }

    private static string Remedy(string field) => field.EndsWith("_sd_configs", StringComparison.Ordinal) ? "Write its targets as static_configs, or keep Prometheus and read it with nines init."
        : field.EndsWith("relabel_configs", StringComparison.Ordinal) ? "Labels stay as the page writes them; add fixed ones with labels."
        : "";

    private static string Or(Field job, string name, string usual) => job.Optional(name) is { Given: true } field ? field.Text() : usual;

    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
