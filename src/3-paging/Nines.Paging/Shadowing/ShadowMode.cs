using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Shadowing;

/// <summary>
/// The services that another pager still calls people for: about them Nines decides everything and sends nothing. The
/// manifest <c>ShadowMode</c>, read; deleting it is the one step that switches it off.
/// </summary>
public sealed record ShadowMode
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The pager that calls people meanwhile: one of <see cref="OldPagers"/>.</summary>
    public required string Beside { get; init; }

    /// <summary>True where it covers every service, also alerts that name none.</summary>
    public bool Everything { get; init; }

    /// <summary>Teams whose services it covers.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>Services that it covers.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Services that are live already, whatever else is said.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Where the key is kept with which the old pager signs, or proves itself; null for none.</summary>
    public SecretReference? Key { get; init; }

    /// <summary>Whom the old pager's ids, names and addresses mean, where they differ.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which services its ids and names mean, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What people call the other pager.</summary>
    public string Title => OldPagers.Title(Beside);

    /// <summary>True where nothing about a service leaves the house.</summary>
    /// <param name="service">The service; empty for alerts that name none.</param>
    /// <param name="team">The team that owns it; null for none.</param>
    public bool Covers(string service, string? team) =>
        !Except.Contains(service, StringComparer.Ordinal)
        && (Everything || (service.Length > 0 && Services.Contains(service, StringComparer.Ordinal)) || (team is not null && Teams.Contains(team, StringComparer.Ordinal)));
}

/// <summary>Pagers that Nines can stand beside.</summary>
public static class OldPagers
{
    /// <summary>PagerDuty.</summary>
    public const string PagerDuty = "pagerduty";

    /// <summary>Opsgenie.</summary>
    public const string Opsgenie = "opsgenie";

    /// <summary>Grafana OnCall.</summary>
    public const string OnCall = "grafana-oncall";

    /// <summary>GoAlert.</summary>
    public const string GoAlert = "goalert";

    /// <summary>Every one.</summary>
    public static IReadOnlyList<string> All { get; } = [PagerDuty, Opsgenie, OnCall, GoAlert];

    /// <summary>What people call it.</summary>
    public static string Title(string pager) => pager switch
    {
        PagerDuty => "PagerDuty",
        Opsgenie => "Opsgenie",
        OnCall => "Grafana OnCall",
        GoAlert => "GoAlert",
        _ => pager,
    };
}

/// <summary>Which shadow mode holds for what. Pure.</summary>
public static class ShadowModes
{
    /// <summary>The mode under which nothing about a service is sent; null where people are called.</summary>
    public static ShadowMode? Of(ManifestSet all, string service)
    {
        if (all.Manifests<ShadowMode>().Count == 0) return null;
        var team = service.Length > 0 ? CatalogView.Of(all).Service(service)?.Service.OwnerTeam : null;
        return all.Of<ShadowMode>().FirstOrDefault(m => m.Covers(service, team));
    }

    /// <summary>The mode under which a team is sent nothing; empty for whoever owns Nines.</summary>
    public static ShadowMode? OfTeam(ManifestSet all, string team) =>
        all.Of<ShadowMode>().FirstOrDefault(m => m.Everything || (team.Length > 0 && m.Teams.Contains(team, StringComparer.Ordinal)));

    /// <summary>What a mode covers, in words.</summary>
    public static string Words(ShadowMode mode)
    {
        string[] parts = [.. mode.Teams.Select(t => $"team {t}"), .. mode.Services];
        var covered = mode.Everything ? "every service" : string.Join(", ", parts);
        return mode.Except.Count == 0 ? covered : $"{covered} except {string.Join(", ", mode.Except)}";
    }
}
