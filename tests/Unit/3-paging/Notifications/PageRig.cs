using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using Nines.Paging.Shadowing;
using Nines.Tests.Unit.Alerting.Alerts;
using NodaTime;

namespace Nines.Tests.Unit.Paging.Notifications;

/// <summary>Pages without a house: rules decide, folds follow, and what reactions and duty would do is done.</summary>
internal sealed class PageRig
{
    private readonly PageBookFold _fold = new();
    private int _ids;
    private int _seen;

    public PageRig(params string[] documents) => Catalog = WhoIsPagedTests.Catalog(documents);

    public PipelineRig Alerts { get; } = new();

    public ManifestSet Catalog { get; set; }

    /// <summary>Who is on call by a schedule.</summary>
    public Dictionary<string, Shift> OnCall { get; } = [];

    /// <summary>Who learns by a schedule.</summary>
    public Dictionary<string, string[]> Learning { get; } = [];

    public List<(Instant At, object Event)> Log { get; } = [];

    public PageBook Pages { get; private set; } = PageBook.None;

    public string Cto { get; init; } = "";

    public string Owner { get; init; } = "ops";

    /// <summary>What becomes of each message at once; null: nothing is known about it yet.</summary>
    public Func<OutboxIntended, EffectEnd?> Arrives { get; set; } = _ => EffectEnd.Accepted;

    public HashSet<string> Verified { get; } = [];

    /// <summary>Handles of people who signed a browser up.</summary>
    public HashSet<string> Devices { get; } = [];

    public Page Page => Pages.All.Values.Single();

    public IEnumerable<OutboxIntended> Sent => Log.Select(l => l.Event).OfType<OutboxIntended>();

    public Instant Now => Alerts.Now;

    /// <summary>Each call as <c>minute:second contact</c>, since 03:00.</summary>
    public IEnumerable<string> Calls => Log.Where(l => l.Event is OutboxIntended o && !MessageEvent.IsQuiet(o.Payload.GetProperty("event").GetString()!)).Select(l =>
        $"{(l.At - Instant.FromUtc(2026, 11, 21, 3, 0)).ToString("M:ss", null)} {((OutboxIntended)l.Event).Target}");

    public IEnumerable<T> All<T>() => Log.Select(l => l.Event).OfType<T>();

    public PageContext Context => new()
    {
        Pages = Pages,
        Alerts = Alerts.Book,
        ContactsOf = ContactsOf,
        World = new(Catalog, name => OnCall.GetValueOrDefault(name), Owner, Cto, p => ContactsOf(p.Id).Count > 0, Now) { Learning = name => Learning.GetValueOrDefault(name, []) },
        ShadowOf = service => ShadowModes.Of(Catalog, service)?.Name ?? "",
        Now = Now,
        NewId = () => $"x{++_ids:000}",
        PublicUrl = "https://nines.example.com",
    };

    public void Burn(string objective = "availability", AlertSeverity severity = AlertSeverity.Page, string service = "checkout")
    {
        Alerts.Report(PipelineRig.Incoming(objective, severity, service) with { StartedAt = Now });
        Follow();
    }

    public void End(string objective = "availability", AlertSeverity severity = AlertSeverity.Page)
    {
        Alerts.End(PipelineRig.Incoming(objective, severity));
        Follow();
    }

    /// <summary>Time passes: whatever is due for pages happens at its instant.</summary>
    public void Pass(Duration time)
    {
        var end = Now + time;
        for (var guard = 0; Pages.NextDue is { } due && due <= end; guard++)
        {
            if (guard > 10_000) throw new InvalidOperationException($"Time does not come to rest at {due}.");
            if (due > Now) Alerts.Advance(due - Now);
            Follow();
            foreach (var page in Pages.Due.TakeWhile(d => d.At <= Now).Select(d => Pages.All[d.Page]).ToArray()) Take(PageTime.Decide(Context, page, Now));
        }

        if (end > Now) Alerts.Advance(end - Now);
        Follow();
    }

    public IReadOnlyList<Problem> Do(Func<PageContext, Outcome<PageEvents>> rule)
    {
        var events = rule(Context);
        if (events.Ok) Take(events.Value);
        return events.Problems;
    }

    public void Acknowledge(string person) => Do(c => PageAnswers.Acknowledge(c, Page.Id, person, "page"));

    public void Take(IEnumerable<(StreamName Stream, object Event)> events)
    {
        // As a commit does: all of it is folded, then what follows from each is decided.
        object[] all = [.. events.Select(e => e.Event)];
        foreach (var happened in all) Write(happened);
        foreach (var happened in all) React(happened);
    }

    public void Settle(string effect, EffectEnd end, string reason) => Take([(new("effect", effect), new OutboxAttempted(effect, 1, 5, reason, null)), (new("effect", effect), new OutboxSettled(effect, end, 1, reason))]);

    public void Receipt(string effect, ProofStage stage, bool failed = false, string reason = "") => Take([(new("effect", effect), new MessageReceipt(effect, stage, failed, reason))]);

    private void Follow()
    {
        foreach (var due in Alerts.Due.Skip(_seen).ToArray())
        {
            _seen++;
            Take(PageOpening.Decide(Context, due));
        }
    }

    private void React(object happened)
    {
        var events = happened switch
        {
            PageAcknowledged e when Pages.All[e.Page].AcknowledgedAt is null => PageEnding.CallOff(Pages.All[e.Page], "Acknowledged.", e.Person),
            PageAcknowledged e => [.. PageEnding.CallOff(Pages.All[e.Page], "Acknowledged."), .. PageNews.TakenOn(Context, Pages.All[e.Page])],
            PageEnded e when Pages.All.GetValueOrDefault(e.Page)?.Run is not null => PageEnding.CallOff(Pages.All[e.Page], "Over."),
            PageSnoozed e => PageEnding.CallOff(Pages.All[e.Page], "Asleep."),
            PageMerged e => [.. PageEnding.CallOff(Pages.All[e.Page], "Merged."), .. PageNews.PartOf(Context, Pages.All[e.Page], e.By)],
            OutboxSettled { End: EffectEnd.Failed } e when Pages.MessageOf(e.Id) is { } lost => PageFailover.Decide(Context, lost.Page, lost.Message, ProofStage.Accepted, e.Reason),
            MessageReceipt { Failed: true } e when Pages.MessageOf(e.Effect) is { } lost => PageFailover.Decide(Context, lost.Page, lost.Message, e.Stage, e.Reason),
            _ => [],
        };
        if (events.Count > 0) Take(events);
        if (happened is OutboxIntended intended && Arrives(intended) is { } end) Settle(intended.Id, end, end == EffectEnd.Accepted ? "200." : "410.");
    }

    private void Write(object happened)
    {
        Log.Add((Now, happened));
        Pages = _fold.Apply(Pages, new(new(1, new("t", "t"), 1, "t", Now, "local", 0, null, default), happened));
    }

    private IReadOnlyList<Contact> ContactsOf(string person) => CatalogView.Of(Catalog).PersonById(person) is { } found
        ? [.. Devices.Where(d => d == found.Name).Select(_ => new Contact($"{person}/push-1", person, ContactKinds.Push, "https://push.example.com/1")), .. found.Contacts.Select(c => new Contact($"{person}/{c.Name}", person, c.Kind, c.Address, null, Verified.Contains($"{person}/{c.Name}")))]
        : [];
}
