using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Alerting.Alerts;

/// <summary>What follows from manifests that concern the pipeline, in the commit that changes them.</summary>
internal static class RoutingInCommit
{
    public const string Routing = "AlertRouting";
    public const string Maintenance = "MaintenanceWindow";

    public static void Follow(Deciding deciding, AlertRoutes routes, string kind, string name)
    {
        if (kind == Maintenance) Release.Of(deciding, "maintenance/" + name, $"The maintenance {name} was changed.");
        if (kind != Routing) return;
        var book = deciding.State.Get<AlertBook>();
        foreach (var (stream, happened) in Rerouting.Decide(book, routes.For(deciding.State), deciding.Now)) deciding.Write(stream, happened);
        // Other rules may hold other alerts back now.
        foreach (var by in deciding.State.Get<HeldBook>().By.Keys.Where(k => !k.StartsWith("silence/", StringComparison.Ordinal)))
            Release.Of(deciding, by, "The rules of the pipeline were changed.");
    }
}

/// <summary>The tree, an interval or a maintenance window is new or has changed.</summary>
internal sealed class OnRoutingApplied(AlertRoutes routes) : Reaction<ManifestApplied>
{
    protected override void React(ManifestApplied happened, JournalEntry entry, Deciding deciding) => RoutingInCommit.Follow(deciding, routes, happened.Kind, happened.Name);
}

/// <summary>It was withdrawn.</summary>
internal sealed class OnRoutingDeleted(AlertRoutes routes) : Reaction<ManifestDeleted>
{
    protected override void React(ManifestDeleted happened, JournalEntry entry, Deciding deciding) => RoutingInCommit.Follow(deciding, routes, happened.Kind, happened.Name);
}
