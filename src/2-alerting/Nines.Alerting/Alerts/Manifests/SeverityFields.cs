using Nines.Catalog.Manifests;

namespace Nines.Alerting.Alerts.Manifests;

/// <summary>Reads a severity guide.</summary>
internal static class SeverityFields
{
    public static IReadOnlyList<SeverityRow> Rows(Field field)
    {
        var rows = new List<SeverityRow>();
        foreach (var item in field.Items())
        {
            var priority = item.Require("priority", "Write P0, P1 and so on, the loudest first.");
            var row = new SeverityRow(
                priority.Text(), item.Require("name", "Write what it is called.").Text(),
                RoutingFields.Severity(item.Require("severity", "Write how it is treated: page, ticket or log.")) ?? AlertSeverity.Page,
                item.Optional("response").Text(), item.Optional("notification").Text(), item.Optional("examples").Texts());
            if (rows.Exists(r => r.Priority == row.Priority)) priority.Wrong($"There are two rows {row.Priority}.", "Give one another priority.");
            rows.Add(row);
        }

        if (rows.Count > 0 && rows.TrueForAll(r => r.Severity != AlertSeverity.Page)) field.Notes("No row of the guide pages anybody.", "Name what wakes somebody.");
        return rows;
    }
}
