using Nines.Learning.Actions;
using Nines.Learning.Postmortems;
using Nines.Responding.Incidents;
using Nines.Responding.Runbooks;

namespace Nines.Learning.Knowledge;

/// <summary>Everything that was written, with how much each part counts. Pure.</summary>
public static class KnownTexts
{
    private const float Title = 4;
    private const float Conclusion = 3;
    private const float Body = 1;
    private const float Talk = 0.5f;

    /// <summary>The texts of some books.</summary>
    public static IEnumerable<KnownText> Of(IncidentBook incidents, PostmortemBook postmortems, ActionBook actions, IReadOnlyCollection<Runbook> runbooks) =>
        incidents.All.Values.Select(Of)
            .Concat(postmortems.All.Values.Where(p => p.MergedInto.Length == 0).Select(p => Of(p, incidents.All.GetValueOrDefault(p.Id))))
            .Concat(incidents.Old.Values.Select(Of)).Concat(postmortems.Old.Values.Select(Of))
            .Concat(actions.All.Values.Select(Of)).Concat(runbooks.Select(Of));

    private static KnownText Of(Incident incident) => new(
        "incident/" + incident.Id, "incident", incident.Name, incident.Title, "/incidents/" + incident.Id, incident.DeclaredAt, incident.Services,
        () =>
        [
            new(incident.Name, Title), new(incident.Title, Title), new(string.Join(' ', incident.Services), Conclusion), new(incident.Cause, Conclusion), new(incident.Helped, Conclusion),
            .. incident.Timeline.Select(l => new KnownPart(l.Text, l.Kind is TimelineKind.Note or TimelineKind.Decision or TimelineKind.Correction ? Body : Talk)),
        ],
        incident);

    private static KnownText Of(Postmortem postmortem, Incident? incident) => new(
        "postmortem/" + postmortem.Id, "postmortem", postmortem.Name, incident?.Title ?? postmortem.Name, "/postmortems/" + postmortem.Id, postmortem.FinalAt ?? postmortem.OpenedAt, incident?.Services ?? [],
        () => [new(postmortem.Name, Title), new(incident?.Title ?? "", Title), new(string.Join(' ', incident?.Services ?? []), Conclusion), .. postmortem.Sections.Values.Select(s => new KnownPart(s.Text, Body))],
        (postmortem, incident?.Title, incident is null ? "" : string.Join(' ', incident.Services)));

    // Of what only the journal has as a whole the book keeps the part by which it is found.
    private static KnownText Of(OldIncident old) => new(
        "incident/" + old.Id, "incident", old.Name, old.Title, "/incidents/" + old.Id, old.DeclaredAt, old.Services,
        () => [new(old.Name, Title), new(old.Title, Title), new(string.Join(' ', old.Services), Conclusion), new(old.Cause, Conclusion), new(old.Helped, Conclusion)], old);

    private static KnownText Of(OldPostmortem old) => new(
        "postmortem/" + old.Id, "postmortem", old.Name, old.Title, "/postmortems/" + old.Id, old.FinalAt, old.Services,
        () => [new(old.Name, Title), new(old.Title, Title), new(string.Join(' ', old.Services), Conclusion), new(old.Gist, Body)], old);

    private static KnownText Of(ActionItem action) => new(
        "action/" + action.Id, "action", action.Name, action.Title, "/actions/" + action.Id, action.AddedAt, action.Service.Length > 0 ? [action.Service] : [],
        () => [new(action.Name, Title), new(action.Title, Title), new(action.Service, Conclusion), new(action.Evidence, Body)], action);

    private static KnownText Of(Runbook runbook) => new(
        "runbook/" + runbook.Name, "runbook", runbook.Name, runbook.Title, "/runbooks/" + Uri.EscapeDataString(runbook.Name), null, runbook.Services,
        () =>
        [
            new(runbook.Title, Title), new(string.Join(' ', runbook.AlertNames.Concat(runbook.Services)), Conclusion), new(runbook.Overview, Body), new(runbook.Impact, Body),
            .. runbook.Plan.Steps.SelectMany(s => (KnownPart[])[new(s.Text, Body), new(s.Command, Body), new(s.IfUnexpected, Body)]), .. runbook.Plan.Mitigation.Select(o => new KnownPart($"{o.Name} {o.When}", Body)),
        ],
        runbook);
}
