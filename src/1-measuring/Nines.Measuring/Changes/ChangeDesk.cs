using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Measuring.Changes;

/// <summary>Records changes: the one use case behind HTTP, the command and other programs' change events.</summary>
public sealed class ChangeDesk(IHouse house, CompiledManifests manifests)
{
    /// <summary>Records what was told, all or nothing, and answers once it is durable.</summary>
    /// <param name="actor">Who tells.</param>
    /// <param name="told">The changes.</param>
    /// <param name="list">True where they came as a list: problems then name their place in it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The changes in their order; one whose key is known is the one that was recorded first.</returns>
    public async Task<Outcome<IReadOnlyList<Change>>> RecordAsync(Actor actor, IReadOnlyList<ChangeRequest> told, bool list, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var book = deciding.State.Get<ChangeBook>();
            var catalog = manifests.Catalog(deciding.State);
            var ids = new List<string>();
            var fresh = new Dictionary<string, string>(StringComparer.Ordinal);
            var problems = new List<Problem>();
            for (var i = 0; i < told.Count; i++)
            {
                var key = told[i].Key;
                if (key.Length > 0 && (fresh.TryGetValue(key, out var known) || book.Keys.TryGetValue(key, out known)))
                {
                    ids.Add(known);
                    continue;
                }

                var recorded = ChangeRules.Record(told[i], by => PersonOf(catalog, by), deciding.NewId(), deciding.Now, list ? $"[{i}]" : "");
                problems.AddRange(recorded.Problems);
                if (!recorded.Ok) continue;
                ids.Add(recorded.Value.Id);
                if (key.Length > 0) fresh[key] = recorded.Value.Id;
                deciding.Write(new("change", recorded.Value.Id), recorded.Value);
            }

            return problems.Count > 0 ? Outcome<IReadOnlyList<string>>.Failed(problems) : ids;
        }, stop: stop);
        var now = house.State.Get<ChangeBook>();
        return decided.Outcome.Map<IReadOnlyList<Change>>(ids => [.. ids.Select(now.Find).OfType<Change>()]);
    }

    private static string PersonOf(CatalogView catalog, string by) =>
        catalog.People.FirstOrDefault(p => p.Name.Equals(by, StringComparison.OrdinalIgnoreCase) || p.Contacts.Any(c => c.Kind == ContactKinds.Email && by.Equals(c.Address, StringComparison.OrdinalIgnoreCase)))?.Id ?? "";
}
