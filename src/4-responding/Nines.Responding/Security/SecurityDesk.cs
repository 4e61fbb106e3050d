using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What people and programs do with cases: the one use case behind the command, HTTP and the page. Each answers the case's id after the commit is durable.</summary>
public sealed class SecurityDesk(IHouse house, CompiledManifests manifests, FindingIntake intake, IPersonKeys keys)
{
    // Who reads is written down once an hour a person; what they open again in between is the same reading.
    private static readonly Duration ReadingOnce = Duration.FromHours(1);

    private const int MostFindings = 100;

    /// <summary>The journal's stream of a case.</summary>
    public static StreamName StreamOf(string id) => new("security", id);

    /// <summary>Under which name the key of a case's evidence lies, beside people's keys.</summary>
    public static string KeyOf(string id) => "security-case:" + id;

    /// <summary>Opens a case.</summary>
    public async Task<Outcome<string>> OpenAsync(Actor actor, OpenRequest asked, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, asked.By, context.Catalog);
        return who.Ok ? Write(deciding, SecurityRules.Open(context, asked, who.Value)) : who;
    }, stop: stop)).Outcome;

    /// <summary>Does something with a case that one may know of.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="name">The case.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="asked">With what.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<string>> DoAsync(Actor actor, string name, SecurityDeed deed, SecurityAsked asked, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var one = context.One(name);
        if (!one.Ok) return Outcome<string>.Failed(one.Problems);
        var who = ActingPerson.Of(actor, asked.By, context.Catalog);
        if (!who.Ok) return who;
        var done = Write(deciding, deed(context, one.Value, asked, who.Value));
        // Whoever does something is answered with the case.
        if (done.Ok) NoteReading(deciding, one.Value);
        return done;
    }, stop: stop)).Outcome;

    /// <summary>Somebody whom the policy allows it lets themselves in; those who answer for cases are paged.</summary>
    public async Task<Outcome<string>> LetMyselfInAsync(Actor actor, string name, SecurityAsked asked, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var done = Write(deciding, CircleRules.Themselves(context, name, asked));
        if (done.Ok) intake.Page(deciding, [new(SecurityAlert.LetIn(context.Book.Find(name)!, context.Policy, deciding.Now))]);
        return done;
    }, stop: stop)).Outcome;

    /// <summary>Takes evidence in; what the house keeps is sealed with the case's key before it is decided.</summary>
    public async Task<Outcome<string>> AddEvidenceAsync(Actor actor, string name, EvidenceBrought brought, byte[]? content, string by, CancellationToken stop)
    {
        // A stranger makes no keys.
        var known = ContextOf(house.State, actor, Instant.MinValue, () => "").One(name);
        if (!known.Ok) return Outcome<string>.Failed(known.Problems);
        if (content is { Length: > 0 and <= EvidenceRules.LargestKept })
            brought = brought with { Content = PersonSeal.Seal(await keys.GetOrCreateAsync(KeyOf(known.Value.Id), stop), Convert.ToBase64String(content)) };
        return await DoAsync(actor, name, (context, one, _, who) => EvidenceRules.Add(context, one, brought, who), new() { By = by }, stop);
    }

    /// <summary>Writes down that somebody reads a case, once an hour; that there is none, where they may not know of it.</summary>
    public async Task<Outcome<string>> ReadAsync(Actor actor, string name, Instant now, CancellationToken stop)
    {
        var known = ContextOf(house.State, actor, now, () => "").One(name);
        if (!known.Ok) return Outcome<string>.Failed(known.Problems);
        // Most readings are written down already: those wait for no writer.
        if (!IsNew(known.Value, actor, now)) return known.Value.Id;
        return (await house.DecideAsync(actor, deciding =>
        {
            var one = ContextOf(deciding).One(name);
            if (!one.Ok) return Outcome<string>.Failed(one.Problems);
            NoteReading(deciding, one.Value);
            return one.Value.Id;
        }, stop: stop)).Outcome;
    }

    /// <summary>Takes findings of other programs. They are told that they were taken, never into which case.</summary>
    public async Task<Outcome<int>> ReportAsync(Actor actor, IReadOnlyList<Finding> findings, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var policy = SecurityPolicies.Of(manifests.For(deciding.State));
        if (!policy.Given) return Problem.Conflict("Nobody says who is to read cases, so findings open none.", "Apply a SecurityPolicy first: \"nines explain SecurityPolicy\".");
        if (findings.Count > MostFindings) return Problem.Invalid($"{findings.Count} findings are more than {MostFindings} at once.", "Send them in several calls.");
        intake.Take(deciding, policy, findings);
        return Outcome<int>.Of(findings.Count);
    }, stop: stop)).Outcome;

    /// <summary>What signals of the house found.</summary>
    internal Task FoundAsync(Actor actor, IReadOnlyList<(SecuritySignal Signal, double Count)> found, CancellationToken stop) => house.DecideAsync(actor, deciding =>
    {
        var policy = SecurityPolicies.Of(manifests.For(deciding.State));
        var book = deciding.State.Get<SecurityBook>();
        intake.Take(deciding, policy, [.. found.Where(f => FindingRules.Tells(book, policy, f.Signal, deciding.Now)).Select(f => f.Signal.Found(f.Count, deciding.Now))]);
        return Outcome<int>.Of(found.Count);
    }, stop: stop);

    /// <summary>Reminds of every deadline that is due, in one commit with the pages.</summary>
    internal Task RemindAsync(Actor actor, CancellationToken stop) => house.DecideAsync(actor, deciding =>
    {
        var policy = SecurityPolicies.Of(manifests.For(deciding.State));
        var received = new List<ReceivedAlert>();
        foreach (var one in deciding.State.Get<SecurityBook>().All.Values)
        {
            var number = one.ReminderNumber;
            foreach (var standing in BreachClock.Of(one, policy, deciding.Now))
            {
                if (BreachClock.Reminder(one, standing, deciding.Now) is not { } mark) continue;
                deciding.Write(StreamOf(one.Id), new DutyReminded(one.Id, standing.Duty.Key, mark, standing.Due!.Value, ++number));
                received.Add(new(SecurityAlert.Deadline(one, number, policy, deciding.Now)));
            }
        }

        intake.Page(deciding, received);
        return Outcome<int>.Of(received.Count);
    }, stop: stop);

    internal SecurityContext ContextOf(HouseState state, Actor actor, Instant now, Func<string> newId) => new()
    {
        Book = state.Get<SecurityBook>(),
        Incidents = state.Get<IncidentBook>(),
        Catalog = manifests.For(state),
        Access = state.Get<AccessState>(),
        Policy = SecurityPolicies.Of(manifests.For(state)),
        Actor = actor,
        Now = now,
        NewId = newId,
    };

    private static void NoteReading(Deciding deciding, SecurityCase one)
    {
        if (IsNew(one, deciding.Actor, deciding.Now)) deciding.Write(StreamOf(one.Id), new CaseRead(one.Id, Circle.Who(deciding.Actor), "read the case"));
    }

    private static bool IsNew(SecurityCase one, Actor actor, Instant now) => !one.Reads.TryGetValue(Circle.Who(actor), out var last) || last + ReadingOnce <= now;

    private SecurityContext ContextOf(Deciding deciding) => ContextOf(deciding.State, deciding.Actor, deciding.Now, deciding.NewId);

    private static Outcome<string> Write(Deciding deciding, Outcome<IReadOnlyList<object>> decided)
    {
        if (!decided.Ok) return Outcome<string>.Failed(decided.Problems);
        var id = "";
        foreach (var happened in decided.Value)
        {
            if (happened is IncidentTold told) deciding.Write(IncidentDesk.StreamOf(told.Id), told);
            else deciding.Write(StreamOf(id = SecurityEventId.Of(happened)), happened);
        }

        return id;
    }
}
