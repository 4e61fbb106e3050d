using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Rules;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;
using Nines.Paging.Schedules;
using Nines.Paging.Shadowing;

namespace Nines.Paging.Notifications;

/// <summary>Builds what page rules decide from, out of a state.</summary>
public sealed class PagingDesk(
    CompiledManifests manifests, IContactBook contacts, IOnCallSchedules schedules, IOptions<NotificationsOptions> options, IOptions<EscalationsOptions> escalations,
    IEnumerable<IAlertLint> higher)
{
    private readonly Lazy<ProofDeadlines> _proof = new(() => options.Value.Proof());

    /// <summary>Of the newest state, within a decision.</summary>
    public PageContext Context(Deciding deciding) => Context(deciding.State, deciding.Now, deciding.NewId);

    /// <summary>Of any state.</summary>
    public PageContext Context(HouseState state, NodaTime.Instant now, Func<string> newId) => new()
    {
        Pages = state.Get<PageBook>(),
        Alerts = state.Get<AlertBook>(),
        ContactsOf = person => contacts.Of(state, person),
        World = World(state, now),
        Now = now,
        NewId = newId,
        PublicUrl = options.Value.PublicUrl.TrimEnd('/'),
        SilencedUntil = alert => state.Get<SilenceBook>().Holding(alert.Labels, now)?.EndsAt,
        Proof = _proof.Value,
        ShadowOf = service => ShadowModes.Of(manifests.For(state), service)?.Name ?? "",
        RunbookOf = alert => higher.Select(l => l.RunbookOf(state, alert.Labels, alert.Service)).FirstOrDefault(r => r is not null),
    };

    /// <summary>Who is there, and on call.</summary>
    public EscalationWorld World(HouseState state, NodaTime.Instant now) =>
        new(manifests.For(state), name => schedules.At(state, name, now), options.Value.Owner, escalations.Value.Cto, person => contacts.Reaches(state, person), now)
        {
            Learning = name => schedules.ShadowsAt(state, name, now),
        };
}

/// <summary>Somebody is to be told: the page and its messages are intended in the same commit as the alert.</summary>
internal sealed class OnNotificationDue(PagingDesk desk) : Reaction<NotificationDue>
{
    protected override void React(NotificationDue happened, JournalEntry entry, Deciding deciding) => PageOpening.Decide(desk.Context(deciding), happened).WriteTo(deciding);
}

/// <summary>A message would not arrive: the next contact, or the next people, at once.</summary>
internal sealed class OnOutboxSettled(PagingDesk desk) : Reaction<OutboxSettled>
{
    protected override void React(OutboxSettled happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.End == EffectEnd.Failed && deciding.State.Get<PageBook>().MessageOf(happened.Id) is { } lost)
            PageFailover.Decide(desk.Context(deciding), lost.Page, lost.Message, ProofStage.Accepted, happened.Reason).WriteTo(deciding);
    }
}

/// <summary>A provider says that a message did not come to its device: as good as lost.</summary>
internal sealed class OnMessageReceipt(PagingDesk desk) : Reaction<MessageReceipt>
{
    protected override void React(MessageReceipt happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Failed && deciding.State.Get<PageBook>().MessageOf(happened.Effect) is { } lost)
            PageFailover.Decide(desk.Context(deciding), lost.Page, lost.Message, happened.Stage, happened.Reason).WriteTo(deciding);
    }
}
