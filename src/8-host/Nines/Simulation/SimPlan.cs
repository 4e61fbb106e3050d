using System.Text;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>What happens in a world and when, thrown once at its beginning.</summary>
internal sealed class SimPlan
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia",
        "Asia/Tehran", "America/St_Johns", "Europe/London", "Pacific/Auckland", "America/Santiago", "Europe/Dublin", "Africa/Cairo", "Asia/Kathmandu",
    ];

    private readonly SimRandom _random;
    private readonly TimeSpan _length;
    private readonly int _people;
    private readonly int _services;
    private readonly string _lead;
    private readonly bool _hasBeat;
    private readonly bool _isCalm;

    public SimPlan(SimRandom random, TimeSpan length)
    {
        (_random, _length) = (random, length);
        Zone = random.Of(Zones);
        Start = ChooseStart();
        _people = random.Next(3, 9);
        _services = random.Next(2, 6);
        Rota = new(random, Zone, _people, Start);
        Rules = new(random, Zone, _people);
        _lead = random.Percent(70) ? $"p{random.Next(_people)}" : "";
        _hasBeat = random.Percent(30);
        // Most weeks are calm, as everywhere: more of them are lived through in the same time, each with nights and crashes of its own.
        _isCalm = random.Percent(95);
        Crashes = [.. Enumerable.Range(0, random.Next(0, 3) + (random.Percent(10) ? 1 : 0)).Select(_ => At()).Order()];
        if (random.Percent(20)) ClockSteps = [(At(), TimeSpan.FromHours(random.Percent(50) ? 1 : -1))];
    }

    /// <summary>The zone in which its people live.</summary>
    public string Zone { get; }

    public Instant Start { get; }

    /// <summary>How many people it has.</summary>
    public int People => _people;

    /// <summary>Who is on call.</summary>
    public SimRota Rota { get; }

    /// <summary>What else it has.</summary>
    public SimRules Rules { get; }

    public IReadOnlyList<TimeSpan> Crashes { get; }

    public IReadOnlyList<(TimeSpan At, TimeSpan By)> ClockSteps { get; } = [];

    /// <summary>Applies the world's manifests.</summary>
    public Task<Outcome<Applied>> ApplyAsync(SimProcess process) =>
        process.Get<ApplyManifests>().ApplyAsync(Actor.Local, Manifests(), null, dryRun: false, CancellationToken.None);

    /// <summary>Everything that is going to happen takes its place.</summary>
    public void Arrange(SimWorld world)
    {
        for (var n = _isCalm ? _random.Next(1, 4) : _random.Next(8, 20); n > 0; n--) Arrange(world, AnAlert(), At());
        // What one rule finds at one moment travels in one call.
        for (var n = _random.Next(0, _isCalm ? 2 : 3); n > 0; n--) Together(world, At());
        // Something happens around each crash, or there would be little to lose.
        foreach (var crash in Crashes)
        {
            var alert = AnAlert();
            for (var n = _random.Next(1, 4); n > 0; n--)
            {
                Arrange(world, alert, crash + _random.Between(TimeSpan.FromSeconds(-90), TimeSpan.FromSeconds(5)));
                alert = _random.Percent(50) ? AnAlert() : (Another(alert.Labels), alert.Severity);
            }
        }

        if (world.Faults.Outage is { } outage) Arrange(world, AnAlert(), outage + _random.Spread(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20)));
        if (_random.Percent(3)) Storm(world, At());
        for (var n = _random.Next(0, 3); n > 0; n--) Silence(world, At());
        for (var n = _random.Next(0, 3); n > 0; n--) Edit(world, At());
        for (var n = _random.Next(0, 5); n > 0; n--) Override(world, At());
        if (_random.Percent(30)) Maintain(world, At());
        if (_hasBeat) Beats(world);
        if (Rules.HasLeaver) Leave(world, At());
        foreach (var hand in Rota.HandOvers(Start, Start + Duration.FromTimeSpan(_length)))
        {
            var at = (hand - Start).ToTimeSpan();
            world.Clock.At(at - TimeSpan.FromSeconds(1), () => world.AskRota());
            world.Clock.At(at + TimeSpan.FromSeconds(1), () => world.AskRota());
        }
    }

    /// <summary>Planned quiet about a service on which something happens.</summary>
    private void Maintain(SimWorld world, TimeSpan at)
    {
        var service = $"s{_random.Next(_services)}";
        var length = Duration.FromTimeSpan(_random.Spread(TimeSpan.FromMinutes(10), TimeSpan.FromHours(6)));
        world.Clock.At(at, () => world.Call("maintenance", p => p.Get<ApplyManifests>().ApplyAsync(
            Actor.Local, Rules.Maintenance(service, world.Clock.Wall + Duration.FromMinutes(1), length), null, dryRun: false, CancellationToken.None)));
        var labels = AlertLabels.Of(("alertname", "moved"), ("service", service));
        Arrange(world, (labels, AlertSeverity.Page), at + (length.ToTimeSpan() * _random.NextDouble()));
    }

    private void Beats(SimWorld world)
    {
        var from = At();
        world.Beat(TimeSpan.FromHours(1), from, from + _random.Between(TimeSpan.FromHours(24), TimeSpan.FromHours(36)));
    }

    /// <summary>Somebody leaves while a page calls them.</summary>
    private void Leave(SimWorld world, TimeSpan at)
    {
        Arrange(world, AnAlert(), at - _random.Spread(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(20)));
        world.Clock.At(at, () => world.Call("leaves", p => Rules.LeaveAsync(p, Makers(leaver: false))));
    }

    private void Override(SimWorld world, TimeSpan at)
    {
        var person = $"p{_random.Next(_people)}";
        var from = _random.Spread(TimeSpan.FromMinutes(5), TimeSpan.FromHours(20));
        var until = from + _random.Spread(TimeSpan.FromMinutes(5), TimeSpan.FromHours(20));
        world.Clock.At(at, () => world.Call("override", p => p.Get<ScheduleDesk>().OverrideAsync(
            Actor.Local, SimRota.Name, new(person, From: world.Clock.Wall + Duration.FromTimeSpan(from), Until: world.Clock.Wall + Duration.FromTimeSpan(until)), CancellationToken.None)));
        // Its edges are where a gap would be.
        foreach (var edge in new[] { from, until })
            for (var seconds = -1; seconds <= 1; seconds++) world.Clock.At(at + edge + TimeSpan.FromSeconds(seconds), () => world.AskRota());
    }

    private (AlertLabels Labels, AlertSeverity Severity) AnAlert()
    {
        var severity = _random.Percent(60) ? AlertSeverity.Page : _random.Percent(60) ? AlertSeverity.Ticket : AlertSeverity.Log;
        // Nobody said whose it is, now and then.
        var service = _random.Percent(6) ? "" : _random.Percent(4) ? "unheard-of" : $"s{_random.Next(_services)}";
        return (AlertLabels.Of(("alertname", $"a{_random.Next(4)}"), ("service", service), ("instance", $"i{_random.Next(3)}"), ("severity", severity.ToString())), severity);
    }

    private AlertLabels Another(AlertLabels one)
    {
        var instance = $"i{_random.Next(3)}";
        return AlertLabels.Of(one.Pairs.Select(p => p.Key == "instance" ? new(p.Key, instance) : p));
    }

    private void Arrange(SimWorld world, (AlertLabels Labels, AlertSeverity Severity) alert, TimeSpan at)
    {
        at = at < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : at;
        var until = at + _random.Spread(TimeSpan.FromSeconds(20), TimeSpan.FromHours(4));
        var resend = _random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
        Begin(at, until);
        // It comes back, soon enough to be the same alert or later.
        while (_random.Percent(20))
        {
            at = until + _random.Spread(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
            until = at + _random.Spread(TimeSpan.FromSeconds(20), TimeSpan.FromHours(1));
            Begin(at, until);
        }

        void Begin(TimeSpan from, TimeSpan to) => world.Clock.At(from, () => world.Fire(alert.Labels, alert.Severity, to, resend));
    }

    private void Together(SimWorld world, TimeSpan at)
    {
        var (labels, severity) = AnAlert();
        var until = at + _random.Spread(TimeSpan.FromSeconds(20), TimeSpan.FromHours(2));
        var resend = _random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
        for (var n = _random.Next(2, 5); n > 0; n--)
        {
            var one = AlertLabels.Of(labels.Pairs.Select(p => p.Key == "instance" ? new(p.Key, $"t{n}") : _random.Percent(30) && p.Key == "service" ? new(p.Key, $"s{_random.Next(_services)}") : p));
            world.Clock.At(at, () => world.Fire(one, severity, until, resend));
        }
    }

    private void Storm(SimWorld world, TimeSpan at)
    {
        var until = at + _random.Spread(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(40));
        for (var n = _random.Next(20, 80); n > 0; n--)
        {
            var labels = AlertLabels.Of(("alertname", "storm"), ("service", $"s{_random.Next(_services)}"), ("instance", $"storm{n}"));
            world.Clock.At(at + _random.Between(TimeSpan.Zero, TimeSpan.FromSeconds(30)), () => world.Fire(labels, AlertSeverity.Page, until, TimeSpan.FromMinutes(3)));
        }
    }

    private void Silence(SimWorld world, TimeSpan at)
    {
        var length = Duration.FromTimeSpan(_random.Spread(TimeSpan.FromMinutes(5), TimeSpan.FromHours(6)));
        var matcher = _random.Percent(50) ? $"service=s{_random.Next(_services)}" : $"alertname=a{_random.Next(4)}";
        world.Clock.At(at, () => world.Call("silence", p => p.Get<SilenceDesk>().SetAsync(Actor.Local, new([matcher], For: length, Owner: "p0"), p.Get<TimeProvider>().Now(), CancellationToken.None)));
    }

    private void Edit(SimWorld world, TimeSpan at)
    {
        var document = _random.Percent(60) ? Service(_random.Next(_services)) : Team("keepers", "p0", Enumerable.Range(0, _people).Where(_ => _random.Percent(60)));
        world.Clock.At(at, () => world.Call("edit", p => p.Get<ApplyManifests>().ApplyAsync(Actor.Local, document, null, dryRun: false, CancellationToken.None)));
    }

    private string Manifests()
    {
        var text = new StringBuilder();
        for (var p = 0; p < _people; p++) Add(Person($"p{p}", p));
        if (Rules.HasLeaver) Add(Person(SimRules.Leaver, _people));
        Add(Team("keepers", "p0", [0, 1]));
        Add(Makers(Rules.HasLeaver));
        Add(Rota.Manifest);
        foreach (var rule in Rules.Manifests()) Add(rule);
        if (_hasBeat) Add(SimBeat.Manifest);
        for (var s = 0; s < _services; s++) Add(Service(s));
        return text.ToString();

        void Add(string document) => text.Append(text.Length > 0 ? "---\n" : "").Append(document);
    }

    /// <summary>Some have one way to be reached, some five; some wrote rules of their own.</summary>
    private string Person(string name, int number)
    {
        string[] all =
        [
            $"{{ kind: webhook, to: \"https://hooks.example.com/{name}\" }}", $"{{ kind: email, to: {name}@example.com }}", $"{{ name: phone, kind: sms, to: \"+49 30 5550{number}11\" }}",
            $"{{ name: call, kind: voice, to: \"+49 30 5550{number}11\" }}", $"{{ kind: ntfy, to: \"https://ntfy.example.com/{name}\" }}",
        ];
        var has = all.Where(_ => _random.Percent(55)).DefaultIfEmpty(all[0]).ToArray();
        return $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec:\n  timeZone: {Zone}\n  contacts: [{string.Join(", ", has)}]\n";
    }

    private string Makers(bool leaver) => Team("makers", _lead, Enumerable.Range(0, _people), leaver ? $", {SimRules.Leaver}" : "");

    private static string Team(string name, string lead, IEnumerable<int> members, string more = "") =>
        $"apiVersion: nines/v1\nkind: Team\nmetadata: {{ name: {name} }}\nspec: {{ {(lead.Length > 0 ? $"lead: {lead}, " : "")}members: [{string.Join(", ", members.Select(m => $"p{m}"))}{more}] }}\n";

    private string Service(int number)
    {
        var owner = _random.Percent(60) ? "team: makers" : _random.Percent(80) ? $"person: p{_random.Next(_people)}" : "team: keepers";
        var oncall = Rules.HasTurns && _random.Percent(50) ? $", oncallRotation: {SimRules.Turns}" : _random.Percent(60) ? $", oncallRotation: {SimRota.Name}" : "";
        return $"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: s{number} }}\nspec: {{ owner: {{ {owner} }}{oncall} }}\n";
    }

    private TimeSpan At() => _length * _random.NextDouble();

    /// <summary>One week in three holds a night on which the clocks of its zone change.</summary>
    private Instant ChooseStart()
    {
        var day = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(_random.Next(0, 3650));
        if (!_random.Percent(33)) return day;
        var change = DateTimeZoneProviders.Tzdb[Zone].GetZoneInterval(day);
        return change.HasEnd ? change.End - Duration.FromHours(_random.Next(1, 160)) : day;
    }
}
