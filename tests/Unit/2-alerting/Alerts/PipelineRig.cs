using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Tests.Unit.Alerting.Alerts;

/// <summary>The pipeline without a house: folds what the rules answer, and flushes what is due, as reactions and duty would.</summary>
internal sealed class PipelineRig
{
    private readonly AlertBookFold _alerts = new();
    private readonly SilenceFold _silences = new();
    private readonly HeldBookFold _heldFold = new();
    private int _ids;

    public AlertBook Book { get; private set; } = AlertBook.None;

    public SilenceBook Silences { get; private set; } = SilenceBook.None;

    public HeldBook Held { get; private set; } = HeldBook.None;

    public RouteTable Routes { get; set; } = RouteTable.Shipped;

    public Instant Now { get; private set; } = Instant.FromUtc(2026, 11, 21, 3, 0);

    public List<(Instant At, object Event)> Log { get; } = [];

    public IEnumerable<NotificationDue> Due => Log.Select(l => l.Event).OfType<NotificationDue>();

    public static Incoming Incoming(string objective = "availability", AlertSeverity severity = AlertSeverity.Page, string service = "checkout") => new()
    {
        Labels = AlertLabels.Of(("alertname", "ErrorBudgetBurn"), ("objective", objective), ("service", service), ("severity", severity.Word())),
        Severity = severity,
        Source = "objectives",
        Service = service,
        Title = objective + " burns",
        Reason = "Burn is 20.",
        StartedAt = Instant.FromUtc(2026, 11, 21, 3, 0),
    };

    /// <summary>One commit that reports several things.</summary>
    public int Report(params Incoming[] all)
    {
        var before = Log.Count;
        foreach (var one in all)
            foreach (var (_, happened) in Intake.Report(Book, Routes, one, Now, NewId)) Write(happened);
        FlushDue();
        return Log.Count - before;
    }

    /// <summary>One call of a door.</summary>
    public IReadOnlyList<TakenAlert> Take(params ReceivedAlert[] received)
    {
        var (events, taken) = Intake.Take(Book, Routes, received, Now, NewId);
        foreach (var (_, happened) in events) Write(happened);
        FlushDue();
        return taken;
    }

    public int Acknowledge(string alert)
    {
        var events = Acknowledging.Decide(Book, [alert], "alice", "page").Value;
        foreach (var happened in events) Write(happened);
        return events.Count;
    }

    public void End(Incoming one)
    {
        if (Intake.End(Book, Routes, one.Labels, Now, "No pair holds any more.", Now) is { } end)
        {
            Write(end.Event);
            var alert = Book.All[end.Event.Id];
            foreach (var key in alert.AlsoIn)
                if (Book.Groups.TryGetValue(key, out var group)) Write(new GroupWoken(key, GroupStage.Next(group, Routes.Named(group.Route), Now), "over"));
            Release("alert/" + alert.Id);
        }

        FlushDue();
    }

    public void Acknowledge(Alert alert, string by) => Write(new AlertAcknowledged(alert.Id, by, "test"));

    public void Unacknowledge(Alert alert)
    {
        Write(new AlertUnacknowledged(alert.Id, "nobody answered"));
        Release("alert/" + alert.Id);
        FlushDue();
    }

    public string Silence(string matcher, Duration length)
    {
        var set = SilenceRules.Set(new([matcher], For: length, Owner: "alice"), NewId(), Now).Value;
        Write(set);
        return set.Id;
    }

    public void Advance(Duration by)
    {
        var end = Now + by;
        while (Next() is { } at && at <= end)
        {
            Now = Instant.Max(Now, at);
            foreach (var ended in SilenceRules.Expired(Silences, Now))
            {
                Write(ended);
                Release("silence/" + ended.Id);
            }

            FlushDue();
        }

        Now = end;
    }

    /// <summary>Another tree, as its manifest's reaction takes it.</summary>
    public void Route(RouteTable routes)
    {
        Routes = routes;
        foreach (var (_, happened) in Rerouting.Decide(Book, Routes, Now)) Write(happened);
        FlushDue();
    }

    /// <summary>The process ends, and the next one reads its snapshots.</summary>
    public void Restart()
    {
        Book = _alerts.Load(_alerts.Save(Book));
        Held = _heldFold.Load(_heldFold.Save(Held));
    }

    private void Release(string by)
    {
        foreach (var group in Held.HeldBy(by).Select(id => Book.All[id]).Where(a => a.Firing).SelectMany(a => a.AlsoIn.Prepend(a.Group)).Distinct().ToArray())
            Write(new GroupWoken(group, Now, "released"));
    }

    private Instant? Next() => (Book.NextFlush, Silences.NextEnd) switch
    {
        (null, var b) => b,
        (var a, null) => a,
        var (a, b) => Instant.Min(a.Value, b.Value),
    };

    private void FlushDue()
    {
        foreach (var group in GroupFlush.Due(Book, Now).ToArray())
            foreach (var (_, happened) in GroupFlush.Decide(Book, Held, Silences, Routes, group, Now, NewId)) Write(happened);
    }

    private void Write(object happened)
    {
        var recorded = new Recorded(new(Log.Count + 1, new("t", "t"), 1, "t", Now, "local", 0, null, default), happened);
        Book = _alerts.Apply(Book, recorded);
        Silences = _silences.Apply(Silences, recorded);
        Held = _heldFold.Apply(Held, recorded);
        Log.Add((Now, happened));
    }

    private string NewId() => $"id{++_ids:00000}";
}
