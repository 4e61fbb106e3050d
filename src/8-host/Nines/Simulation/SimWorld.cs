using Nines.Kernel;
using Nines.Storage;

namespace Nines.Host.Simulation;

/// <summary>What one world came to.</summary>
internal sealed record SimResult(
    int World, int Alerts, int Pages, int Acknowledged, int Incidents, int IncidentAnswers, int MissedCheckIns, int Crashes, int Duplicates, long Events, ulong Digest, SimBreak? Break);

/// <summary>
/// One simulated week of one house and everybody around it, all of it from one number. It runs on one thread, jumps from
/// event to event, and asks every promise after every step.
/// </summary>
internal sealed class SimWorld
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(2);

    // What a dead process's lease and the backoff of a duty may cost beyond the time that it was dead.
    private static readonly TimeSpan Comeback = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, SimSource> _sources = new(StringComparer.Ordinal);
    private readonly SimPlan _plan;
    private readonly SimRandom _habits;
    private readonly SimPromises _promises;
    private readonly SimOwed _owed;
    private readonly SimIncidents _incidents;
    private readonly SimResponders _responders;
    private readonly int _number;
    private readonly bool _keepsLeases;
    private readonly Action<string> _say;
    private TimeSpan _settledAt;
    private bool _applied;

    public SimWorld(ulong seed, int number, Action<IServiceCollection>? planted = null, Action<string>? say = null)
    {
        _number = number;
        _say = say ?? (_ => { });
        Planted = planted;
        var own = SimRandom.Derive(seed, (ulong)number);
        SimRandom Part(int part) => new(SimRandom.Derive(own, (ulong)part));
        _plan = new(Part(1), Week);
        Clock = new(_plan.Start);
        Ledger = new(this) { Tells = say is not null };
        Faults = new(Part(2), Week, SimHouse.Kinds);
        NetworkRandom = Part(3);
        CrashRandom = Part(4);
        Ids = new(Part(5));
        People = new(this, Part(6));
        Agent = new(this);
        _keepsLeases = Part(7).Percent(50);
        _habits = Part(8);
        _promises = new(Clock, Ledger);
        _owed = new(this, _promises, new(this, _plan.Rules));
        // A clock that is set would measure minutes twice, or never.
        Minutes = new(Part(9).Percent(25) && _plan.ClockSteps.Count == 0);
        _incidents = new(this, _promises, _owed);
        _responders = new(this, _incidents, Part(10), _plan.People);
        Ledger.HasPage = _responders.Took;
        var steps = new SimSteps(this, _plan.Rota);
        var calls = new SimCalls(this, _promises);
        Ledger.Happened = (one, state) =>
        {
            _owed.Hear(one, state);
            _plan.Rota.Hear(one.Event);
            steps.Hear(one, state);
            calls.Hear(one, state);
            _incidents.Hear(one, state);
        };
        Process = null!;
    }

    public SimClock Clock { get; }

    public SimLedger Ledger { get; }

    public SimFaults Faults { get; }

    public SimRandom NetworkRandom { get; }

    public SimRandom CrashRandom { get; }

    public IdSource Ids { get; }

    public SimPeople People { get; }

    public SimAgent Agent { get; }

    public SimMinutes Minutes { get; }

    public MemoryJournal Durable { get; } = new();

    public MemoryLeases Leases { get; private set; } = new();

    public SimKeys Keys { get; } = new();

    public Action<IServiceCollection>? Planted { get; }

    public SimProcess Process { get; private set; }

    public int Alerts { get; private set; }

    public int Crashes { get; private set; }

    /// <summary>True while the house takes calls.</summary>
    public bool Up => Process is { Dead: false, Ready: true } && _applied;

    /// <summary>True while what was due may still be catching up: after a start, a step of the clock, a full disk.</summary>
    public bool Unsettled => Clock.Now < _settledAt;

    /// <summary>True once the week is over and everything comes to its end.</summary>
    public bool Ending { get; private set; }

    /// <summary>By when everybody has said of their incident that it is over.</summary>
    public static TimeSpan ClosesUntil { get; } = Week + TimeSpan.FromHours(6);

    public void Say(string line) => _say(line);

    /// <summary>Lives through the week, lets everything come to its end, and says what it came to.</summary>
    public SimResult Run()
    {
        Boot();
        _plan.Arrange(this);
        _responders.Arrange(_plan.Crashes, Week);
        foreach (var step in _plan.ClockSteps) Clock.At(step.At, () => StepClock(step.By));
        foreach (var crash in _plan.Crashes) Clock.At(crash, Doom);
        foreach (var (from, length) in Faults.FullDisk) Clock.At(from, () => Excuse(length + TimeSpan.FromMinutes(1) + Comeback));
        Live(Week);
        Ending = true;
        Faults.Over = true;
        Clock.After(TimeSpan.FromMinutes(1), _responders.Close);
        Live(Week + Quiet);
        if (Ledger.First is null) SimEnd.Check(this);
        if (Ledger.First is null) CompareFolds(15);
        return new(_number, Alerts, Ledger.Pages, Ledger.Acknowledged, _incidents.All.Count, _responders.Answered, _incidents.MissedCheckIns, Crashes, Ledger.Duplicates, Ledger.Events, Ledger.Digest, Ledger.First);
    }

    /// <summary>A sender heard that its alert is taken.</summary>
    public void Took(SimSource source)
    {
        Alerts++;
        Ledger.Note("took", source.Labels);
        _owed.Took(source);
    }

    /// <summary>An alert begins.</summary>
    public void Fire(Alerting.Alerts.AlertLabels labels, Alerting.Alerts.AlertSeverity severity, TimeSpan until, TimeSpan resend)
    {
        // One sender knows one state of an alert; who fires the same meanwhile is its twin, and says nothing new.
        if (Ending || (_sources.TryGetValue(labels.Fingerprint, out var known) && !known.Over)) return;
        (_sources[labels.Fingerprint] = new SimSource(this, labels, severity, until, resend, _habits.Percent(50), _habits.Percent(30))).Begin();
    }

    /// <summary>A job begins to give signs of life.</summary>
    public void Beat(TimeSpan from, TimeSpan outFrom, TimeSpan outUntil) => Clock.At(from, new SimBeat(this, _promises, outFrom, outUntil).Beat);

    /// <summary>Somebody asks the house for something, once; whether it was up is their bad luck.</summary>
    public void Call<T>(string what, Func<SimProcess, Task<T>> ask)
    {
        if (!Up || Ending) return;
        Ledger.Note("asked", what);
        Process.Run(() => ask(Process));
    }

    /// <summary>Who is on call now, by the house and by the world's own count?</summary>
    public void AskRota()
    {
        if (!Up || Ledger.First is not null) return;
        if (_plan.Rota.Differs(Process, Clock.Wall) is { } differs) Ledger.Break(Broken.Gap, differs);
    }

    private void Live(TimeSpan until)
    {
        do
        {
            Rest();
            if (Process.Stray is { } stray) Ledger.Break(Broken.Failed, $"A step came from another thread, so that a replay would differ: {stray}");
            if (Process is { Dead: false, Ready: true } && Ledger.First is null)
            {
                _promises.Ask(Process.State);
                _incidents.Ask(Process.State);
            }
        }
        while (Ledger.First is null && Clock.FireNext(until));
    }

    private void Rest()
    {
        try
        {
            Process.Drain();
        }
        catch (SimRestlessException e)
        {
            Ledger.Break(Broken.Failed, e.Message);
        }
    }

    private void Boot()
    {
        if (!_keepsLeases) Leases = new();
        Process = new(this) { Died = Buried };
        _incidents.Started();
        Process.Start();
        if (!_applied) Process.Run(ApplyAsync);
    }

    private async Task ApplyAsync()
    {
        // The start goes first; both run on the one pump.
        while (!Process.Ready) await Task.Yield();
        var applied = await _plan.ApplyAsync(Process);
        if (!applied.Ok) Ledger.Break(Broken.Failed, string.Join("\n", applied.Problems));
        _applied = true;
    }

    /// <summary>The process shall die within its next few appends and sends, or else in a while.</summary>
    private void Doom()
    {
        var doomed = Process;
        if (doomed.Dead || Ending) return;
        doomed.LightFuse(CrashRandom.Next(0, 9));
        Clock.After(CrashRandom.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20)), () =>
        {
            if (!Ending) doomed.Kill();
        });
    }

    private void Buried()
    {
        Crashes++;
        var down = CrashRandom.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Ledger.Note("down for", down);
        Excuse(down + Comeback);
        Clock.After(down, Rise);
    }

    private void Rise()
    {
        CompareFolds(25);
        Ledger.Note("starts", "again");
        Boot();
    }

    /// <summary>Now and then, because it costs as much as a start.</summary>
    private void CompareFolds(int percent)
    {
        if (!CrashRandom.Percent(percent)) return;
        var fromSnapshots = CrashRandom.Percent(70);
        string? differs = null;
        // A dead process's house still knows what it knew; it is only read.
        new SimPump().Run(() => differs = Process.Differs(Durable, fromSnapshots));
        if (differs is not null) Ledger.Break(Broken.Folds, $"The room {differs} folds to something else from the journal{(fromSnapshots ? " and its snapshots" : "")} than the running house knew.");
    }

    private void StepClock(TimeSpan by)
    {
        Clock.Step(by);
        Ledger.Note("clock set by", by);
        // A process looks at a clock that was set at its next look.
        Excuse(by < TimeSpan.Zero ? -by : SimProcess.RareLook.ToTimeSpan());
    }

    private void Excuse(TimeSpan time)
    {
        _promises.Excuse(time);
        var settled = Clock.Now + time + Comeback;
        if (settled > _settledAt) _settledAt = settled;
    }
}
