using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;

namespace Nines.Paging.Notifications;

/// <summary>Builds what page rules decide from, out of the state of a commit.</summary>
internal sealed class PagingDesk(CompiledManifests manifests, IContactBook contacts, IOptions<NotificationsOptions> options)
{
    public PageContext Context(Deciding deciding) => new(
        deciding.State.Get<PageBook>(), person => contacts.Of(deciding.State, person), deciding.Now, deciding.NewId, options.Value.PublicUrl.TrimEnd('/'));

    public Called Who(HouseState state, string service) => WhoIsPaged.For(service, manifests.For(state), options.Value.Owner);

    public Called LastResort(HouseState state) => WhoIsPaged.LastResort(manifests.For(state), options.Value.Owner);
}

/// <summary>Somebody is to be told: the page and its messages are intended in the same commit as the alert.</summary>
internal sealed class OnNotificationDue(PagingDesk desk) : Reaction<NotificationDue>
{
    protected override void React(NotificationDue happened, JournalEntry entry, Deciding deciding)
    {
        var who = desk.Who(deciding.State, happened.Service);
        foreach (var (stream, written) in PageIntents.Decide(desk.Context(deciding), happened, deciding.State.Get<AlertBook>(), who)) deciding.Write(stream, written);
    }
}

/// <summary>A message would not arrive: when all of a page's failed, whoever owns Nines is called.</summary>
internal sealed class OnOutboxSettled(PagingDesk desk) : Reaction<OutboxSettled>
{
    protected override void React(OutboxSettled happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.End != EffectEnd.Failed) return;
        foreach (var (stream, written) in PageFallback.Decide(desk.Context(deciding), happened.Id, deciding.State.Get<AlertBook>(), desk.LastResort(deciding.State)))
            deciding.Write(stream, written);
    }
}
