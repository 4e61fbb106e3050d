using System.Text;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>
/// Turns the route tree, intervals and inhibition of an alertmanager.yml into one AlertRouting manifest. Receivers become
/// names of escalation policies; one without any configuration, which swallows alerts, becomes severity log.
/// </summary>
public static class AlertmanagerConfig
{
    /// <summary>The manifest; null where there is no tree. What it cannot take goes to the list.</summary>
    public static string? Read(ManifestDocument document, ProblemList problems)
    {
        var root = Field.Of(document, problems);
        var route = root.Require("route", "Give the alertmanager.yml of a running Alertmanager.");
        if (!route.IsMapping()) return null;
        var receivers = Receivers(root.Optional("receivers"), problems);
        var text = new StringBuilder("apiVersion: nines/v1\nkind: AlertRouting\nmetadata: { name: routing }\nspec:\n  branches:\n");
        new Writer(text, receivers, problems).Branch(route, 2, "alertmanager", top: true);
        Intervals([.. root.Optional("time_intervals").Items(), .. root.Optional("mute_time_intervals").Items()], text);
        Inhibit(root.Optional("inhibit_rules"), text, problems);
        return text.ToString();
    }

    /// <summary>Name to: does it tell anybody?</summary>
    private static Dictionary<string, bool> Receivers(Field field, ProblemList problems)
    {
        var all = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var item in field.Items())
        {
            var name = item.Require("name").Text();
            var kinds = item.Node is ManifestMapping mapping ? mapping.Entries.Where(e => e.Name.EndsWith("_configs", StringComparison.Ordinal)).Select(e => e.Name[..^8]).ToArray() : [];
            all[name] = kinds.Length > 0;
            if (kinds.Length > 0)
                problems.Finding($"The receiver {name} ({string.Join(", ", kinds)}) is named as an escalation policy.", $"Write an EscalationPolicy \"{PolicyName(name)}\" with the people whom it reaches.", item.Path, item.Place);
            else
                problems.Finding($"The receiver {name} tells nobody: what goes there is listed as severity log.", "Take the branch away where that is not meant.", item.Path, item.Place);
        }

        return all;
    }

    private static void Intervals(IReadOnlyList<Field> fields, StringBuilder text)
    {
        if (fields.Count == 0) return;
        text.Append("  intervals:\n");
        foreach (var item in fields)
        {
            text.Append("    - name: ").Append(Quote(item.Require("name").Text())).Append("\n      when:\n");
            foreach (var one in item.Optional("time_intervals").Items())
            {
                var parts = new List<string>();
                string[] times = [.. one.Optional("times").Items().Select(t => $"{t.Optional("start_time").Text()}-{t.Optional("end_time").Text()}")];
                Add(parts, "times", times);
                Add(parts, "weekdays", one.Optional("weekdays").Texts());
                Add(parts, "daysOfMonth", one.Optional("days_of_month").Texts());
                Add(parts, "months", one.Optional("months").Texts());
                Add(parts, "years", one.Optional("years").Texts());
                if (one.Optional("location").Text() is { Length: > 0 } zone) parts.Add("timeZone: " + Quote(zone));
                text.Append("        - { ").Append(string.Join(", ", parts)).Append(" }\n");
            }
        }
    }

    private static void Inhibit(Field field, StringBuilder text, ProblemList problems)
    {
        var rules = field.Items();
        if (rules.Count == 0) return;
        text.Append("  inhibit:\n");
        for (var i = 0; i < rules.Count; i++)
        {
            var name = rules[i].Optional("name").Text() is { Length: > 0 } given ? given : $"inhibit-{i + 1}";
            var source = Matchers(rules[i], "source_match", "source_match_re", "source_matchers", problems);
            var target = Matchers(rules[i], "target_match", "target_match_re", "target_matchers", problems);
            text.Append("    - { name: ").Append(Quote(name)).Append(", source: ").Append(List(source)).Append(", target: ").Append(List(target))
                .Append(", equal: ").Append(List(rules[i].Optional("equal").Texts())).Append(" }\n");
        }
    }

    private static IReadOnlyList<string> Matchers(Field field, string equal, string pattern, string both, ProblemList problems)
    {
        var all = new List<Matcher>();
        foreach (var (name, value) in field.Optional(equal).TextMap()) all.Add(new(name, MatchKind.Equal, value));
        foreach (var (name, value) in field.Optional(pattern).TextMap()) Take($"{name}=~{value}");
        foreach (var text in field.Optional(both).Texts())
            foreach (var one in Split(text.Trim().TrimStart('{').TrimEnd('}'))) Take(one);
        return [.. all.Select(m => m.ToString())];

        void Take(string text)
        {
            var read = Matcher.Parse(text);
            if (read.Ok) all.Add(read.Value);
            else problems.AddRange(read.Problems.Select(p => p with { Path = field.Path, Place = field.Place }));
        }
    }

    /// <summary>Several matchers of one text, at commas outside of quotes.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == ',' && !quoted)
            {
                if (text[start..i].Trim() is { Length: > 0 } one) yield return one;
                start = i + 1;
            }
        }

        if (text[start..].Trim() is { Length: > 0 } last) yield return last;
    }

    private static void Add(List<string> parts, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0) parts.Add($"{name}: {List(values)}");
    }

    private static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Quote)) + "]";

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static string PolicyName(string receiver) => Plain(receiver);

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(letter)) plain.Append(letter);
            else if (plain.Length > 0 && plain[^1] != '-') plain.Append('-');
        return plain.ToString().TrimEnd('-');
    }

    private sealed class Writer(StringBuilder text, Dictionary<string, bool> receivers, ProblemList problems)
    {
        public void Branch(Field route, int depth, string name, bool top = false, string receiver = "")
        {
            var indent = new string(' ', depth * 2);
            text.Append(indent).Append("- name: ").Append(name).Append('\n');
            var matchers = Matchers(route, "match", "match_re", "matchers", problems);
            if (matchers.Count > 0) Line(indent, "match", List(matchers));
            if (route.Optional("continue").Flag() == true) Line(indent, "continue", "true");
            if (route.Optional("receiver").Text() is { Length: > 0 } own && own != receiver) Receiver(route, indent, receiver = own);
            if (route.Optional("group_by") is { Given: true } by) Line(indent, "groupBy", List(by.Texts()));
            else if (top) Line(indent, "groupBy", "[]");
            Time(route, indent, "group_wait", "groupWait", top ? "30s" : "");
            Time(route, indent, "group_interval", "groupInterval", top ? "5m" : "");
            Time(route, indent, "repeat_interval", "repeatInterval", top ? "4h" : "");
            if (route.Optional("mute_time_intervals").Texts() is { Count: > 0 } mute) Line(indent, "mute", List(mute));
            if (route.Optional("active_time_intervals").Texts() is { Count: > 0 } active) Line(indent, "active", List(active));
            Below(route, indent, depth, receiver);
        }

        private void Below(Field route, string indent, int depth, string receiver)
        {
            var below = route.Optional("routes").Items();
            if (below.Count == 0) return;
            text.Append(indent).Append("  branches:\n");
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in below)
            {
                var words = Plain(string.Join('-', Matchers(one, "match", "match_re", "matchers", new()).Select(m => m[(m.IndexOf('"', StringComparison.Ordinal) + 1)..].TrimEnd('"'))));
                var plain = words.Length is > 0 and <= 40 ? words : Plain(one.Optional("receiver").Text()) is { Length: > 0 } named ? named : "branch";
                var name = plain;
                for (var i = 2; !names.Add(name); i++) name = $"{plain}-{i}";
                Branch(one, depth + 2, name, receiver: receiver);
            }
        }

        private void Receiver(Field route, string indent, string name)
        {
            if (!receivers.TryGetValue(name, out var tells)) problems.Finding($"There is no receiver \"{name}\".", "Add it, or name another.", route.Path + ".receiver", route.Place);
            if (tells || !receivers.ContainsKey(name)) Line(indent, "escalation", Quote(PolicyName(name)));
            else Line(indent, "severity", "log");
        }

        private void Time(Field route, string indent, string theirs, string ours, string otherwise)
        {
            var value = route.Optional(theirs).Text() is { Length: > 0 } given ? given : otherwise;
            if (value.Length == 0) return;
            if (FieldDuration.TryParse(value, out _)) Line(indent, ours, value);
            else route.Optional(theirs).Wrong($"\"{value}\" is not a duration.", "Write one such as 30s or 5m.");
        }

        private void Line(string indent, string name, string value) => text.Append(indent).Append("  ").Append(name).Append(": ").Append(value).Append('\n');
    }
}
