using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runner;

namespace Nines.Responding.Remediation;

/// <summary>A rule knows what to do: the incident hears of it.</summary>
internal sealed class OnRemedyProposed : Reaction<RemedyProposed>
{
    protected override void React(RemedyProposed happened, JournalEntry entry, Deciding deciding) =>
        RemedyTimeline.Tell(deciding, happened.Incident, $"{happened.Rule} {(happened.Level == RemedyLevel.Automatic ? "does" : "would")}: {happened.Plan?.Words ?? happened.Action.Words}. {happened.Reason}", "");
}

/// <summary>Somebody approved a remedy.</summary>
internal sealed class OnRemedyBegun : Reaction<RemedyBegun>
{
    protected override void React(RemedyBegun happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.By.Length > 0) RemedyTimeline.Tell(deciding, happened.Id, r => $"{r.Rule}: approved, Nines does it: {r.Does}", happened.By);
    }
}

/// <summary>A call of a remedy ended: its next step begins, or from now on the symptom must go away.</summary>
internal sealed class OnRemedyCallEnded(CompiledManifests manifests, RunnerCalls calls) : Reaction<RunnerEnded>
{
    protected override void React(RunnerEnded happened, JournalEntry entry, Deciding deciding)
    {
        if (RemedyEnds.RemedyOf(happened.About) is not { } id || deciding.State.Get<RemedyBook>().All.GetValueOrDefault(id) is not { State: RemedyState.Running } remedy || remedy.Call != happened.Id) return;
        RemedyCalls.End(deciding, calls, remedy, happened, manifests.For(deciding.State).Find<RemediationRule>(remedy.Rule)?.SuccessWithin ?? NodaTime.Duration.FromMinutes(15));
    }
}

/// <summary>A step of a remedy is over: the incident hears of it.</summary>
internal sealed class OnRemedyStepEnded : Reaction<RemedyStepEnded>
{
    protected override void React(RemedyStepEnded happened, JournalEntry entry, Deciding deciding) => RemedyTimeline.Tell(
        deciding, happened.Id,
        r => $"{r.Rule}, {r.Plan?.Steps.FirstOrDefault(s => s.Key == happened.Step)?.Text ?? happened.Step}: {RemedyStepView.WordOf(RemedyStepView.StateOf(happened.Verdict))}. {happened.Observed.Split('\n')[0]}", "");
}

/// <summary>It is known whether a remedy helped: its incident hears of it, and the runbook that it followed counts it.</summary>
internal sealed class OnRemedyJudged : Reaction<RemedyJudged>
{
    protected override void React(RemedyJudged happened, JournalEntry entry, Deciding deciding)
    {
        RemedyTimeline.Tell(deciding, happened.Id, r => $"{r.Rule} on {r.Target} {(happened.Helped ? "helped" : "did not help")}. {happened.Reason.Split('\n')[0]}", "");
        RemedyUse.Count(deciding, happened.Id, happened.Helped);
    }
}

/// <summary>A remedy was stopped in its middle: the runbook that it followed counts it as given up.</summary>
internal sealed class OnRemedyLapsed : Reaction<RemedyLapsed>
{
    protected override void React(RemedyLapsed happened, JournalEntry entry, Deciding deciding) => RemedyUse.Count(deciding, happened.Id, null);
}

/// <summary>Somebody said no.</summary>
internal sealed class OnRemedyRejected : Reaction<RemedyRejected>
{
    protected override void React(RemedyRejected happened, JournalEntry entry, Deciding deciding) => RemedyTimeline.Tell(deciding, happened.Id, r => $"{r.Rule} is not to be done: {happened.Reason}", happened.By);
}

/// <summary>A rule gives up: the incident hears of it, too.</summary>
internal sealed class OnRemedyEscalated : Reaction<RemedyEscalated>
{
    protected override void React(RemedyEscalated happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<AlertBook>().All.GetValueOrDefault(happened.Alert) is { } alert)
            RemedyTimeline.Tell(deciding, RemedyTimeline.IncidentOf(deciding.State, alert), $"{happened.Rule} gives up on {happened.Target}, and pages: {happened.Reason}", "");
    }
}

/// <summary>An alert is over: what waited for that is judged, and the page about it ends.</summary>
internal sealed class OnSymptomGone(AlertRoutes routes) : Reaction<AlertResolved>
{
    protected override void React(AlertResolved happened, JournalEntry entry, Deciding deciding)
    {
        var book = deciding.State.Get<RemedyBook>();
        foreach (var remedy in book.Open.Where(r => r.Alert == happened.Id))
            if (RemedyEnds.Of(deciding.State, remedy, deciding.Now) is { } end) deciding.Write(RemedyBook.StreamOf(remedy.Id), end);
        // A storm that ends must not look at every alert for each alert.
        if (!book.GaveUp.Keys.Any(k => k.Contains($"/{happened.Id}/", StringComparison.Ordinal)) || deciding.State.Get<AlertBook>().All.GetValueOrDefault(happened.Id) is not { } alert || alert.Source == RemedyPage.Source) return;
        foreach (var page in deciding.State.Get<AlertBook>().All.Values.Where(a => a.Firing && a.Source == RemedyPage.Source && a.Annotations.GetValueOrDefault("alert") == "/alerts/" + happened.Id).ToArray())
            if (Intake.End(deciding.State.Get<AlertBook>(), routes.For(deciding.State), page.Labels, deciding.Now, "What it was about is over.", deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }
}
