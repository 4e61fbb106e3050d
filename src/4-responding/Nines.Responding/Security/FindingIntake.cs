using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>Takes findings into cases and pages for those that are new, in the commit that decides it.</summary>
public sealed class FindingIntake(AlertRoutes routes)
{
    /// <summary>Opens or joins a case for each finding, and pages once for all that were opened.</summary>
    public void Take(Deciding deciding, SecurityPolicy policy, IEnumerable<Finding> findings)
    {
        var (book, opened) = (deciding.State.Get<SecurityBook>(), new List<ReceivedAlert>());
        foreach (var finding in findings)
        {
            var taken = FindingRules.Take(book, policy, finding, deciding.Now, deciding.NewId);
            foreach (var happened in taken.Events) deciding.Write(SecurityDesk.StreamOf(taken.Case), happened);
            if (taken.Pages) opened.Add(new(SecurityAlert.Opened(taken.Case, taken.Name, policy, deciding.Now)));
            // Further findings see what the earlier ones opened: the state is published after all of them.
            book = SecurityEventId.Fold(book, taken.Events, deciding.Now);
        }

        Page(deciding, opened);
    }

    /// <summary>Raises alerts of the room.</summary>
    public void Page(Deciding deciding, IReadOnlyList<ReceivedAlert> alerts)
    {
        if (alerts.Count == 0) return;
        foreach (var (stream, happened) in Intake.Take(deciding.State.Get<AlertBook>(), routes.For(deciding.State), alerts, deciding.Now, deciding.NewId).Events) deciding.Write(stream, happened);
    }
}
