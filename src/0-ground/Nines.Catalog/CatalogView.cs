using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Catalog;

/// <summary>
/// Everything that the catalog knows, put together once per set of manifests: what pages, routing and gates ask.
/// </summary>
public sealed class CatalogView
{
    private static readonly ConditionalWeakTable<ManifestSet, CatalogView> Views = [];

    private readonly FrozenDictionary<string, ServiceView> _services;
    private readonly FrozenDictionary<string, Person> _peopleById;
    private readonly FrozenDictionary<string, Person> _peopleByName;

    private CatalogView(ManifestSet all)
    {
        var own = all.Of<Service>().ToDictionary(s => s.Name);
        foreach (var other in all.Of<OpenSloService>()) own[other.Name] = Merge(own.GetValueOrDefault(other.Name), other);
        Teams = [.. all.Of<Team>()];
        People = [.. all.Of<Person>()];
        _peopleByName = People.ToFrozenDictionary(p => p.Name);
        _peopleById = People.ToFrozenDictionary(p => p.Id);
        Dependencies = DependencyGraph.Of(own.Values);
        Services = [.. own.Values.OrderBy(s => s.Name, StringComparer.Ordinal).Select(View)];
        _services = Services.ToFrozenDictionary(s => s.Service.Name);
    }

    /// <summary>Every service, by name.</summary>
    public IReadOnlyList<ServiceView> Services { get; }

    /// <summary>Every team, by name.</summary>
    public IReadOnlyList<Team> Teams { get; }

    /// <summary>Every person who was not erased, by handle.</summary>
    public IReadOnlyList<Person> People { get; }

    /// <summary>Who calls whom.</summary>
    public DependencyGraph Dependencies { get; }

    /// <summary>The catalog of a set of manifests; the same one as long as the set is.</summary>
    public static CatalogView Of(ManifestSet all) => Views.GetValue(all, set => new(set));

    /// <summary>The service of that name, or null.</summary>
    public ServiceView? Service(string name) => _services.GetValueOrDefault(name);

    /// <summary>The person whom events name by that opaque id; null once they are erased.</summary>
    public Person? PersonById(string id) => _peopleById.GetValueOrDefault(id);

    /// <summary>The person of that handle, or null.</summary>
    public Person? Person(string name) => _peopleByName.GetValueOrDefault(name);

    /// <summary>Who is called for a service; nobody where it has no owner or is not in the catalog.</summary>
    public IReadOnlyList<Person> OwnersOf(string service) => Service(service)?.Owners ?? [];

    private ServiceView View(Service service)
    {
        var team = service.OwnerTeam is { } name ? Teams.FirstOrDefault(t => t.Name == name) : null;
        IEnumerable<string> handles = service.OwnerPerson is { } person ? [person]
            : team is null ? []
            : (team.Lead is { } lead ? [lead] : Array.Empty<string>()).Concat(team.Members).Distinct(StringComparer.Ordinal);
        var owners = handles.Select(h => _peopleByName.GetValueOrDefault(h)).OfType<Person>().ToArray();
        var owner = team?.DisplayName ?? service.OwnerTeam ?? (service.OwnerPerson is { } one ? _peopleByName.GetValueOrDefault(one)?.DisplayName ?? one : null);
        return new(service, owners, owner, Dependencies.DependsOn(service.Name), Dependencies.UsedBy(service.Name));
    }

    /// <summary>One service of two manifests: what <c>nines/v1</c> says counts, OpenSLO fills what is empty.</summary>
    private static Service Merge(Service? own, OpenSloService other)
    {
        if (own is null) return new() { Name = other.Name, DisplayName = other.DisplayName, Description = other.Description, Labels = other.Labels };
        var labels = new SortedDictionary<string, string>(other.Labels.ToDictionary(), StringComparer.Ordinal);
        foreach (var (label, value) in own.Labels) labels[label] = value;
        return own with
        {
            DisplayName = own.DisplayName == own.Name ? other.DisplayName : own.DisplayName,
            Description = own.Description.Length > 0 ? own.Description : other.Description,
            Labels = labels,
        };
    }
}

/// <summary>Asks the catalog of a house state.</summary>
public static class CatalogOfState
{
    /// <summary>The catalog as the state's manifests give it.</summary>
    public static CatalogView Catalog(this CompiledManifests manifests, HouseState state) => CatalogView.Of(manifests.For(state));
}
