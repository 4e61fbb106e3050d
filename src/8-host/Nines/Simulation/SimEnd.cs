using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Learning.Postmortems;
using Nines.Paging.Notifications;

namespace Nines.Host.Simulation;

/// <summary>What must hold when everything works again and nothing fires any more.</summary>
internal static class SimEnd
{
    public static void Check(SimWorld world)
    {
        if (!world.Up)
        {
            world.Ledger.Break(Broken.Failed, "The house is not up in the end.");
            return;
        }

        var state = world.Process.State;
        if (state.Get<AlertBook>().All.Values.FirstOrDefault(a => a.Firing && !IsOwed(state, a)) is { } alert) world.Ledger.Break(Broken.Lost, $"The alert {alert.Id} {alert.Labels} fires in the end, though its sender said that it is over.");
        if (state.Get<PageBook>().All.Values.FirstOrDefault(p => p.EndedAt is null && !p.Alerts.TrueForAll(a => state.Get<AlertBook>().All.GetValueOrDefault(a) is { } of && IsOwed(state, of))) is { } page) world.Ledger.Break(Broken.Lost, $"The page {page.Id} is open in the end, though nothing of it fires.");
        // What was intended in the last minutes may still be under way (a digest of the morning).
        var since = world.Clock.Wall - NodaTime.Duration.FromMinutes(5);
        if (state.Get<Outbox>().Pending.Values.FirstOrDefault(e => e.IntendedAt < since && e.After is null) is { } effect) world.Ledger.Break(Broken.Lost, $"The message {effect.Id} to {effect.Target} is neither sent nor given up in the end.");
    }

    // Nobody in these worlds writes postmortems: what is owed is rightly said, and only while it is.
    private static bool IsOwed(HouseState state, Alert alert) =>
        alert.Source == OverduePostmortem.Source && state.Get<PostmortemBook>().Find(alert.Labels["postmortem"] ?? "") is { Open: true, Overdue: true };
}
