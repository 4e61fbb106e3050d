using System.Globalization;
using System.Text;

namespace Nines.Learning.Postmortems;

/// <summary>A postmortem in the form of seed 003's template: YAML whose texts are all quoted, so that none is read as anything else. Pure.</summary>
public static class PostmortemYaml
{
    /// <summary>The whole document.</summary>
    public static string Write(PostmortemView postmortem)
    {
        var facts = postmortem.Facts;
        var text = new StringBuilder("postmortem:\n");
        Line(text, 1, "title", Quote(postmortem.Title));
        Line(text, 1, "date", Quote(facts?.BeganAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""));
        Line(text, 1, "severity", Quote(facts?.Severity ?? ""));
        Line(text, 1, "duration", Quote(postmortem.Figures.FirstOrDefault(f => f.Key == "duration_minutes")?.Words.Replace('\u00a0', ' ') ?? ""));
        Line(text, 1, "authors", Flow(postmortem.Authors));
        Line(text, 1, "reviewers", Flow([.. postmortem.Reviewers.Select(r => r.Person)]));
        Line(text, 1, "status", Quote(postmortem.State));
        Line(text, 1, "summary", Quote(postmortem.Text(PostmortemSections.Summary)));
        text.Append("  impact:\n");
        Line(text, 2, "users_affected", Whole(postmortem.Text("users-affected")));
        Line(text, 2, "duration_minutes", Number(facts?.Minutes));
        Line(text, 2, "revenue_impact_usd", Number(facts?.Revenue.Any(r => r.Lost.Currency == "USD") == true ? (double)facts.Revenue.Where(r => r.Lost.Currency == "USD").Sum(r => r.Lost.Amount) : null));
        foreach (var lost in facts?.Revenue.Where(r => r.Lost.Currency != "USD").GroupBy(r => r.Lost.Currency, StringComparer.Ordinal) ?? [])
            Line(text, 2, $"revenue_impact_{lost.Key.ToLowerInvariant()}", Number((double)lost.Sum(r => r.Lost.Amount)));
        Line(text, 2, "slo_budget_consumed_pct", Number(facts?.Spent * 100));
        Line(text, 2, "data_loss", postmortem.Text("data-loss") switch { "yes" => "true", "no" => "false", _ => "null" });
        Line(text, 2, "customer_tickets", Whole(postmortem.Text("customer-tickets")));
        List(text, "timeline", [.. postmortem.Timeline], line => [("time", Quote(NodaTime.Text.InstantPattern.General.Format(line.At))), ("event", Quote(line.Text))]);
        Line(text, 1, "root_cause", Quote(postmortem.Text(PostmortemSections.RootCause)));
        Texts(text, 1, "five_whys", postmortem.Of(PostmortemSections.Whys).Points);
        Texts(text, 1, "contributing_factors", [.. postmortem.Sections.Where(s => s.Kind.Group == "factors").SelectMany(s => s.Points.Select(p => $"{s.Kind.Title}: {p}"))]);
        Texts(text, 1, "fishbone", [.. postmortem.Sections.Where(s => s.Kind.Group == "fishbone").SelectMany(s => s.Points.Select(p => $"{s.Kind.Title}: {p}"))]);
        text.Append("  detection:\n");
        Line(text, 2, "how_detected", Quote(facts?.Detection == "alert" ? "alert" : "user report"));
        Line(text, 2, "time_to_detect_minutes", Number(facts?.Clocks.ToDetect?.TotalMinutes));
        Line(text, 2, "could_have_detected_sooner", Quote(postmortem.Text("detected-sooner")));
        text.Append("  resolution:\n");
        Line(text, 2, "how_resolved", Quote(postmortem.Text("resolution") is { Length: > 0 } written ? written : facts?.Helped ?? ""));
        Line(text, 2, "time_to_mitigate_minutes", Number(facts?.Clocks.ToMitigate?.TotalMinutes));
        Line(text, 2, "time_to_resolve_minutes", Number(facts?.Clocks.ToResolve?.TotalMinutes));
        Texts(text, 1, "what_went_well", postmortem.Of("went-well").Points);
        Texts(text, 1, "what_went_wrong", postmortem.Of("went-wrong").Points);
        Texts(text, 1, "where_we_got_lucky", postmortem.Of("lucky").Points);
        List(text, "action_items", [.. postmortem.Actions], a =>
        [
            ("id", Quote(a.Name)), ("type", Quote(a.Type)), ("description", Quote(a.Title)), ("owner", Quote(a.Owner)), ("priority", Quote(a.Priority)),
            ("deadline", Quote(a.DeadlineDay)), ("status", Quote(a.State)), ("ticket", Quote(a.Link.Length > 0 ? a.Link : a.Tracked.Select(t => t.Url.Length > 0 ? t.Url : t.Key).FirstOrDefault() ?? "")),
        ]);
        return text.ToString();
    }

    private static void Line(StringBuilder text, int depth, string key, string value) => text.Append(' ', depth * 2).Append(key).Append(": ").Append(value).Append('\n');

    private static void Texts(StringBuilder text, int depth, string key, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            Line(text, depth, key, "[]");
            return;
        }

        text.Append(' ', depth * 2).Append(key).Append(":\n");
        foreach (var value in values) text.Append(' ', (depth + 1) * 2).Append("- ").Append(Quote(value)).Append('\n');
    }

    private static void List<T>(StringBuilder text, string key, IReadOnlyList<T> items, Func<T, (string Key, string Value)[]> fields)
    {
        if (items.Count == 0)
        {
            Line(text, 1, key, "[]");
            return;
        }

        text.Append("  ").Append(key).Append(":\n");
        foreach (var item in items)
        {
            var first = true;
            foreach (var (name, value) in fields(item))
            {
                text.Append(first ? "    - " : "      ").Append(name).Append(": ").Append(value).Append('\n');
                first = false;
            }
        }
    }

    private static string Flow(IReadOnlyList<string> values) => $"[{string.Join(", ", values.Select(Quote))}]";

    private static string Whole(string digits) => digits.Length > 0 && digits.All(char.IsAsciiDigit) ? digits : "null";

    private static string Number(double? value) => value is { } known && double.IsFinite(known) ? Math.Round(known, 2).ToString("0.##", CultureInfo.InvariantCulture) : "null";

    /// <summary>A double-quoted YAML text: what is not plain is written as an escape.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' or '\u0085') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
