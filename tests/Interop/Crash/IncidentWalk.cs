using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>One step of the way from "something is wrong" to "it is over".</summary>
/// <param name="Name">What is done.</param>
/// <param name="Path">Behind the incident's address; null to declare it.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Says">What the timeline says afterwards; empty for nothing.</param>
/// <param name="Holds">What of the incident shows that it was done.</param>
internal sealed record IncidentStep(string Name, string? Path, Func<IncidentWalk, object> Body, string Says, Func<JsonElement, bool> Holds);

/// <summary>Somebody who walks one incident through every step, and knows what they were answered. Whoever hears no answer asks again.</summary>
internal sealed class IncidentWalk(MortalServer server, string name)
{
    private readonly Dictionary<string, int> _unheard = new(StringComparer.Ordinal);
    private JsonElement _seen;
    private int _next;

    public static IReadOnlyList<IncidentStep> Steps { get; } =
    [
        new("declare", null, w => new { title = w.Title, severity = "sev1", services = new[] { "walk" }, by = "ada" }, "Declared SEV1", i => Text(i, "severity") == "SEV1"),
        new("take command", "roles/commander", _ => new { person = "ada", by = "ada" }, "ada is incident commander.", i => Has(i, "commander", "ada") && Text(i, "phase") == "respond"),
        new("hand over", "roles/commander", _ => new { person = "bo", by = "ada" }, "bo is incident commander.", i => Has(i, "commander", "bo") && !Has(i, "commander", "ada")),
        new("take operations", "roles/operations", _ => new { person = "ada", by = "ada" }, "ada is operations lead.", i => Has(i, "operations", "ada")),
        new("note", "notes", _ => new { text = "It is the database.", by = "ada" }, "It is the database.", _ => true),
        new("correct", "notes", w => new { text = "It was the cache.", corrects = w.LineOf("It is the database."), by = "ada" }, "It was the cache.", i => Lines(i).Contains("It is the database.")),
        new("tick", "checklist", _ => new { item = "real", by = "ada" }, "", i => i.GetProperty("done").EnumerateArray().Any(d => d.GetString() == "real")),
        new("severity", "severity", _ => new { severity = "sev2", reason = "It is slow only.", by = "ada" }, "SEV2: It is slow only.", i => Text(i, "severity") == "SEV2"),
        new("check in", "check-in", _ => new { text = "The bank works on it.", by = "bo" }, "The bank works on it.", i => Last(i, "The bank works on it.") is { } at && at + TimeSpan.FromMinutes(30) == i.GetProperty("checkInDue").GetDateTimeOffset()),
        new("leave", "roles/operations/leave", _ => new { person = "ada", by = "ada" }, "ada is operations lead no more.", i => !Has(i, "operations", "ada")),
        new("mitigate", "mitigate", _ => new { text = "Roll back.", by = "bo" }, "Roll back.", i => Text(i, "phase") == "mitigate"),
        new("mitigated", "mitigated", _ => new { text = "It helped.", by = "bo" }, "Mitigated: It helped.", i => Text(i, "state") == "mitigated"),
        new("resolve", "resolve", _ => new { cause = "A full cache.", by = "bo" }, "Resolved: A full cache.", i => Text(i, "state") == "resolved" && Text(i, "cause") == "A full cache."),
        new("reopen", "reopen", _ => new { reason = "It is back.", by = "bo" }, "Open again: It is back.", i => Text(i, "state") == "open"),
        new("merge", "merge", w => new { into = w.Whole, by = "bo" }, "bo made it part of INC-", i => Text(i, "state") == "merged"),
    ];

    public string Title => $"It is broken: {name}";

    /// <summary>Number of the incident that this becomes part of in the end.</summary>
    public string Whole { get; set; } = "";

    /// <summary>Its id; empty before it is declared.</summary>
    public string Id => _seen.ValueKind == JsonValueKind.Object ? Text(_seen, "id") : "";

    public int Answered { get; private set; }

    public int Unheard => _unheard.Values.Sum();

    /// <summary>How many of the steps without an answer had been done when the server died.</summary>
    public int Done { get; private set; }

    public bool IsOver => _next == Steps.Count;

    /// <summary>Goes on until it stands before a step.</summary>
    public async Task GoToAsync(int step)
    {
        while (_next < step) await StepAsync();
    }

    /// <summary>Takes the next step; where no answer is heard, it is still the next.</summary>
    public async Task<bool> StepAsync()
    {
        var step = Steps[_next];
        var tries = _unheard.GetValueOrDefault(step.Name);
        try
        {
            // Whoever does not know whether it is declared looks first.
            if (step.Path is null && tries > 0 && await FindAsync() is { } known) _seen = known;
            else _seen = await SendAsync(step, mayBeSo: tries > 0);
        }
        catch (HttpRequestException)
        {
            _unheard[step.Name] = tries + 1;
            return false;
        }

        Answered++;
        _next++;
        Assert.True(step.Holds(_seen), $"{name} was answered \"{step.Name}\", and it is not so: {_seen}");
        return true;
    }

    /// <summary>What it was answered is there; of a step without an answer either nothing, or all of it.</summary>
    public async Task CheckAsync(string when)
    {
        if (Id.Length == 0)
        {
            if (_unheard.Count > 0 && await FindAsync() is not null) Done++;
            return;
        }

        var now = await server.GetAsync("/api/v1/incidents/" + Id);
        var (known, lines) = (Lines(_seen), Lines(now));
        Assert.True(lines.Length >= known.Length && lines.AsSpan(0, known.Length).SequenceEqual(known), $"{when} the timeline of {name} was [{string.Join(" | ", known)}] and is [{string.Join(" | ", lines)}].");
        var underWay = _next < Steps.Count && _unheard.GetValueOrDefault(Steps[_next].Name) > 0;
        if (!underWay || lines.Length == known.Length && !Steps[_next].Holds(now)) Assert.Equal($"{when}: {Core(_seen)}", $"{when}: {Core(now)}");
        if (underWay)
        {
            Assert.InRange(lines.Length - known.Length, 0, 1);
            Done += lines.Length - known.Length;
        }

        foreach (var step in Steps.Take(_next).Where(s => s.Says.Length > 0))
        {
            // Once; where an answer was lost in a kill and it was said again, at most once more for each.
            var times = lines.Count(l => l.StartsWith(step.Says, StringComparison.Ordinal));
            Assert.True(times >= 1 && times <= 1 + _unheard.GetValueOrDefault(step.Name), $"{when} {name} has \"{step.Says}\" {times} times after {_unheard.GetValueOrDefault(step.Name)} lost answers.");
        }
    }

    /// <summary>What nobody but people changes.</summary>
    private static string Core(JsonElement incident) => string.Join(" ", new[] { "name", "title", "severity", "state", "phase", "phaseAt", "roles", "done", "cause", "mergedInto", "checkInDue" }
        .Select(f => incident.TryGetProperty(f, out var value) ? $"{f}={value.GetRawText()}" : f));

    private static string Text(JsonElement incident, string field) => incident.GetProperty(field).GetString()!;

    private static bool Has(JsonElement incident, string role, string person) => incident.GetProperty("roles").EnumerateArray().Any(r => Text(r, "role") == role && Text(r, "person") == person);

    private static string[] Lines(JsonElement incident) => [.. incident.GetProperty("timeline").EnumerateArray().Select(l => Text(l, "text"))];

    /// <summary>When it was last said; null where it was not (a step without an answer may not have been done).</summary>
    private static DateTimeOffset? Last(JsonElement incident, string text) =>
        incident.GetProperty("timeline").EnumerateArray().Where(l => Text(l, "text") == text).Select(l => (DateTimeOffset?)l.GetProperty("writtenAt").GetDateTimeOffset()).LastOrDefault();

    private string LineOf(string text) => Text(_seen.GetProperty("timeline").EnumerateArray().First(l => Text(l, "text") == text), "id");

    private async Task<JsonElement?> FindAsync()
    {
        foreach (var one in (await server.GetAsync("/api/v1/incidents")).EnumerateArray())
            if (Text(one, "title") == Title) return await server.GetAsync("/api/v1/incidents/" + Text(one, "id"));
        return null;
    }

    private async Task<JsonElement> SendAsync(IncidentStep step, bool mayBeSo)
    {
        var path = step.Path is null ? "/api/v1/incidents" : string.Create(CultureInfo.InvariantCulture, $"/api/v1/incidents/{Id}/{step.Path}");
        using var answer = await server.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), step.Body(this));
        var text = await answer.Content.ReadAsStringAsync();
        // The first try arrived, and only its answer did not.
        if (mayBeSo && answer.StatusCode == HttpStatusCode.Conflict) return await server.GetAsync("/api/v1/incidents/" + Id);
        Assert.True(answer.IsSuccessStatusCode, $"\"{step.Name}\" of {name}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
