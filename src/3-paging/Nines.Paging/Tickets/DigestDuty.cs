using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Tickets;

/// <summary>Sends each team what waits for it, once a day by its own clock. Due times follow from state: none is lost over a restart, and none is sent twice.</summary>
internal sealed class DigestDuty(IHouse house, CompiledManifests manifests, IContactBook contacts, IOptions<TicketsOptions> options, IOptions<NotificationsOptions> notifications) : Duty
{
    private readonly DigestPlan? _plan = options.Value.Plan();

    /// <inheritdoc />
    public override string Name => "tickets.digest";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        if (_plan is null) return null;
        Instant? next = null;
        foreach (var reader in Readers(state))
            if (Digest.Due(_plan, reader, state.Get<TicketBook>(), state.Get<AlertBook>()) is { } due && (next is null || due < next)) next = due;
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
        var effects = reader.People.SelectMany(p => PersonNote.To(contacts.Of(deciding.State, p), message, $"digest/{id}", deciding.NewId)).ToArray();
        deciding.Write(new("ticket-digest", reader.Name.Length > 0 ? reader.Name : "-"), new DigestSent(reader.Name, open.Count, review.Count, effects.Length));
        foreach (var effect in effects) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }

    private IReadOnlyList<DigestReader> Readers(HouseState state)
    {
        var set = manifests.For(state);
        return Digest.Readers(CatalogView.Of(set), WhoIsPaged.LastResort(set, notifications.Value.Owner).People, _plan!.Zone);
    }
}
