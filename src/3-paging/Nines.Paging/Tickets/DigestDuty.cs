using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>Sends each team what waits for it, once a day by its own clock. Due times follow from state: none is lost over a restart, and none is sent twice.</summary>
internal sealed class DigestDuty(IHouse house, CompiledManifests manifests, IContactBook contacts, IOptions<TicketsOptions> options, IOptions<NotificationsOptions> notifications, TimeProvider clock) : Duty
{
    // A digest is due at an hour of a day: an alert that came a minute ago need not be looked for after every commit, of which a storm has hundreds a second.
    private static readonly Duration LookEvery = Duration.FromMinutes(1);

    private readonly DigestPlan? _plan = options.Value.Plan();
    private (TicketBook Tickets, ManifestSet Set, object Alerts, Instant At, Instant? Due)? _looked;
    private (ManifestSet Set, object Devices, IReadOnlyList<DigestReader> Readers)? _readers;

    /// <inheritdoc />
    public override string Name => "tickets.digest";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        if (_plan is null) return null;
        var (tickets, set, alerts) = (state.Get<TicketBook>(), manifests.For(state), state.Get<AlertBook>().All);
        if (_looked is { } looked && ReferenceEquals(looked.Tickets, tickets) && ReferenceEquals(looked.Set, set))
        {
            if (ReferenceEquals(looked.Alerts, alerts)) return looked.Due;
            var since = clock.Now() - looked.At;
            if (since >= Duration.Zero && since < LookEvery) return looked.Due;
        }

        var logs = _plan.Review.Count == 0 ? [] : Digest.Logs(state.Get<AlertBook>());
        Instant? next = null;
        foreach (var reader in Readers(state))
            if (Digest.Due(_plan, reader, tickets, logs) is { } due && (next is null || due < next)) next = due;
        _looked = (tickets, set, alerts, clock.Now(), next);
        return next;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var (tickets, alerts) = (deciding.State.Get<TicketBook>(), deciding.State.Get<AlertBook>());
        foreach (var reader in Readers(deciding.State))
            if (Digest.Due(_plan!, reader, tickets, alerts) is { } due && due <= deciding.Now) Send(deciding, reader, tickets, alerts);
        return Outcome<bool>.Of(true);
    }, stop: stop);

    private void Send(Deciding deciding, DigestReader reader, TicketBook tickets, AlertBook alerts)
    {
        var open = Digest.Open(reader, tickets);
        var review = _plan!.Reviews(deciding.Now.InZone(reader.Zone).Date) ? Digest.Review(alerts, reader.Owns, deciding.Now) : [];
        var id = deciding.NewId();
        var message = Digest.Message(reader, open, review, id, notifications.Value.PublicUrl.TrimEnd('/'), deciding.Now);
        // In shadow mode nothing leaves for people: not even what can wait.
        var people = ShadowModes.OfTeam(manifests.For(deciding.State), reader.Name) is null ? reader.People : [];
        var effects = people.SelectMany(p => PersonNote.To(contacts.Of(deciding.State, p), message, $"digest/{id}", deciding.NewId)).ToArray();
        deciding.Write(new("ticket-digest", reader.Name.Length > 0 ? reader.Name : "-"), new DigestSent(reader.Name, open.Count, review.Count, effects.Length));
        foreach (var effect in effects) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }

    private IReadOnlyList<DigestReader> Readers(HouseState state)
    {
        var set = manifests.For(state);
        // Who can be reached follows from manifests and from devices.
        object devices = state.Get<ChannelBook>().Devices;
        if (_readers is { } known && ReferenceEquals(known.Set, set) && ReferenceEquals(known.Devices, devices)) return known.Readers;
        var readers = Digest.Readers(CatalogView.Of(set), WhoIsPaged.LastResort(set, notifications.Value.Owner, p => contacts.Reaches(state, p)).People, _plan!.Zone);
        _readers = (set, devices, readers);
        return readers;
    }
}
