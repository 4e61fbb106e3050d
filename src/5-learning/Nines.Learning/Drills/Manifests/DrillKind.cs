using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills.Manifests;

/// <summary><c>nines/v1 Drill</c>: a story on a clock, or a past incident that is played again.</summary>
internal sealed class DrillKind : ManifestKind<Drill>
{
    private const int MostInjects = 100;
    private static readonly string[] Taken = ["runs", "record", "spin", "draft"];
    private static readonly Duration Longest = Duration.FromHours(24);

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Drill";

    /// <inheritdoc />
    public override string Summary => "A wheel-of-misfortune drill: what comes when, who takes part, how soon each thing is wanted.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Drill
        metadata: { name: payments-slow }
        spec:
          title: Payments are slow and then fail
          service: payments
          severity: sev2
          story: A release took an index away; the pool of connections fills up. Rolling back helps.
          injects:
            - at: 0m
              alert: { name: ErrorBudgetBurn, summary: "payments burns 14 times its budget", severity: page }
            - at: 4m
              say: Support has 30 calls about card payments.
            - at: 6m
              clue: What changed shortly before?
              answers: [release, deploy, v2.41]
          targets: { acknowledge: 5m, mitigate: 25m }
          participants: { least: 1, teams: [] }

        """;

    /// <inheritdoc />
    protected override Drill? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        if (Taken.Contains(metadata.Name, StringComparer.Ordinal)) document.Optional("metadata.name").Wrong($"\"{metadata.Name}\" is an address of its own.", "Choose another name.");
        var title = spec.Require("title", "Say in a few words what those who take part may know.").Text();
        var (from, list, severity) = (spec.Optional("from"), spec.Optional("injects"), spec.Optional("severity").Choice("sev1", "sev2", "sev3", "sev4"));
        if (from.Given == list.Given) spec.Wrong(from.Given ? "It is both written and played again." : "Nothing comes in it.", "Write either injects: with what comes when, or from: with a past incident such as INC-12.");
        var injects = Injects(list);
        if (list.Given && !injects.Any(i => i.Kind == InjectKind.Alert)) list.Wrong("No alert comes in it.", "A drill measures how soon somebody reacts: write at least one alert:.");
        var participants = spec.Optional("participants");
        var (speed, after) = (spec.Optional("speed"), spec.Optional("after"));
        if (speed.Number() is { } fast && !(fast >= DrillStart.Slowest && fast <= DrillStart.Fastest)) speed.Wrong("That is no speed.", $"Write a number from {DrillStart.Slowest} to {DrillStart.Fastest}.");
        if (after.Duration() is { } last && last > Longest) after.Wrong("Nobody trains so long.", "Write 24h at most.");
        else if (after.Given && after.Duration() is { } least && least < Duration.FromMinutes(1)) after.Wrong("Nobody can react so soon.", "Write 1m at least.");
        return new()
        {
            Name = metadata.Name,
            Title = title,
            Service = spec.Optional("service").Text(),
            Severity = SeverityText.Parse(severity),
            Story = spec.Optional("story").Text(),
            From = from.Text(),
            Injects = injects,
            Targets = Targets(spec.Optional("targets")),
            Speed = speed.Number() ?? 1,
            After = after.Duration() ?? Duration.FromMinutes(60),
            GameDay = spec.Optional("gameDay").Flag() ?? false,
            Least = (int)(participants.Optional("least").Integer(1, 30) ?? 1),
            Teams = participants.Optional("teams").Texts(),
        };
    }

    /// <inheritdoc />
    protected override void Check(Drill spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.Service.Length > 0 && CatalogView.Of(all).Service(spec.Service) is null) manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog.", $"{all.DidYouMean<Service>(spec.Service)}Write a Service of that name.", "spec.service");
        for (var i = 0; i < spec.Teams.Count; i++)
            if (all.Find<Team>(spec.Teams[i]) is null) manifest.Notes(problems, $"There is no team \"{spec.Teams[i]}\" in the catalog.", $"{all.DidYouMean<Team>(spec.Teams[i])}Write a Team of that name.", $"spec.participants.teams[{i}]");
    }

    private static List<DrillInject> Injects(Field list)
    {
        var injects = new List<DrillInject>();
        foreach (var item in list.Items())
        {
            var at = item.Require("at", "Write when it comes, such as 4m.");
            var when = at.Duration() ?? Duration.Zero;
            if (when > Longest) at.Wrong("Nobody trains so long.", "Write 24h at most.");
            var (alert, say, clue) = (item.Optional("alert"), item.Optional("say"), item.Optional("clue"));
            var number = injects.Count + 1;
            if ((alert.Given ? 1 : 0) + (say.Given ? 1 : 0) + (clue.Given ? 1 : 0) != 1) item.Wrong("It must be one of alert, say and clue.", "Write one of them.");
            else if (alert.Given) injects.Add(Alert(alert, number, when));
            else if (say.Given) injects.Add(new($"say-{number}", when, InjectKind.World, say.Text()));
            else injects.Add(new($"clue-{number}", when, InjectKind.Clue, clue.Text(), Answers: Answers(item)));
        }

        if (injects.Count > MostInjects) list.Wrong($"{injects.Count} things come in it.", $"Nobody follows more than {MostInjects}.");
        return injects;
    }

    private static DrillInject Alert(Field alert, int number, Duration at)
    {
        var severity = alert.Optional("severity").Choice("page", "ticket", "log") switch { "ticket" => AlertSeverity.Ticket, "log" => AlertSeverity.Log, _ => AlertSeverity.Page };
        return new($"alert-{number}", at, InjectKind.Alert, alert.Require("summary", "Say in a sentence what burns.").Text(), alert.Require("name", "Write the alert's name.").Text(), severity);
    }

    private static IReadOnlyList<string> Answers(Field item)
    {
        var answers = item.Require("answers", "Write the answers that count, such as [deploy, release].");
        if (answers.Given && answers.Texts().Count == 0) answers.Wrong("No answer counts.", "Write at least one.");
        return answers.Texts();
    }

    private static DrillTargets Targets(Field field)
    {
        return new(Of("detect"), Of("acknowledge"), Of("declare"), Of("roles"), Of("update"), Of("mitigate"));

        Duration? Of(string name)
        {
            var target = field.Optional(name);
            if (target.Duration() is not { } length) return null;
            if (length > Duration.Zero) return length;
            target.Wrong("Nobody is as fast as that.", "Write how soon it is wanted, such as 5m.");
            return null;
        }
    }
}
