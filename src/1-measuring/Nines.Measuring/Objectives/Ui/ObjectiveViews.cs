using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Indicators;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>Puts the engine's figures and the catalog's words together for pages. Asked by many readers at once, it looks once a second.</summary>
public sealed class ObjectiveViews(ObjectiveQueries queries, ObjectiveEngine engine, CompiledManifests manifests, IHouse house, TimeProvider clock)
{
    private const int DaySteps = 72;
    private static readonly Duration Fresh = Duration.FromSeconds(1);
    private readonly Lock _gate = new();
    private (Instant At, long Position, IReadOnlyList<ServiceView> Services)? _last;

    /// <summary>Every service with its objectives, worst first.</summary>
    public IReadOnlyList<ServiceView> Services()
    {
        var (now, state) = (clock.Now(), house.State);
        lock (_gate)
        {
            if (_last is { } last && last.Position == state.Position && now - last.At < Fresh) return last.Services;
            KeepUp(state);
            var services = Read(state, now);
            _last = (now, state.Position, services);
            return services;
        }
    }

    /// <summary>One service; null when neither a manifest nor an objective names it.</summary>
    public ServiceView? Service(string name) => Services().FirstOrDefault(s => s.Name == name);

    /// <summary>One objective; null when there is none of that name.</summary>
    public ObjectiveView? Objective(string name)
    {
        var now = clock.Now();
        KeepUp(house.State);
        return queries.Find(name, now) is { } status ? View(status, now) : null;
    }

    /// <summary>The catalog's entry of a service; null where nobody wrote one.</summary>
    public Service? Entry(string name) => manifests.For(house.State).Find<Service>(name);

    /// <summary>What the budget did between two instants, and what it still was at each step.</summary>
    public ObjectiveHistory History(ObjectiveView o, Instant windowStart, Instant now)
    {
        if (queries.Minutes(o.Name, windowStart, now) is not { } minutes || o.Allowed is not > 0) return ObjectiveHistory.None;
        return BudgetHistory.Of(minutes, o.Allowed.Value);
    }

    /// <summary>The queries behind an objective.</summary>
    public IReadOnlyList<MeasuredBy> Measured(string name) => queries.Definition(name) is { } definition ? Asks(definition) : [];

    /// <summary>Where the manifest of an objective is shown.</summary>
    public string ManifestAddress(string name) => queries.Definition(name) is { } definition ? "/manifests/SLO/" + Uri.EscapeDataString(definition.Slo) : "/manifests";

    /// <summary>Where the window of an objective began.</summary>
    public Instant WindowStart(string name, Instant now) => queries.Find(name, now)?.Budget.PeriodStart ?? now - Duration.FromDays(28);

    // Who just made an objective sees it, though the next cycle is seconds away.
    private void KeepUp(HouseState state)
    {
        if (engine.IsStale(state)) engine.Refresh(state);
    }

    private List<ServiceView> Read(HouseState state, Instant now)
    {
        var byService = queries.All(now).Select(s => View(s, now)).ToLookup(v => v.Service);
        var set = manifests.For(state);
        var entries = set.Of<Service>().ToDictionary(s => s.Name);
        var names = entries.Keys.Union(byService.Select(g => g.Key));
        return [.. ServiceView.WorstFirst(names.Select(n => ServiceOf(n, entries.GetValueOrDefault(n), set, [.. byService[n]])))];
    }

    private static ServiceView ServiceOf(string name, Service? entry, ManifestSet set, IReadOnlyList<ObjectiveView> objectives) => new(
        name, entry is { DisplayName.Length: > 0 } ? entry.DisplayName : name,
        entry?.Tier is { } tier ? tier.ToString().ToLowerInvariant() : "",
        entry?.OwnerTeam is { } team ? set.Find<Team>(team)?.DisplayName is { Length: > 0 } title ? title : team : entry?.OwnerPerson is { } person ? set.Find<Person>(person)?.DisplayName ?? person : "",
        objectives);

    private ObjectiveView View(ObjectiveStatus s, Instant now) => new()
    {
        Name = s.Name,
        Service = s.Service,
        Label = LabelOf(s),
        Promise = PromiseOf(s, queries.Definition(s.Name)),
        Target = s.Target,
        Window = s.Window,
        Calendar = queries.Definition(s.Name)?.Window is CalendarWindow,
        Method = s.Method switch { BudgetingMethod.Occurrences => "occurrences", BudgetingMethod.Timeslices => "time slices", _ => "ratio of time slices" },
        State = StateWord.Of(s.State.ToString().ToLowerInvariant()),
        Left = s.Budget.Remaining,
        PlainLeft = s.Budget.PlainRemaining,
        LeftMinutes = s.Budget.RemainingMinutes,
        Spent7d = s.Budget.Spent7d,
        Sli = s.Sli,
        Total = s.Sli is null ? null : s.Total,
        Bad = s.Budget.Failed,
        Allowed = s.Budget.Allowed,
        Covered = Covered(s.Budget, now),
        Burn = [.. s.Burn.Select(b => new BurnView(b.Window, b.Rate, b.Partial))],
        Pairs = [.. s.Pairs.Select(p => new PairView(p.Long, p.Short, p.Severity == BurnSeverity.Page, p.LongBurn, p.ShortBurn, p.Factor, p.Holds, p.Partial))],
        Gone = s.Sli is null ? [] : [.. s.Budget.Exhausts.Select(e => new GoneView(e.Key, s.Burn.FirstOrDefault(b => b.Window == e.Key)?.Rate, e.Value))],
        Alerts = [.. queries.Alerts(s.Name).Select(a => new AlertView(a.Severity == BurnSeverity.Page, a is { End: null, Held: null }, a.Held is not null, a.Start, a.End, a.Reason)).Reverse()],
        DayRead = new(() => queries.Burn(s.Name, now - Duration.FromDays(1), now, DaySteps)?.Values ?? []),
        SilentSince = s.SilentSince,
        Findings = s.Findings,
        Members = s.Members ?? [],
    };

    // "checkout-availability" of service "checkout" reads "availability" beside its service's name.
    private static string LabelOf(ObjectiveStatus s)
    {
        if (s.DisplayName.Length > 0 && s.DisplayName != s.Name) return s.DisplayName;
        var name = s.Name.StartsWith(s.Service + "-", StringComparison.OrdinalIgnoreCase) ? s.Name[(s.Service.Length + 1)..] : s.Name;
        return name.Length == 0 ? s.Name : name.Replace('-', ' ');
    }

    private static string PromiseOf(ObjectiveStatus s, Objective? definition) => definition?.Indicator switch
    {
        ThresholdIndicator t => $"{Figures.Target(s.Target)} {Words(t.Operator)} {t.Value:0.###}",
        FreshnessIndicator f => $"{Figures.Target(s.Target)} within {Figures.Span(f.MaxAge)}",
        _ => Figures.Target(s.Target),
    };

    private static string Words(ThresholdOperator comparison) => comparison switch
    {
        ThresholdOperator.Lte or ThresholdOperator.Lt => "under",
        _ => "over",
    };

    private static double? Covered(BudgetStatus budget, Instant now)
    {
        var minutes = ((budget.PeriodEnd < now ? budget.PeriodEnd : now) - budget.PeriodStart).TotalMinutes;
        return minutes > 0 ? Math.Clamp(budget.CoveredMinutes / minutes, 0, 1) : null;
    }

    private static IReadOnlyList<MeasuredBy> Asks(Objective objective) => objective.Composite.Count > 0
        ? [.. objective.Composite.Select(m => new MeasuredBy("member", m.Objective, $"weight {m.Weight:0.##}"))]
        : objective.Indicator is { } indicator ? [.. Asks(indicator)] : [];

    private static IEnumerable<MeasuredBy> Asks(IndicatorSpec indicator)
    {
        IEnumerable<(string Role, MetricQuery? Query)> queries = indicator switch
        {
            RatioIndicator r => [("good", r.Good), ("bad", r.Bad), ("total", r.Total)],
            RawRatioIndicator r => [(r.Success ? "success ratio" : "failure ratio", r.Raw)],
            ThresholdIndicator t => [("metric", t.Metric)],
            FreshnessIndicator f => [("newest time", f.Timestamp)],
            WindowsIndicator w => Asks(w.Inner).Select(a => (a.Role, (MetricQuery?)MetricQuery.Native(a.Text))),
            _ => [],
        };
        return queries.Where(q => q.Query is not null).Select(q => new MeasuredBy(q.Role, q.Query!.Text, q.Query.Source == "nines" ? "what Nines takes in" : $"{q.Query.Source} {q.Query.DataSource}"));
    }
}
