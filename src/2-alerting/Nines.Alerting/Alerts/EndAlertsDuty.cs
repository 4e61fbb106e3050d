using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Ends alerts that nobody sent again: their end has come.</summary>
internal sealed class EndAlertsDuty(IHouse house, AlertRoutes routes, AlertLeases leases, TimeProvider clock) : Duty
{
    // Ends of one second are looked at together, because a look goes over all that fires.
    private const long TicksOfASecond = NodaConstants.TicksPerSecond;

    /// <inheritdoc />
    public override string Name => "alerts.end";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        leases.Look(clock.Now());
        return Earlier(state.Get<AlertEnds>().Next, leases.Shortened) is { } next ? Instant.FromUnixTimeTicks((next.ToUnixTimeTicks() + TicksOfASecond - 1) / TicksOfASecond * TicksOfASecond) : null;
    }

    /// <inheritdoc />
    public override Task RunAsync(Instant now, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        var (book, ends) = (deciding.State.Get<AlertBook>(), deciding.State.Get<AlertEnds>());
        var table = routes.For(deciding.State);
        Instant? next = null;
        leases.Checking();
        var over = new List<(Alert Alert, Instant End)>();
        foreach (var (_, alert) in book.All)
        {
            if (!alert.Firing || alert.EndsAt is null) continue;
            if (leases.TryEnd(alert, ends, deciding.Now, out var end)) over.Add((alert, end));
            else next = next is null || end < next ? end : next;
        }

        // The book has no order of its own: the same ends are written in the same order everywhere.
        foreach (var (alert, end) in over.OrderBy(o => o.Alert.Id, StringComparer.Ordinal))
            if (Intake.End(book, table, alert.Labels, end, Reason(alert), deciding.Now) is { } resolved) deciding.Write(resolved.Stream, resolved.Event);
        deciding.Write(Intake.Ends, new AlertEndsChecked(next));
        return Outcome<bool>.Of(true);
    }, stop: stop);

    private static Instant? Earlier(Instant? a, Instant? b) => a is null ? b : b is null ? a : Instant.Min(a.Value, b.Value);

    private string Reason(Alert alert) => alert.TimesOut
        ? $"Its sender did not send it again within {FieldDuration.Format(leases.Timeout)}."
        : "Its sender said that it ends then, and did not send it again.";
}
