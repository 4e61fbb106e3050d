using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Rules.Api;
using Nines.Alerting.Rules.Cli;
using Nines.Alerting.Rules.Manifests;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion;
using Nines.Shell;

namespace Nines.Alerting.Rules;

/// <summary>The room of golden-signal rules, and of the six rules that every alert is held against.</summary>
public sealed class RulesModule : Module
{
    /// <inheritdoc />
    public override string Name => "rules";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Manifest(new AlertRuleKind());
        room.Event<RuleFired>().Event<RuleEnded>().Event<RuleHourLearnt>();
        room.State(new RuleBookFold());
        room.Services.AddSingleton<RuleEngine>();
        room.Services.AddSingleton<ICheckpointPart, RuleCheckpoint>();
        room.Services.AddSingleton<RuleWatch>();
        room.Services.AddSingleton<IManifestFollower>(s => s.GetRequiredService<RuleWatch>());
        room.Duty<EvaluateRulesDuty>();
        room.Get("/api/v1/rules", Permission.Read("rules"), RulesApi.List);
        room.Get("/api/v1/alerts/lint", Permission.Read("rules"), RulesApi.Lint);
        room.Command(new AlertsLintCommand());
    }
}
