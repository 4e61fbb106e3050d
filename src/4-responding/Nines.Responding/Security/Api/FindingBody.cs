using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Security.Api;

/// <summary>
/// Reads findings as programs send them: an object, a list of them, or one a line. A finding is Nines' own
/// (<c>rule</c>, <c>text</c>, <c>category</c>, <c>severity</c>, <c>service</c>, <c>fingerprint</c>, <c>at</c>, <c>facts</c>) or Falco's
/// (<c>rule</c>, <c>output</c>, <c>priority</c>, <c>time</c>, <c>tags</c>, <c>hostname</c>, <c>output_fields</c>). Reading never throws on bytes.
/// </summary>
internal static class FindingBody
{
    private const int LongestText = 1_000;
    private const int LongestFact = 200;
    private const int MostFacts = 20;

    private static readonly string[] Grave = ["emergency", "alert", "critical"];
    private static readonly string[] Mild = ["notice", "informational", "info", "debug"];

    public static Outcome<IReadOnlyList<Finding>> Read(ReadOnlyMemory<byte> body, Instant now)
    {
        var (found, wrong) = (new List<Finding>(), new List<Problem>());
        foreach (var (i, element) in Elements(body, wrong).Index())
        {
            if (element.ValueKind != JsonValueKind.Object) wrong.Add(Problem.Invalid("A finding is a JSON object.", "Write {\"rule\": …, \"text\": …}."));
            else One(element, $"[{i}]", now, found, wrong);
        }

        if (found.Count == 0 && wrong.Count == 0) wrong.Add(Problem.Invalid("There is no finding in the body.", "Write {\"rule\": …, \"text\": …}."));
        return wrong.Count > 0 ? Outcome<IReadOnlyList<Finding>>.Failed(wrong) : found;
    }

    private static List<JsonElement> Elements(ReadOnlyMemory<byte> body, List<Problem> wrong)
    {
        try
        {
            using var whole = JsonDocument.Parse(body);
            return whole.RootElement.ValueKind == JsonValueKind.Array ? [.. whole.RootElement.EnumerateArray().Select(e => e.Clone())] : [whole.RootElement.Clone()];
        }
        catch (JsonException)
        {
            return Lines(body, wrong);
        }
    }

    private static List<JsonElement> Lines(ReadOnlyMemory<byte> body, List<Problem> wrong)
    {
        var read = new List<JsonElement>();
        var line = 0;
        foreach (var text in Encoding.UTF8.GetString(body.Span).Split('\n'))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                using var one = JsonDocument.Parse(text);
                read.Add(one.RootElement.Clone());
            }
            catch (JsonException)
            {
                wrong.Add(Problem.Invalid($"Line {line} is no JSON.", "Send one object, a list of them, or one a line."));
                return read;
            }
        }

        return read;
    }

    private static void One(JsonElement from, string path, Instant now, List<Finding> found, List<Problem> wrong)
    {
        var rule = Text(from, "rule");
        var text = Text(from, "text") is { Length: > 0 } said ? said : Text(from, "output");
        if (rule.Length == 0) wrong.Add(Problem.Invalid("A finding needs the name of the rule that found it.", "Write rule.", path + ".rule"));
        if (text.Length == 0) wrong.Add(Problem.Invalid("A finding needs what was found.", "Write text, or output as Falco does.", path + ".text"));
        var category = CategoryOf(from, path, wrong);
        var severity = SeverityOf(from, path, wrong);
        var at = now;
        if ((Text(from, "at") is { Length: > 0 } time ? time : Text(from, "time")) is { Length: > 0 } stamp)
        {
            if (OffsetDateTimePattern.ExtendedIso.Parse(stamp) is { Success: true } read) at = Instant.Min(read.Value.ToInstant(), now);
            else wrong.Add(Problem.Invalid($"\"{Cut(stamp, 60)}\" is no time.", "Write one such as 2026-11-22T10:00:00Z.", path + ".at"));
        }

        if (rule.Length == 0 || text.Length == 0) return;
        var host = Text(from, "hostname");
        var service = Text(from, "service");
        // The same rule at the same place is the same thing.
        var fingerprint = Text(from, "fingerprint") is { Length: > 0 } given ? given : $"{SecurityWords.Word(category)} {rule} {service} {host}".TrimEnd();
        found.Add(new(Cut(rule, LongestFact), category, KindOf(category), severity, "finding:" + Cut(fingerprint, LongestFact), Cut(text, LongestText), Cut(service, LongestFact), Facts(from, host), at));
    }

    private static SignalCategory CategoryOf(JsonElement from, string path, List<Problem> wrong)
    {
        var said = Text(from, "category");
        if (said.Length > 0)
        {
            if (SecurityWords.Read<SignalCategory>(said) is { } category) return category;
            wrong.Add(Problem.Invalid($"\"{Cut(said, 60)}\" is no category.", $"Write one of {SecurityWords.All<SignalCategory>()}.", path + ".category"));
            return SignalCategory.Other;
        }

        // Falco's rules carry tags of MITRE ATT&CK.
        var tags = from.TryGetProperty("tags", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!).ToArray() : [];
        if (tags.Any(t => t.Contains("privilege_escalation", StringComparison.OrdinalIgnoreCase))) return SignalCategory.PrivilegeEscalation;
        if (tags.Any(t => t.Contains("exfiltration", StringComparison.OrdinalIgnoreCase) || t.Contains("collection", StringComparison.OrdinalIgnoreCase))) return SignalCategory.DataAccess;
        return tags.Any(t => t.Contains("credential_access", StringComparison.OrdinalIgnoreCase)) ? SignalCategory.FailedLogins : SignalCategory.Other;
    }

    private static IncidentSeverity SeverityOf(JsonElement from, string path, List<Problem> wrong)
    {
        var said = Text(from, "severity");
        if (said.Length == 0)
        {
            var priority = Text(from, "priority").ToLowerInvariant();
            return Grave.Contains(priority) ? IncidentSeverity.Sev1 : Mild.Contains(priority) ? IncidentSeverity.Sev3 : IncidentSeverity.Sev2;
        }

        if (SeverityText.Parse(said) is { } severity) return severity;
        wrong.Add(Problem.Invalid($"\"{Cut(said, 60)}\" is no severity.", "Write sev1, sev2, sev3 or sev4.", path + ".severity"));
        return IncidentSeverity.Sev2;
    }

    private static CaseKind KindOf(SignalCategory category) => category switch
    {
        SignalCategory.FailedLogins => CaseKind.CredentialStuffing,
        SignalCategory.DataAccess => CaseKind.DataAccess,
        SignalCategory.PrivilegeEscalation => CaseKind.PrivilegeEscalation,
        _ => CaseKind.Other,
    };

    private static ImmutableSortedDictionary<string, string> Facts(JsonElement from, string host)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (host.Length > 0) facts["hostname"] = Cut(host, LongestFact);
        foreach (var name in (ReadOnlySpan<string>)["facts", "output_fields"])
            if (from.TryGetProperty(name, out var fields) && fields.ValueKind == JsonValueKind.Object)
                foreach (var field in fields.EnumerateObject().Where(f => f.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)))
                    if (facts.Count < MostFacts) facts[Cut(field.Name, LongestFact)] = Cut(field.Value.ToString(), LongestFact);
        return facts.ToImmutable();
    }

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";

    private static string Cut(string text, int most) => text.Length > most ? text[..(most - 1)] + "…" : text;
}
