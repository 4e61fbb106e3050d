using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using Nines.Paging.Tickets;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Reminds owners before and after a deadline: a note over a contact of theirs, in one commit with the word that it was sent.</summary>
internal sealed class ReminderDuty(IHouse house, CompiledManifests manifests, IContactBook contacts, IOptions<NotificationsOptions> options) : Duty
{
    /// <inheritdoc />
    public override string Name => "actions.remind";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var book = state.Get<ActionBook>();
        return book.All.Count == book.Ended.Count ? null : book.Open.Min(ActionPolicies.Of(manifests.For(state)).ReminderOf);
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var set = manifests.For(deciding.State);
        var policy = ActionPolicies.Of(set);
        var reminded = 0;
        foreach (var action in deciding.State.Get<ActionBook>().Open)
        {
            if (policy.ReminderOf(action) is not { } due || due > deciding.Now) continue;
            // In shadow mode nothing leaves for people.
            var people = ShadowModes.OfTeam(set, "") is null ? Whom(deciding.State, action, CatalogView.Of(set)) : [];
            var message = Message(deciding, action, policy.ZoneOf(action.Owner, action.Service, CatalogView.Of(set)));
            var effects = people.SelectMany(p => PersonNote.To(contacts.Of(deciding.State, p), message, $"action/{action.Id}", deciding.NewId)).ToArray();
            deciding.Write(ActionDesk.StreamOf(action.Id), new ActionReminded(action.Id, due, effects.Length));
            foreach (var effect in effects) deciding.Write(Outbox.StreamOf(effect.Id), effect);
            reminded++;
        }

        return Outcome<int>.Of(reminded);
    }, stop: stop);

    // Whoever has it; of what nobody has, whoever owns the service.
    private string[] Whom(HouseState state, ActionItem action, CatalogView catalog) =>
        action.Owner.Length > 0 && contacts.Of(state, action.Owner).Count > 0 ? [action.Owner] : [.. catalog.OwnersOf(action.Service).Select(p => p.Id)];

    private ChannelMessage Message(Deciding deciding, ActionItem action, DateTimeZone zone)
    {
        var late = action.Deadline <= deciding.Now;
        return new(
            MessageEvent.Updated, action.Id, $"{options.Value.PublicUrl.TrimEnd('/')}/actions/{action.Id}", AlertSeverity.Ticket, action.Service,
            $"{action.Name} {(late ? "was due" : "is due")} {ActionPolicy.DayOf(action.Deadline, zone)}: {action.Title}", deciding.Now, action.Owner.Length > 0 ? "It is yours." : "Nobody has it; you own its service.", true, []);
    }
}
