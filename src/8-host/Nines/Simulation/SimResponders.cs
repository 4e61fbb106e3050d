using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;

namespace Nines.Host.Simulation;

/// <summary>
/// The people in a world who make an incident of a page, or of what they saw themselves, and work on it: at cross-purposes,
/// too early, forgetful, and again where they heard no answer.
/// </summary>
internal sealed class SimResponders(SimWorld world, SimIncidents incidents, SimRandom random, int people)
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private static readonly string[] Checklist = ["real", "roles", "channel", "first-status", "brief", "changes", "fastest", "said-mitigated", "cause", "all-clear"];

    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);
    private readonly HashSet<string> _led = new(StringComparer.Ordinal);
    private int _words;

    /// <summary>How often somebody was answered about an incident.</summary>
    public int Answered { get; private set; }

    /// <summary>What is seen without any alert: now and then, and shortly before a crash, or there would be little to lose.</summary>
    public void Arrange(IReadOnlyList<TimeSpan> crashes, TimeSpan length)
    {
        if (random.Percent(20)) world.Clock.At(length * random.NextDouble(), () => Declare(""));
        foreach (var crash in crashes)
            if (random.Percent(35)) world.Clock.At(crash - random.Spread(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(50)), () => Declare(""));
        incidents.Missed = Woken;
    }

    /// <summary>Somebody has a page: it may be worth more than that.</summary>
    public void Took(string page)
    {
        if (world.Ending || !_pages.Add(page) || !random.Percent(15)) return;
        var at = random.Spread(Soonest, TimeSpan.FromMinutes(10));
        world.Clock.After(at, () => Declare(page));
        // Somebody else saw the same, and knows of no page.
        if (random.Percent(25)) world.Clock.After(at + random.Spread(Soonest, TimeSpan.FromMinutes(30)), () => Declare(""));
    }

    /// <summary>The week is over: whatever is open is resolved, whoever must say it how often.</summary>
    public void Close()
    {
        foreach (var incident in incidents.All.Where(i => i.Open)) Resolve(incident, "It is the end of the week.");
        if (world.Clock.Now < SimWorld.ClosesUntil) world.Clock.After(TimeSpan.FromMinutes(10), Close);
    }

    private string Anybody => $"p{random.Next(people)}";

    private string Words(string what) => $"{what} {++_words}";

    private void Declare(string page)
    {
        var service = random.Percent(60) ? $"s{random.Next(2)}" : "";
        if (page.Length > 0) service = world.Up ? world.Process.State.Get<PageBook>().OfThread(page)?.Service ?? "" : "";
        if (world.Minutes.Measures && service.Length > 0) world.Minutes.Burns(service, world.Clock.Wall, random.Next(2, 60), random.Percent(40) ? random.Next(5, 40) : 0);
        var asked = new DeclareRequest(
            Words("It is broken"), random.Percent(40) ? "" : $"sev{random.Next(1, 5)}", random.Percent(50) ? "core" : "", random.Percent(50) ? "many" : "",
            Services: page.Length > 0 || service.Length == 0 ? [] : [service], Page: page, Drill: page.Length == 0 && random.Percent(10));
        var by = Anybody;
        Try("declare", d => d.DeclareAsync(Actor.Local, asked, by, CancellationToken.None), answer =>
        {
            // Declared twice, because nobody heard the first answer, or by somebody else: they go on there.
            var id = answer.Ok ? answer.Value : incidents.OfPage(page)?.Id ?? "";
            if (incidents.Find(id) is { } incident) Lead(incident, again: false);
            else if (answer.Ok) world.Ledger.Break(Broken.Lost, $"Somebody was answered that the incident {id} is declared, and the journal does not have it.");
            else if (page.Length == 0) world.Ledger.Break(Broken.Failed, $"An incident is not declared: {string.Join(' ', answer.Problems.Select(p => p.What))}");
        });
    }

    /// <summary>What they do with it, in the time that it takes.</summary>
    private void Lead(SimIncident incident, bool again)
    {
        if (!again && !_led.Add(incident.Id)) return;
        var life = random.Spread(TimeSpan.FromMinutes(5), TimeSpan.FromHours(again ? 1 : 3));
        After(random.Spread(Soonest, TimeSpan.FromMinutes(8)), () =>
        {
            Take(incident, IncidentRole.Commander, Anybody);
            // Two at once, and each is told that it is theirs.
            if (random.Percent(25)) Take(incident, IncidentRole.Commander, Anybody);
        });
        for (var n = random.Next(4); n > 0; n--) Some(life, () => Take(incident, (IncidentRole)random.Next(1, 6), Anybody));
        for (var n = random.Next(4); n > 0; n--) Some(life, () => Note(incident));
        for (var n = random.Next(4); n > 0; n--) Some(life, () => Tick(incident));
        if (random.Percent(25)) Some(life, () => Severity(incident));
        if (random.Percent(30)) Some(life, () => Take(incident, IncidentRole.Commander, Anybody));
        if (random.Percent(30)) Some(life, () => Leave(incident));
        if (random.Percent(60)) Some(life, () => Mitigate(incident));
        if (random.Percent(25)) Some(life, () => Resolve(incident, ""));
        if (random.Percent(35))
            Some(life, () =>
            {
                if (incidents.All.LastOrDefault(i => i.Open && i != incident) is { } into) Merge(incident, into);
            });
        CheckInLater(incident);
        After(life, () =>
        {
            if (random.Percent(70)) Mitigated(incident);
            Finish(incident);
        });
    }

    /// <summary>Until the indicators say so, or somebody has no patience.</summary>
    private void Finish(SimIncident incident)
    {
        if (!incident.Open) return;
        Resolve(incident, random.Percent(30) ? "Nobody waits for them." : "");
        After(TimeSpan.FromMinutes(random.Next(5, 25)), () => Finish(incident));
    }

    private void CheckInLater(SimIncident incident)
    {
        if (SimIncidents.Every(incident) is not { } every || random.Percent(20)) return;
        After(every.ToTimeSpan() * (0.4 + (0.7 * random.NextDouble())), () =>
        {
            if (!incident.Open) return;
            CheckIn(incident);
            CheckInLater(incident);
        });
    }

    /// <summary>The page of a missed check-in reminds somebody.</summary>
    private void Woken(SimIncident incident) => After(random.Spread(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(40)), () =>
    {
        if (!incident.Open) return;
        if (random.Percent(25)) Severity(incident);
        else if (random.Percent(20) && incidents.All.LastOrDefault(i => i.Open && i != incident) is { } same) Merge(same, incident);
        else if (random.Percent(60)) CheckIn(incident);
        else Resolve(incident, "Nobody was at it any more.");
        CheckInLater(incident);
    });

    private void Take(SimIncident incident, IncidentRole role, string person)
    {
        var id = IdOf(person);
        Do(incident, $"{role} {person}", i => i.Open && !i.Roles.Contains((role, id)), d => d.TakeAsync(Actor.Local, incident.Name, role, person, person, CancellationToken.None), e => e is RoleTaken t && t.Role == role && t.Person == id);
    }

    private void Leave(SimIncident incident)
    {
        if (incident.Roles.Count == 0) return;
        var (role, person) = random.Of(incident.Roles);
        Do(
            incident, $"leave {role}", i => i.Open && role != IncidentRole.Commander && i.Roles.Contains((role, person)),
            d => d.LeaveAsync(Actor.Local, incident.Id, role, person, "", CancellationToken.None), e => e is RoleLeft l && l.Role == role && l.Person == person);
    }

    private void Note(SimIncident incident)
    {
        var corrects = random.Percent(30) && world.Up && world.Process.State.Get<IncidentBook>().All.GetValueOrDefault(incident.Id) is { } house ? random.Of(house.Timeline).Id : "";
        var note = new IncidentNote(Words("They see"), random.Percent(20), Corrects: corrects);
        Do(incident, "note", _ => true, d => d.NoteAsync(Actor.Local, incident.Id, note, "", CancellationToken.None), e => e is IncidentNoted n && n.Text == note.Text && n.Corrects == corrects);
    }

    private void Tick(SimIncident incident)
    {
        var (item, done) = (random.Of(Checklist), random.Percent(80));
        // What is so already is written down no second time.
        var so = false;
        Do(
            incident, $"check {item}", i => i.Open,
            d =>
            {
                so = incident.Done.Contains(item) == done;
                return d.CheckAsync(Actor.Local, incident.Id, item, done, "", CancellationToken.None);
            }, e => e is IncidentChecked c && c.Item == item && c.Done == done, () => so);
    }

    private void Severity(SimIncident incident)
    {
        var (severity, reason) = ((IncidentSeverity)random.Next(1, 5), Words("It is so because"));
        Do(incident, $"{severity}", i => i.Open && i.Severity != severity, d => d.SeverityAsync(Actor.Local, incident.Id, $"sev{(int)severity}", reason, "", CancellationToken.None), e => e is IncidentSeverityChanged c && c.Severity == severity && c.Reason == reason);
    }

    private void CheckIn(SimIncident incident)
    {
        var (text, by) = (Words("It stands"), Anybody);
        Do(incident, "check in", i => i.Open, d => d.CheckInAsync(Actor.Local, incident.Id, text, by, CancellationToken.None), e => e is IncidentCheckedIn c && c.Text == text);
    }

    private void Mitigate(SimIncident incident)
    {
        var text = Words("Roll back");
        Do(incident, "mitigate", i => i.Open, d => d.MitigateAsync(Actor.Local, incident.Id, text, "", CancellationToken.None), e => e is MitigationBegun m && m.What == text);
    }

    private void Mitigated(SimIncident incident)
    {
        var text = Words("It helped");
        Do(incident, "mitigated", i => i.Open && i.Phase != IncidentPhase.Resolve, d => d.MitigatedAsync(Actor.Local, incident.Id, text, "", CancellationToken.None), e => e is IncidentMitigated m && m.How == text);
    }

    private void Resolve(SimIncident incident, string why)
    {
        var cause = Words("It was");
        Do(
            incident, why.Length > 0 ? "resolve, whatever the indicators say" : "resolve", i => i.Open && (why.Length > 0 || !world.Minutes.Dirty(i.Services, i.DetectedAt, world.Clock.Wall)),
            d => d.ResolveAsync(Actor.Local, incident.Id, new(cause, why), "", CancellationToken.None), e => e is IncidentResolved r && r.Cause == cause,
            then: () =>
            {
                if (!random.Percent(25)) return;
                var soon = random.Spread(Soonest, TimeSpan.FromHours(1));
                // Some declare another one where they should go on, and only then is the first one open again.
                if (incident.Pages.Count > 0 && random.Percent(40)) After(soon, () => Declare(random.Of(incident.Pages)));
                After(soon * (1 + random.NextDouble()), () => Reopen(incident));
            });
    }

    private void Reopen(SimIncident incident)
    {
        var reason = Words("It came back");
        Do(incident, "reopen", i => i.Resolved, d => d.ReopenAsync(Actor.Local, incident.Id, reason, "", CancellationToken.None), e => e is IncidentReopened r && r.Reason == reason, then: () => Lead(incident, again: true));
    }

    private void Merge(SimIncident incident, SimIncident into)
    {
        Do(
            incident, $"merge into {into.Name}", i => i.Open && into.Open && i.Drill == into.Drill,
            d => d.MergeAsync(Actor.Local, incident.Id, into.Name, "", CancellationToken.None), e => e is IncidentMerged m && m.Id == incident.Id && m.Into == into.Id);
        // Somebody says at the same moment that the other one is over.
        if (random.Percent(20)) Resolve(into, "");
    }

    private string IdOf(string person) => world.Process.Get<CompiledManifests>().For(world.Process.State).Find<Person>(person)!.Id;

    private void Some(TimeSpan life, Action what) => After(life * random.NextDouble(), what);

    private void After(TimeSpan wait, Action what) => world.Clock.After(wait, () =>
    {
        if (!world.Ending) what();
    });

    /// <summary>Somebody does something with an incident: what they are answered must be in the journal, and what they are refused must be to be refused.</summary>
    private void Do(
        SimIncident incident, string what, Func<SimIncident, bool> must, Func<IncidentDesk, Task<Outcome<string>>> ask, Func<object, bool> made, Func<bool>? so = null, Action? then = null)
    {
        var (before, ought) = (0, false);
        Try(
            $"{what} of {incident.Name}",
            desk =>
            {
                (before, ought) = (Known(incident), must(incident));
                return ask(desk);
            },
            answer =>
            {
                if (!answer.Ok)
                {
                    // Somebody else may have been there first.
                    if (ought && before == Known(incident)) world.Ledger.Break(Broken.Lost, $"\"{what}\" of {incident.Name} was refused: {string.Join(' ', answer.Problems.Select(p => p.What))}");
                    return;
                }

                if (so?.Invoke() != true && !incident.Events.Exists(e => made(e))) world.Ledger.Break(Broken.Lost, $"Somebody was answered \"{what}\" of {incident.Name}, and the journal does not have it.");
                then?.Invoke();
            });
    }

    // How much happened to it, and to whatever it could be made part of.
    private int Known(SimIncident incident) => incidents.All.Sum(i => i.Events.Count) + incident.Pages.Count;

    /// <summary>Asks, and asks again where the house was down, died, or could not write it down.</summary>
    private void Try(string what, Func<IncidentDesk, Task<Outcome<string>>> ask, Action<Outcome<string>> answered, int times = 4)
    {
        var heard = false;
        if (world.Up)
        {
            var process = world.Process;
            world.Ledger.Note("asked", what);
            process.Run(async () =>
            {
                var answer = await ask(process.Get<IncidentDesk>());
                heard = true;
                Answered++;
                world.Ledger.Note(answer.Ok ? "answered" : "refused", what);
                answered(answer);
            });
        }

        if (times > 1) world.Clock.After(TryAgain, () =>
        {
            if (!heard) Try(what, ask, answered, times - 1);
        });
    }
}
