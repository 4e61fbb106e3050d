using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>nines/v1 Composite</c>: an objective over other objectives.</summary>
internal sealed class CompositeKind : ManifestKind<CompositeDefinition>
{
    public override string ApiVersion => "nines/v1";

    public override string Kind => "Composite";

    public override string Summary => "One objective over several others, with weights: a journey of users through services.";

    public override string Example => """
        apiVersion: nines/v1
        kind: Composite
        metadata:
          name: buying
          displayName: Buying works
        spec:
          description: Basket, checkout and payment together.
          service: checkout
          members:
            - { objective: checkout-availability, weight: 2 }
            - { objective: checkout-speed }
          timeWindow: [{ duration: 28d, isRolling: true }]
          budgetingMethod: Occurrences
          target: 0.995

        """;

    protected override CompositeDefinition? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var members = spec.Require("members", "Write members: [{ objective: NAME }].").Items().Select(ReadMember).OfType<CompositeMember>().ToArray();
        foreach (var twins in members.GroupBy(m => m.Objective).Where(g => g.Count() > 1))
            spec.Optional("members").Wrong($"\"{twins.Key}\" is a member twice.", "Keep one, with the sum of the weights.");
        var method = SloReading.Method(spec.Optional("budgetingMethod"));
        var window = SloReading.Window(spec.Optional("timeWindow"));
        var slice = spec.Optional("timeSliceWindow").Duration() ?? Duration.FromMinutes(1);
        var sliceTarget = spec.Optional("timeSliceTarget").Number() ?? 1;
        var service = spec.Require("service", "Write service: with the service whose users feel it.").Text();
        var policies = SloReading.Policies(spec.Optional("alertPolicies"));
        if (TargetReading.Read(spec) is not { } target || members.Length == 0) return null;
        return new(new(metadata.Name, metadata.DisplayName, OpenSloFields.Description(spec), service)
        {
            Window = window,
            Method = method,
            Policies = policies,
            Extras = SloReading.Extras(document.Optional("metadata.annotations")),
        }, target, members, slice, sliceTarget);
    }

    protected override void Check(CompositeDefinition spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        var slo = spec.Slo;
        if (slo.Service.Length > 0 && !all.Has("nines/v1", "Service", slo.Service) && !all.Has(OpenSloFields.Version, "Service", slo.Service))
            manifest.Notes(problems, $"There is no service \"{slo.Service}\".", $"{all.DidYouMean<Service>(slo.Service)}Write a Service of that name.", "spec.service");
        if (all.Has(OpenSloFields.Version, "SLO", slo.Name))
            manifest.Wrong(problems, $"There is an SLO \"{slo.Name}\", and a composite is an objective, too.", "Give one another name.", "metadata.name");
        for (var i = 0; i < slo.Policies.Count; i++) PolicyCompiler.CheckUse(slo.Policies[i], $"spec.alertPolicies[{i}]", manifest, all, problems);
        for (var i = 0; i < spec.Members.Count; i++)
        {
            var name = spec.Members[i].Objective;
            if (!ObjectiveNames.Exists(name, all))
                manifest.Dangles(all, problems, $"There is no objective \"{name}\".", $"{all.DidYouMean<SloDefinition>(name)}Name an SLO, one of its objectives (NAME.displayName-or-index) or a Composite.", $"spec.members[{i}].objective");
        }

        if (ObjectiveNames.Circle(slo.Name, all) is { } circle) manifest.Wrong(problems, $"A composite contains itself: {circle}.", "Take one of these members out.", "spec.members");
        else if (manifest.Spec is not null) ObjectiveCompiler.CheckPlan(ObjectiveCompiler.Composite(spec, all), manifest, problems);
    }

    private static CompositeMember? ReadMember(Field item)
    {
        var weight = item.Optional("weight");
        if (weight.Number() is <= 0) weight.Wrong($"A weight of {weight.Text()} is not above zero.", "Write one above 0; the default is 1.");
        var name = item.Require("objective", "Write objective: with its name.").Text();
        return name.Length == 0 ? null : new(name, weight.Number() ?? 1);
    }
}

/// <summary>A composite as written.</summary>
internal sealed record CompositeDefinition(SloDefinition Slo, double Target, IReadOnlyList<CompositeMember> Members, Duration Slice, double SliceTarget);
