using System.Runtime.CompilerServices;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Reminds of deadlines of the law: at half of their time, twelve hours and two hours before, and when they are over.</summary>
internal sealed class BreachReminderDuty(CompiledManifests manifests, SecurityDesk desk) : Duty
{
    private readonly ConditionalWeakTable<SecurityBook, Tuple<SecurityPolicy, Instant?>> _due = [];

    /// <inheritdoc />
    public override string Name => "security.remind";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var (book, policy) = (state.Get<SecurityBook>(), SecurityPolicies.Of(manifests.For(state)));
        if (book.All.Count == 0) return null;
        if (_due.TryGetValue(book, out var known) && ReferenceEquals(known.Item1, policy)) return known.Item2;
        // Until when something runs does not change while time passes: overdue is a reminder like the others.
        var due = book.All.Values.SelectMany(c => BreachClock.Of(c, policy, c.OpenedAt).Select(s => BreachClock.NextReminder(c, s))).Min();
        _due.AddOrUpdate(book, Tuple.Create(policy, due));
        return due;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => desk.RemindAsync(Actor.Duty(Name), stop);
}
