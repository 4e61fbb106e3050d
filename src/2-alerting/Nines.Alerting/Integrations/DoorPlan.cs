using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>An alert to be snoozed.</summary>
/// <param name="Alert">Which.</param>
/// <param name="Until">Until when.</param>
internal sealed record Snoozed(KeyedAlert Alert, Instant Until);

/// <summary>What a request comes to in the house's own terms. Pure: a door decides nothing else.</summary>
/// <param name="Received">Alerts for the pipeline.</param>
/// <param name="Acknowledge">Alerts that somebody is at, by id, with who.</param>
/// <param name="Unacknowledge">Alerts that nobody is at any more.</param>
/// <param name="Snooze">Alerts that are quiet for a while.</param>
/// <param name="Unknown">Keys of which nothing fires; taken and ignored, as the services do whose formats these are.</param>
internal sealed record DoorPlan(
    IReadOnlyList<ReceivedAlert> Received, IReadOnlyList<(string Alert, string By)> Acknowledge, IReadOnlyList<string> Unacknowledge, IReadOnlyList<Snoozed> Snooze, IReadOnlyList<string> Unknown)
{
    /// <summary>Plans the events of one request.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="events">As read.</param>
    /// <param name="keys">The alerts that senders know by a key.</param>
    /// <param name="catalog">The services.</param>
    /// <param name="without">The severity of an alert that says none.</param>
    /// <param name="now">When.</param>
    public static DoorPlan For(Integration from, IReadOnlyList<DoorEvent> events, DoorKeys keys, CatalogView catalog, AlertSeverity without, Instant now)
    {
        var planning = new Planning(from, keys, catalog, without, now);
        foreach (var one in events) planning.Take(one);
        return new(planning.Received, planning.Acknowledge, planning.Unacknowledge, planning.Snooze, planning.Unknown);
    }

    private sealed class Planning(Integration from, DoorKeys keys, CatalogView catalog, AlertSeverity without, Instant now)
    {
        public List<ReceivedAlert> Received { get; } = [];

        public List<(string, string)> Acknowledge { get; } = [];

        public List<string> Unacknowledge { get; } = [];

        public List<Snoozed> Snooze { get; } = [];

        public List<string> Unknown { get; } = [];

        public void Take(DoorEvent one)
        {
            if (one.Action == DoorAction.Tell) return;
            var known = one.Key.Length > 0 ? keys.Of(from.Name, SentText.Line(one.Key, SentText.Value)) : [];
            if (one.Action == DoorAction.Fire) Fire(one, known);
            else if (one.Key.Length == 0) Received.Add(new(Read(one, null), one.EndsAt is { } end ? Instant.Min(end, now) : now));
            else Known(one, [.. known.Where(k => k.EndedAt is null)]);
        }

        private void Fire(DoorEvent one, IReadOnlyList<KeyedAlert> known)
        {
            var fresh = Read(one, null);
            // The same key again is the same alert, whatever changed in its words – unless it got louder: that must wake whoever the quieter one did not.
            var same = known.LastOrDefault(k => k.Severity <= fresh.Severity);
            if (same is null)
                foreach (var quieter in known.Where(k => k.EndedAt is null)) End(quieter, one, "It is louder now.");
            Received.Add(new(same is null ? fresh : Read(one, same), from.ResolveAfter is { } after ? now + after : null, from.ResolveAfter is not null));
        }

        private void Known(DoorEvent one, IReadOnlyList<KeyedAlert> firing)
        {
            if (firing.Count == 0) Unknown.Add(one.Key);
            foreach (var alert in firing)
            {
                switch (one.Action)
                {
                    case DoorAction.End:
                        End(alert, one, one.Details.Length > 0 ? one.Details : "Its sender says that it is over.");
                        break;
                    case DoorAction.Acknowledge:
                        Acknowledge.Add((alert.Id, PersonOf(one.By)));
                        break;
                    case DoorAction.Unacknowledge:
                        Unacknowledge.Add(alert.Id);
                        break;
                    default:
                        Snooze.Add(new(alert, one.EndsAt!.Value));
                        Acknowledge.Add((alert.Id, PersonOf(one.By)));
                        break;
                }
            }
        }

        // Of a keyed alert the end is now: the sender's clock may be behind the start that it gave.
        private void End(KeyedAlert alert, DoorEvent one, string reason) => Received.Add(new(
            new() { Labels = alert.Labels, Severity = alert.Severity, Source = from.Name, Title = one.Title, Reason = reason, StartedAt = now }, now));

        private Incoming Read(DoorEvent one, KeyedAlert? known)
        {
            var service = known?.Labels["service"] is { Length: > 0 } before ? before : ServiceOf(one);
            var labels = known?.Labels ?? LabelsOf(one, service);
            return new()
            {
                Labels = labels,
                Severity = known?.Severity ?? SeverityOf(one),
                Source = from.Name,
                Service = service,
                Title = one.Title,
                Reason = one.Details.Length > 0 ? one.Details : $"{(from.DisplayName.Length > 0 ? from.DisplayName : from.Name)} sent it{(one.Severity.Length > 0 ? $" as {SentText.Line(one.Severity, 64)}" : "")}.",
                // A start in the future would outlive its own end.
                StartedAt = one.StartedAt is { } at && at < now ? at : now,
                Annotations = Notes(one, service, labels),
                GeneratorUrl = one.GeneratorUrl,
            };
        }

        private AlertSeverity SeverityOf(DoorEvent one)
        {
            var word = one.Severity.Trim();
            if (from.Severities.TryGetValue(word, out var own)) return own;
            return SeverityWords.Of(word, from.Severity ?? without);
        }

        private AlertLabels LabelsOf(DoorEvent one, string service)
        {
            var labels = new Dictionary<string, string>(one.Labels, StringComparer.Ordinal);
            foreach (var (name, value) in from.Labels) labels[name] = value;
            if (one.Key.Length > 0)
            {
                labels[DoorKeys.KeyLabel] = SentText.Line(one.Key, SentText.Value);
                labels.TryAdd("alertname", IsReadable(one.Key) ? SentText.Line(one.Key, 200) : from.Name);
                if (one.Severity.Length > 0) labels.TryAdd("severity", SentText.Line(one.Severity, 64).ToLowerInvariant());
                if (service.Length > 0) labels["service"] = service;
                labels[DoorKeys.IntegrationLabel] = from.Name;
            }
            else if (from.Declared)
            {
                // Two senders with the same labels are two alerts: one's end must not end the other's.
                labels[DoorKeys.IntegrationLabel] = from.Name;
            }

            return AlertLabels.Of(labels);
        }

        private string ServiceOf(DoorEvent one)
        {
            if (one.Service.Length > 0) return one.Service;
            return one.Hints.FirstOrDefault(h => catalog.Service(h) is not null) ?? from.Service;
        }

        private ImmutableSortedDictionary<string, string> Notes(DoorEvent one, string service, AlertLabels labels)
        {
            var notes = one.Annotations.ToImmutableSortedDictionary(StringComparer.Ordinal);
            if (!notes.ContainsKey("runbook") && ObjectiveAlerts.Runbook(catalog.Service(service)?.Service, labels["alertname"], labels["alertname"]) is { } runbook)
                notes = notes.Add("runbook", runbook.ToString());
            return notes;
        }

        /// <summary>The person whom the sender means, as events name them; the door where the catalog knows nobody of that name.</summary>
        private string PersonOf(string by) =>
            by.Length > 0 && catalog.People.FirstOrDefault(p => p.Name.Equals(by, StringComparison.OrdinalIgnoreCase) || p.Contacts.Any(c => c.Kind == ContactKinds.Email && by.Equals(c.Address, StringComparison.OrdinalIgnoreCase))) is { } person
                ? person.Id
                : Actor.Door(from.Name).Text;

        // A hash or a number says nothing to whoever reads the alert's name.
        private static bool IsReadable(string key) => key.Length <= 120 && !key.All(c => char.IsAsciiHexDigit(c) || c is '-');
    }
}
