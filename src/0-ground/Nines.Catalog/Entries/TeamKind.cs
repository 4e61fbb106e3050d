using Nines.Catalog.Manifests;

namespace Nines.Catalog.Entries;

/// <summary><c>nines/v1 Team</c>.</summary>
public sealed class TeamKind : ManifestKind<Team>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Team";

    /// <inheritdoc />
    public override string Summary => "A team: its members and who leads it.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Team
        metadata:
          name: payments
          displayName: Payments
        spec:
          description: Cares for everything between basket and bank.
          lead: ada
          members: [ada, grace]
          oncall: payments-primary

        """;

    /// <inheritdoc />
    protected override Team Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Optional("spec");
        var members = spec.Optional("members");
        var lead = spec.Optional("lead");
        var names = members.Texts();
        foreach (var twice in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            members.Wrong($"\"{twice.Key}\" is a member twice.", "Keep one.");
        if (lead.Given && !names.Contains(lead.Text(), StringComparer.Ordinal)) lead.Notes($"The lead \"{lead.Text()}\" is not among the members and counts as one.", "Add them to members.");
        if (names.Count == 0 && !lead.Given) document.Optional("spec").Notes("The team has nobody; whatever it owns calls nobody.", "Write members: [ … ].");
        return new(metadata.Name, metadata.DisplayName, spec.Optional("description").Text(), lead.Given ? lead.Text() : null, names, metadata.Labels, spec.Optional("oncall") is { Given: true } oncall ? oncall.Text() : null);
    }

    /// <inheritdoc />
    protected override void Check(Team spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Members.Count; i++) CheckPerson(spec.Members[i], $"spec.members[{i}]");
        if (spec.Lead is { } lead && !spec.Members.Contains(lead)) CheckPerson(lead, "spec.lead");

        void CheckPerson(string name, string path)
        {
            if (!all.Has("nines/v1", "Person", name))
                manifest.Notes(problems, $"There is no person \"{name}\".", $"{all.DidYouMean<Person>(name)}Write a Person of that name, or remove this one.", path);
        }
    }
}
