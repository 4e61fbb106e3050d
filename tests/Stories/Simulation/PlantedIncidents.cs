using Microsoft.Extensions.DependencyInjection;
using Nines.Host.Simulation;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Tests.Stories.Simulation;

/// <summary>What can go wrong with incidents.</summary>
internal static partial class Planted
{
    /// <summary>Who has which role is lost with each restart.</summary>
    public static void RolesLostOnRestart(IServiceCollection services) => Replace<IncidentBook>(services, new ForgetsRoles());

    /// <summary>When the next check-in is due is remembered in memory only.</summary>
    public static void CheckInTimerInMemory(IServiceCollection services) => services.AddSingleton<Duty, ForgetfulCheckIns>();

    /// <summary>A correction takes the place of what it corrects.</summary>
    public static void CorrectionRewritesTheTimeline(IServiceCollection services) => Replace<IncidentBook>(services, new Rewrites());

    /// <summary>The number of the newest incident is free again once that is over.</summary>
    public static void NumberReused(IServiceCollection services) => Replace<IncidentBook>(services, new ReusesNumbers());

    /// <summary>Two take command at once, and both have it.</summary>
    public static void TwoCommanders(IServiceCollection services) => Replace<IncidentBook>(services, new KeepsBoth());

    /// <summary>Somebody checks in, and the page that nobody did rings on.</summary>
    public static void CheckInEndsNoPage(IServiceCollection services) => Remove(services, d => d.ImplementationType == typeof(OnCheckedIn));

    /// <summary>A further page of an incident's service does not join it.</summary>
    public static void FurtherPageForgotten(IServiceCollection services) => Remove(services, d => d.ImplementationType == typeof(OnPageOpened));

    /// <summary>A minute of which nothing is known counts as a good one.</summary>
    public static void UnknownCountsAsClean(IServiceCollection services) =>
        services.AddSingleton<ImpactReading>(s => new Optimist(s.GetRequiredService<ObjectiveQueries>(), s.GetRequiredService<SimMinutes>()));
}

file sealed class ForgetsRoles() : Altered<IncidentBook>(new IncidentBookFold())
{
    public override IncidentBook Load(ReadOnlyMemory<byte> data) =>
        base.Load(data) is var book ? book with { All = book.All.SetItems(book.All.Select(i => KeyValuePair.Create(i.Key, i.Value with { Roles = [] }))) } : book;
}

file sealed class ForgetfulCheckIns(CheckInDuty real) : Duty
{
    private HashSet<(string, Instant)>? _forgotten;

    public override string Name => real.Name;

    public override Instant? NextDue(HouseState state)
    {
        var open = state.Get<IncidentBook>().Open.ToArray();
        _forgotten ??= [.. open.Select(i => (i.Id, i.CheckedInAt))];
        return Array.Exists(open, i => !_forgotten.Contains((i.Id, i.CheckedInAt))) ? real.NextDue(state) : null;
    }

    public override Task RunAsync(Instant now, CancellationToken stop) => real.RunAsync(now, stop);
}

file sealed class Rewrites() : Altered<IncidentBook>(new IncidentBookFold())
{
    public override IncidentBook Apply(IncidentBook state, in Recorded happened)
    {
        var next = base.Apply(state, happened);
        if (happened.Event is not IncidentNoted { Corrects.Length: > 0 } note) return next;
        var incident = next.All[note.Id];
        return next with { All = next.All.SetItem(note.Id, incident with { Timeline = incident.Timeline.RemoveAll(l => l.Id == note.Corrects) }) };
    }
}

file sealed class ReusesNumbers() : Altered<IncidentBook>(new IncidentBookFold())
{
    public override IncidentBook Apply(IncidentBook state, in Recorded happened) =>
        base.Apply(state, happened) is var next && happened.Event is IncidentMerged or IncidentResolved ? next with { Numbers = next.Open.Select(i => i.Number).DefaultIfEmpty().Max() } : next;
}

file sealed class KeepsBoth() : Altered<IncidentBook>(new IncidentBookFold())
{
    public override IncidentBook Apply(IncidentBook state, in Recorded happened)
    {
        var next = base.Apply(state, happened);
        if (happened.Event is not RoleTaken { Role: IncidentRole.Commander } taken) return next;
        var since = happened.Entry.At - Duration.FromSeconds(5);
        var before = state.All[taken.Id].Roles.Where(r => r.Role == IncidentRole.Commander && r.Since > since);
        return next with { All = next.All.SetItem(taken.Id, next.All[taken.Id] with { Roles = next.All[taken.Id].Roles.AddRange(before) }) };
    }
}

file sealed class Optimist(ObjectiveQueries objectives, SimMinutes minutes) : ImpactReading(objectives)
{
    public override IReadOnlyList<MeasuredImpact> Of(IReadOnlyCollection<string> services, Instant detected, Instant until) =>
        [.. minutes.Read(services, detected, until).Select(m => m with { CleanMinutes = (int)(until - m.Until).TotalMinutes })];
}
