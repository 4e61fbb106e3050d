using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Escalations;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>What a page is decided from.</summary>
public sealed record PageContext
{
    /// <summary>The pages so far.</summary>
    public required PageBook Pages { get; init; }

    /// <summary>All alerts.</summary>
    public required AlertBook Alerts { get; init; }

    /// <summary>A person's contacts, by id.</summary>
    public required Func<string, IReadOnlyList<Contact>> ContactsOf { get; init; }

    /// <summary>Services, teams, people and who is on call.</summary>
    public required EscalationWorld World { get; init; }

    /// <summary>When.</summary>
    public required Instant Now { get; init; }

    /// <summary>Makes ids.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>Where this server is reached, without a slash at the end.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>By when a message must have come how far.</summary>
    public ProofDeadlines Proof { get; init; } = ProofDeadlines.Shipped;

    /// <summary>Until when a silence holds an alert back; null where none does.</summary>
    public Func<Alert, Instant?> SilencedUntil { get; init; } = _ => null;

    /// <summary>The shadow mode of a service: nothing about it leaves the house; empty where people are called.</summary>
    public Func<string, string> ShadowOf { get; init; } = _ => "";

    /// <summary>The path of the page with an alert's runbook; null where nobody wrote one.</summary>
    public Func<Alert, string?> RunbookOf { get; init; } = _ => null;

    /// <summary>The person whom events name by that id; null once they are gone.</summary>
    public Person? PersonOf(string id) => CatalogView.Of(World.Catalog).PersonById(id);

    /// <summary>A person's handle; the id of somebody who is gone, or a door's word.</summary>
    public string NameOf(string id) => PersonOf(id)?.Name ?? id;

    /// <summary>The alerts of a page that are still known, what fires first.</summary>
    public IReadOnlyList<Alert> AlertsOf(Page page) => [.. page.Alerts.Select(id => Alerts.All.GetValueOrDefault(id)).OfType<Alert>().OrderByDescending(a => a.Firing)];
}

/// <summary>By when a message must have come how far, counted from the decision to send it.</summary>
/// <param name="Attempted">First try over.</param>
/// <param name="Accepted">Taken by the provider.</param>
/// <param name="Delivered">On the device.</param>
/// <param name="Seen">Opened.</param>
public sealed record ProofDeadlines(Duration Attempted, Duration Accepted, Duration Delivered, Duration Seen)
{
    /// <summary>A try may take ten seconds; a provider twenty, a device half a minute, a sleeper two minutes.</summary>
    public static ProofDeadlines Shipped { get; } = new(Duration.FromSeconds(15), Duration.FromSeconds(20), Duration.FromSeconds(45), Duration.FromMinutes(2));

    /// <summary>The deadlines of a message; a stage that its way out cannot prove has none.</summary>
    public StageDeadlines Of(string kind, Instant now)
    {
        var traits = ChannelTraits.Of(kind);
        return new(now + Attempted, now + Accepted, traits.ProvesDelivered ? now + Delivered : null, traits.ProvesSeen ? now + Seen : null);
    }
}

/// <summary>What a rule decided, in order.</summary>
public sealed class PageEvents : List<(StreamName Stream, object Event)>
{
    /// <summary>Adds an event of a page.</summary>
    public PageEvents Write(string page, object happened)
    {
        Add((PageIntents.StreamOf(page), happened));
        return this;
    }
}
