using Nines.Alerting.Alerts;
using Nines.Alerting.Integrations.Formats;
using Nines.Alerting.Integrations.Mail;
using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What an event would become.</summary>
/// <param name="Action">What it asks: <c>fire</c>, <c>end</c>, <c>acknowledge</c>, …</param>
/// <param name="Title">The alert's line.</param>
/// <param name="Details">More about it.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it; empty for none.</param>
/// <param name="Key">What tells it from others of the sender; empty where its labels do.</param>
/// <param name="Labels">What identifies it and what routes match.</param>
/// <param name="Annotations">What helps.</param>
/// <param name="Source">Who sends it.</param>
/// <param name="Route">The route that would take it; empty where the house's routes are not known.</param>
/// <param name="RouteReason">Why.</param>
public sealed record TrialAlert(
    string Action, string Title, string Details, AlertSeverity Severity, string Service, string Key, IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations, string Source, string Route = "", string RouteReason = "");

/// <summary>Reads an event as an integration would and shows the alert; takes nothing. Pure.</summary>
public static class IntegrationTrial
{
    /// <summary>The alerts that a body would become, or every problem with it.</summary>
    /// <param name="from">The integration.</param>
    /// <param name="body">As its sender sends it.</param>
    /// <param name="type">Content type; empty for none.</param>
    /// <param name="catalog">The services.</param>
    /// <param name="without">The severity of an alert that says none.</param>
    /// <param name="now">When.</param>
    public static Outcome<IReadOnlyList<TrialAlert>> Try(Integration from, ReadOnlyMemory<byte> body, string type, CatalogView catalog, AlertSeverity without, Instant now)
    {
        var read = Read(from, body, type);
        return read.Map<IReadOnlyList<TrialAlert>>(events => [.. events.Select(e => Show(from, e, catalog, without, now))]);
    }

    private static Outcome<IReadOnlyList<DoorEvent>> Read(Integration from, ReadOnlyMemory<byte> body, string type) => from.Kind switch
    {
        IntegrationKind.Alertmanager => AlertmanagerWebhook.Read(body),
        IntegrationKind.PagerDuty => PagerDutyEvent.Read(body).Map<IReadOnlyList<DoorEvent>>(e => [e.Event]),
        IntegrationKind.Opsgenie => OpsgenieRequest.ReadCreate(body).Map<IReadOnlyList<DoorEvent>>(e => [e]),
        IntegrationKind.VictorOps => VictorOpsMessage.Read(body, "").Map<IReadOnlyList<DoorEvent>>(e => [e]),
        IntegrationKind.Mail => MailEvents.Read(ReceivedMail.Read(body.Span), from.Mapping),
        _ => EventBodies.Read(from, body, type, []),
    };

    private static TrialAlert Show(Integration from, DoorEvent one, CatalogView catalog, AlertSeverity without, Instant now)
    {
        // An end or an acknowledgement is shown with the labels that its beginning would have had.
        var plan = DoorPlan.For(from, [one with { Action = DoorAction.Fire, Key = one.Key.Length > 0 || one.Labels.Count > 0 ? one.Key : one.Title }], DoorKeys.None, catalog, without, now);
        var alert = plan.Received[0].Alert;
        return new(
            one.Action.ToString().ToLowerInvariant(), alert.Title, alert.Reason, alert.Severity, alert.Service, one.Key,
            alert.Labels.Pairs.ToDictionary(p => p.Key, p => p.Value), alert.Annotations, alert.Source);
    }
}
