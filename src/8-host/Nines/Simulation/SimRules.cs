using System.Globalization;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>
/// What a world has beyond people, services and one schedule: policies with turns, hours and several who must answer,
/// alerts that hold others back, nights on which some are not told, maintenance, and somebody who leaves.
/// </summary>
internal sealed class SimRules
{
    public const string Turns = "turns";
    public const string Leaver = "q0";

    private readonly SimRandom _random;
    private readonly string _zone;
    private readonly int _people;
    private readonly int _steps;
    private readonly string[] _written;
    private readonly string _closing;
    private int _windows;

    public SimRules(SimRandom random, string zone, int people)
    {
        (_random, _zone, _people) = (random, zone, people);
        HasTurns = random.Percent(60);
        HasLeaver = random.Percent(40);
        HasRouting = random.Percent(50);
        Night = (random.Next(0, 3), random.Next(3, 6));
        _steps = random.Next(1, 4);
        _written = [.. Enumerable.Range(0, _steps).Select(_ => Step())];
        _closing = $"repeat: {random.Next(1, 4)}, acknowledgements: {(random.Percent(25) ? 2 : 1)}, unacknowledgeAfter: {(random.Percent(50) ? "1h" : "0s")}";
    }

    public bool HasTurns { get; }

    public bool HasLeaver { get; }

    public bool HasRouting { get; }

    /// <summary>The hours, by the world's zone, in which alerts a3 tell nobody.</summary>
    public (int From, int Until) Night { get; }

    /// <summary>True while these alerts tell nobody.</summary>
    public bool IsNight(Instant at)
    {
        var local = at.InZone(DateTimeZoneProviders.Tzdb[_zone]).LocalDateTime;
        return local.Hour >= Night.From && local.Hour < Night.Until;
    }

    /// <summary>All of it, as manifests.</summary>
    public IEnumerable<string> Manifests()
    {
        if (HasTurns) yield return Policy(HasLeaver);
        if (HasRouting)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"apiVersion: nines/v1\nkind: AlertRouting\nmetadata: {{ name: routing }}\nspec:\n  branches: [{{ name: nights, match: [alertname=a3], mute: [night] }}]\n  intervals: [{{ name: night, when: [{{ times: [\"0{Night.From}:00-0{Night.Until}:00\"], timeZone: {_zone} }}] }}]\n  inhibit: [{{ name: down, source: [alertname=a0], target: [alertname=a2], equal: [service] }}]\n");
    }

    /// <summary>The policy, with whoever leaves or without.</summary>
    public string Policy(bool leaver) =>
        $"apiVersion: nines/v1\nkind: EscalationPolicy\nmetadata: {{ name: {Turns} }}\nspec:\n  {_closing.Replace(", ", "\n  ", StringComparison.Ordinal)}\n  steps:\n{string.Concat(_written.Select(s => $"    - {(leaver ? s : s.Replace($", {{ person: {Leaver} }}", "", StringComparison.Ordinal))}\n"))}";

    /// <summary>Planned quiet about a service.</summary>
    public string Maintenance(string service, Instant from, Duration length) =>
        $"apiVersion: nines/v1\nkind: MaintenanceWindow\nmetadata: {{ name: window{++_windows} }}\nspec: {{ services: [{service}], from: \"{from}\", until: \"{from + length}\", owner: p0 }}\n";

    /// <summary>Somebody leaves: out of the team and the policy, then erased.</summary>
    public async Task<Outcome<ManifestChange>> LeaveAsync(SimProcess process, string team)
    {
        var apply = process.Get<ApplyManifests>();
        var without = await apply.ApplyAsync(Actor.Local, HasTurns ? $"{team}---\n{Policy(leaver: false)}" : team, null, dryRun: false, CancellationToken.None);
        return without.Ok ? await apply.DeleteAsync(Actor.Local, "Person", Leaver, null, CancellationToken.None) : Outcome<ManifestChange>.Failed(without.Problems);
    }

    private string Step()
    {
        var delay = $"delay: {_random.Next(1, 7)}m";
        var leaver = HasLeaver && _random.Percent(60) ? $", {{ person: {Leaver} }}" : "";
        return _random.Next(4) switch
        {
            0 => $"{{ notify: [{{ team: makers }}{leaver}], roundRobin: true, {delay} }}",
            1 => $"{{ notify: [{{ schedule: {SimRota.Name} }}{leaver}], {delay} }}",
            2 => $"{{ notify: [{{ person: p{_random.Next(_people)} }}{leaver}], hours: {{ timeZone: {_zone}, days: [monday, wednesday, saturday, sunday], from: \"2{_random.Next(4)}:30\", until: \"0{_random.Next(1, 9)}:00\" }}, otherwise: [{{ lead: makers }}], {delay} }}",
            _ => $"{{ notify: [{{ person: p{_random.Next(_people)} }}, {{ role: lead }}{leaver}], {delay} }}",
        };
    }
}
