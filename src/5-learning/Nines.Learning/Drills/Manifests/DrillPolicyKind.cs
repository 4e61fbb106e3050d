using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Learning.Drills.Manifests;

/// <summary><c>nines/v1 DrillPolicy</c>: who trains, and how often; one a house.</summary>
internal sealed class DrillPolicyKind : ManifestKind<DrillPolicy>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "DrillPolicy";

    /// <inheritdoc />
    public override string Summary => "Who trains, and after how long without a drill somebody is overdue.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: DrillPolicy
        metadata: { name: drills }
        spec: { every: 90d, teams: [shop] }

        """;

    /// <inheritdoc />
    protected override DrillPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var every = spec.Optional("every");
        if (every.Duration() is { } often && often < Duration.FromDays(1)) every.Wrong("Nobody trains so often.", "Write at least 1d, such as 90d.");
        return new(every.Duration() is { } known && known >= Duration.FromDays(1) ? known : DrillPolicy.Shipped.Every, spec.Optional("teams").Texts());
    }

    /// <inheritdoc />
    protected override void Check(DrillPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is DrillPolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is a drill policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
        for (var i = 0; i < spec.Teams.Count; i++)
            if (all.Find<Team>(spec.Teams[i]) is null) manifest.Notes(problems, $"There is no team \"{spec.Teams[i]}\" in the catalog.", $"{all.DidYouMean<Team>(spec.Teams[i])}Write a Team of that name.", $"spec.teams[{i}]");
    }
}
