using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Shadowing.Manifests;

/// <summary><c>nines/v1 ShadowMode</c>.</summary>
internal sealed class ShadowModeKind : ManifestKind<ShadowMode>
{
    public override string ApiVersion => "nines/v1";

    public override string Kind => nameof(ShadowMode);

    public override string Summary => "Everything runs, nobody is called: for services that another pager still calls people for. Delete it to call people.";

    public override string Example => """
        apiVersion: nines/v1
        kind: ShadowMode
        metadata: { name: pagerduty }
        spec:
          beside: pagerduty
          covers: { everything: true, except: [ledger] }
          key: env:NINES_PAGERDUTY_SIGNATURE
          people: { PTUXL6G: ada }
          services: { PF9KMXH: checkout }

        """;

    protected override ShadowMode? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var beside = spec.Require("beside", $"Write the pager that calls people meanwhile: {string.Join(", ", OldPagers.All)}.").Choice([.. OldPagers.All]);
        var covers = spec.Require("covers", "Write { everything: true }, { teams: [...] } or { services: [...] }.");
        var (everything, teams, services, except) = (covers.Optional("everything").Flag() ?? false, covers.Optional("teams").Texts(), covers.Optional("services").Texts(), covers.Optional("except").Texts());
        if (covers.Given && covers.IsMapping() && !everything && teams.Count + services.Count == 0)
            covers.Wrong("It covers nothing.", "Write everything: true, or name teams or services.");
        var (key, people, names) = (spec.Optional("key").Secret(), spec.Optional("people").TextMap(), spec.Optional("services").TextMap());
        return beside is null ? null : new()
        {
            Name = metadata.Name,
            Beside = beside,
            Everything = everything,
            Teams = teams,
            Services = services,
            Except = except,
            Key = key,
            People = people,
            Names = names,
        };
    }

    protected override void Check(ShadowMode spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        foreach (var (list, at) in ((IReadOnlyList<string>, string)[])[(spec.Services, "services"), (spec.Except, "except")])
            for (var i = 0; i < list.Count; i++)
                if (CatalogView.Of(all).Service(list[i]) is null)
                    manifest.Notes(problems, $"There is no service \"{list[i]}\" in the catalog.", all.DidYouMean<Service>(list[i]) + "Write its name as the catalog does.", $"spec.covers.{at}[{i}]");
        for (var i = 0; i < spec.Teams.Count; i++)
            if (all.Find<Team>(spec.Teams[i]) is null)
                manifest.Notes(problems, $"There is no team \"{spec.Teams[i]}\".", all.DidYouMean<Team>(spec.Teams[i]) + "Write its name as the catalog does.", $"spec.covers.teams[{i}]");
        foreach (var (there, here) in spec.People)
            if (all.Find<Person>(here) is null) manifest.Notes(problems, $"{there} is to be {here}, who is not in the catalog.", all.DidYouMean<Person>(here) + "Write a person's handle.", $"spec.people.{there}");
        foreach (var (there, here) in spec.Names)
            if (CatalogView.Of(all).Service(here) is null) manifest.Notes(problems, $"{there} is to be {here}, which is not in the catalog.", all.DidYouMean<Service>(here) + "Write a service's name.", $"spec.services.{there}");
        if (spec.Key is null) manifest.Notes(problems, $"{spec.Title}'s calls prove nothing without a key, so only callers with a token of this house may bring its pages.", "Write key: env:NAME.", "spec.key");
    }

    public override IReadOnlyList<string> Says(CompiledManifest manifest, ManifestSet all) =>
        manifest.Spec is ShadowMode mode ? [$"From now on nobody is called about {ShadowModes.Words(mode)}: {mode.Title} calls people. \"nines delete ShadowMode {mode.Name}\" ends that."] : [];
}
