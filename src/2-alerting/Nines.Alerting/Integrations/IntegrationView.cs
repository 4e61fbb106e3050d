using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>A sender as pages and commands show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Kind">Its format.</param>
/// <param name="Declared">True where a manifest describes it.</param>
/// <param name="Key">Where its key is kept; empty for none.</param>
/// <param name="Address">The exact address for the sender.</param>
/// <param name="Received">Alerts taken since this node started.</param>
/// <param name="LastAt">When something was taken last; null where nothing was since the start.</param>
/// <param name="Refused">Requests refused since the start.</param>
/// <param name="LastRefusal">Why the last was.</param>
/// <param name="Open">Its alerts that fire now.</param>
/// <param name="Paste">What to write at the sender; only where one is shown.</param>
public sealed record IntegrationView(
    string Name, string Title, string Kind, bool Declared, string Key, string Address, long Received, Instant? LastAt, long Refused, string LastRefusal, int Open, string? Paste = null)
{
    /// <summary>All that are declared, and all that just came.</summary>
    /// <param name="declared">By manifests.</param>
    /// <param name="figures">What came since the start.</param>
    /// <param name="open">Firing alerts by the name of their source.</param>
    /// <param name="last">When an alert of a source began last, for what came before the start.</param>
    /// <param name="where">Addresses of this house.</param>
    public static IReadOnlyList<IntegrationView> All(
        IReadOnlyList<Integration> declared, IReadOnlyList<SenderFigures> figures, IReadOnlyDictionary<string, int> open, IReadOnlyDictionary<string, Instant> last, IntegrationAddresses where)
    {
        var byName = figures.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var names = new HashSet<string>(declared.Select(d => d.Name), StringComparer.Ordinal);
        var came = byName.Keys.Concat(open.Keys).Distinct(StringComparer.Ordinal).Where(n => !names.Contains(n)).Select(n => new Integration { Name = n, DisplayName = n, Kind = KindOf(n) });
        return [.. declared.Concat(came).OrderBy(i => i.Name, StringComparer.Ordinal).Select(i =>
        {
            var counted = byName.GetValueOrDefault(i.Name) ?? new(i.Name);
            return new IntegrationView(
                i.Name, i.DisplayName, i.KindWord, i.Declared, i.Key?.ToString() ?? "", where.Of(i), counted.Received,
                counted.LastAt ?? (last.TryGetValue(i.Name, out var at) ? at : null), counted.Refused, counted.LastRefusal, open.GetValueOrDefault(i.Name));
        })];
    }

    // A sender that just came is named after its kind (IntegrationChoice.Undeclared).
    private static IntegrationKind KindOf(string name) =>
        Enum.GetValues<IntegrationKind>().FirstOrDefault(k => name == Integration.WordOf(k) || name.StartsWith(Integration.WordOf(k) + "-", StringComparison.Ordinal), IntegrationKind.Events);
}
