using System.Collections.Immutable;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Measuring.Signals;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>Reads an action out of a manifest: the field <c>run</c> of a runbook's step, <c>action</c> of a remediation.</summary>
public static class RunnerFields
{
    private const string Kinds = "Write exactly one of http, command, query and chat.";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Comparisons = ["above", "atLeast", "below", "atMost"];

    /// <summary>The action; null where there is none, or where it is wrong, which is then said.</summary>
    /// <param name="field">The field.</param>
    /// <param name="remedy">What to write where there is none, or more than one.</param>
    public static RunnerAction? Read(Field field, string remedy = Kinds)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var before = field.Problems.HasErrors;
        var action = new RunnerAction
        {
            Http = Http(field.Optional("http")),
            Command = Command(field.Optional("command")),
            Query = Query(field.Optional("query")),
            Chat = Chat(field.Optional("chat")),
            Repeatable = field.Optional("repeatable").Flag() ?? false,
            Unapproved = field.Optional("approval").Choice("person", "none") == "none",
            Timeout = Timeout(field.Optional("timeout")),
        };
        var kinds = new[] { field.Optional("http").Given, field.Optional("command").Given, field.Optional("query").Given, field.Optional("chat").Given }.Count(g => g);
        if (kinds != 1) field.Wrong(kinds == 0 ? "It does not say what is done." : $"It says {kinds} things to do.", remedy);
        if (action is { Unapproved: true, Reads: false } && kinds == 1) field.Optional("approval").Wrong("Only what reads runs without an approval: a query, and HTTP GET or HEAD.", "Write approval: person, or leave it out.");
        return kinds == 1 && (action.Http ?? action.Command ?? action.Query ?? (object?)action.Chat) is not null && (before || !field.Problems.HasErrors) ? action : null;
    }

    /// <summary>A question; null where there is none, or where it is wrong, which is then said.</summary>
    public static QueryAction? Query(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var (objective, metric, promql, alerts) = (field.Optional("objective"), field.Optional("metric"), field.Optional("promql"), field.Optional("alerts"));
        var sources = new[] { objective, metric, promql, alerts }.Count(f => f.Given);
        if (sources != 1) field.Wrong(sources == 0 ? "It does not say what is asked." : $"It asks {sources} things.", "Write exactly one of objective, alerts, metric and promql.");
        var given = Comparisons.Select(c => (Word: c, Field: field.Optional(c))).Where(c => c.Field.Given).ToArray();
        var limits = given.Select(c => c.Field.Number()).ToArray();
        if (given.Length != 1) field.Wrong(given.Length == 0 ? "It does not say which answer is expected." : "It says more than one expectation.", "Write exactly one of above, atLeast, below and atMost, with a number.");
        foreach (var matcher in alerts.Texts())
            if (Matcher.Parse(matcher) is { Ok: false } wrong) alerts.Wrong(wrong.Problems[0].What, wrong.Problems[0].Remedy);
        if (metric.Given && !metric.Text().Contains("{labels.", StringComparison.Ordinal) && !Selector.TryParse(metric.Text(), out _, out var error)) metric.Wrong($"\"{metric.Text()}\" is not a selector: {error}", "Write one such as queue_depth{service=\"payments\"}.");
        var (figure, window, source) = (field.Optional("figure").Choice("burn", "remaining", "sli"), field.Optional("window").Text(), field.Optional("source").Text());
        if (sources != 1 || given.Length != 1 || limits[0] is not { } limit) return null;
        return new(Enum.Parse<QueryComparison>(given[0].Word, ignoreCase: true), limit)
        {
            Objective = objective.Text(),
            Figure = figure ?? "burn",
            Window = window.Length > 0 ? window : "1h",
            Alerts = [.. alerts.Texts()],
            Metric = metric.Text(),
            Promql = promql.Text(),
            Source = source,
        };
    }

    private static HttpAction? Http(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var (url, secrets) = (field.Require("url", "Write a whole address that begins with https://."), field.Optional("secretHeaders"));
        // A label may choose a path, never the receiver.
        if (url.Given && url.Text().Split('/', 4) is [_, _, var authority, ..] && authority.Contains('{', StringComparison.Ordinal)) url.Wrong("A label must not choose the receiver.", "Write the host itself; labels may stand in the path and the query.");
        else if (url.Given && (!Uri.TryCreate(url.Text(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))) url.Wrong($"\"{url.Text()}\" is not an address.", "Write a whole address that begins with https://.");
        var method = field.Optional("method").Choice(Methods);
        var headers = field.Optional("headers").TextMap();
        foreach (var name in headers.Keys)
            if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)) field.Optional("headers").Wrong($"The header {name} holds a secret.", $"Write it under secretHeaders: {{ {name}: env:NAME }}.");
        foreach (var name in secrets.TextMap().Keys) _ = secrets.Below(name).Secret();
        var expect = field.Optional("expect");
        var status = expect.Optional("status");
        int[] statuses = status.Node is ManifestSequence ? [.. status.Items().Select(s => s.Integer(100, 599)).OfType<long>().Select(s => (int)s)] : status.Integer(100, 599) is { } one ? [(int)one] : [];
        return new(method ?? "GET", url.Text(), Sorted(headers), Sorted(secrets.TextMap()), field.Optional("body").Text(), statuses, expect.Optional("contains").Text());
    }

    private static CommandAction? Command(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var name = field.Require("name", "Write its name on the allow-list.").Text();
        var (with, expect) = (field.Optional("with").TextMap(), field.Optional("expect"));
        return new(name, Sorted(with), expect.Optional("contains").Text(), (int?)expect.Optional("exit").Integer(0, 255));
    }

    private static ChatAction? Chat(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        return new(field.Require("person", "Write whose contact it goes to, by handle.").Text(), field.Optional("contact").Text(), field.Require("text", "Write what it says.").Text());
    }

    private static Duration Timeout(Field field)
    {
        if (field.Duration() is not { } asked) return RunnerAction.UsualTimeout;
        if (asked <= RunnerAction.LongestTimeout && asked > Duration.Zero) return asked;
        field.Wrong("It may last 10m at most.", "Write less; what lasts longer is started here and looked at later.");
        return RunnerAction.UsualTimeout;
    }

    private static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> map) => map.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
