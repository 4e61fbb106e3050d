using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Learning.Actions.Manifests;

/// <summary><c>nines/v1 ActionPolicy</c>: deadlines by priority, reminders; one a house.</summary>
internal sealed class ActionPolicyKind : ManifestKind<ActionPolicy>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "ActionPolicy";

    /// <inheritdoc />
    public override string Summary => "How long actions may take by priority, and when their owners are reminded.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: ActionPolicy
        metadata: { name: actions }
        spec:
          deadlines: { P0: 7d, P1: 30d, P2: 90d }
          remindBefore: 2d
          remindEvery: 7d
          zone: Europe/Berlin

        """;

    /// <inheritdoc />
    protected override ActionPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var shipped = ActionPolicy.Shipped;
        var deadlines = spec.Optional("deadlines");
        var days = shipped.Days;
        foreach (var priority in Enum.GetValues<ActionPriority>())
        {
            var field = deadlines.Optional(priority.ToString());
            if (field.Duration() is not { } length) continue;
            if (length < Duration.FromDays(1)) field.Wrong("A deadline is the end of a day.", "Write whole days, such as 7d.");
            else days = days.SetItem(priority, (int)length.TotalDays);
        }

        var every = spec.Optional("remindEvery");
        if (every.Duration() is { } often && often < Duration.FromHours(1)) every.Wrong("Nobody reads a reminder so often.", "Write at least 1h, such as 7d.");
        return shipped with { Days = days, Before = spec.Optional("remindBefore").Duration() ?? shipped.Before, Every = every.Duration() is { } known && known >= Duration.FromHours(1) ? known : shipped.Every, Zone = Zone(spec.Optional("zone")) };
    }

    /// <inheritdoc />
    protected override void Check(ActionPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is ActionPolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is an action policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
    }

    private static DateTimeZone Zone(Field field)
    {
        if (!field.Given) return ActionPolicy.Shipped.Zone;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(field.Text()) is { } zone) return zone;
        field.Wrong($"\"{field.Text()}\" is not an IANA time zone.", "Write one such as Europe/Berlin.");
        return ActionPolicy.Shipped.Zone;
    }
}
