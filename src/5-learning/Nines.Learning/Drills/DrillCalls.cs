using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using Nines.Paging.Shadowing;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>
/// Lets something come, and calls those who are on call in the drill over their own contacts. It goes past alerts and
/// pages: no route, no escalation, no figure ever sees it, and nobody else is called.
/// </summary>
public sealed class DrillCalls(CompiledManifests manifests, IContactBook contacts, IOptions<NotificationsOptions> options)
{
    /// <summary>Every title that leaves for a drill begins with this.</summary>
    public const string Label = "DRILL";

    // A call of ten minutes ago says nothing about who reacts.
    private static readonly Duration Patience = Duration.FromMinutes(10);

    /// <summary>Writes that it came, and the calls about it, in one commit.</summary>
    /// <param name="deciding">Where it is written.</param>
    /// <param name="run">The drill.</param>
    /// <param name="inject">What comes.</param>
    /// <param name="by">Whoever lets it come early; empty for the clock.</param>
    public void Come(Deciding deciding, DrillRun run, DrillInject inject, string by)
    {
        var effects = new List<(OutboxIntended Effect, string Person)>();
        // In shadow mode nothing leaves for people.
        if (inject.Pages && ShadowModes.Of(manifests.For(deciding.State), run.Start.Service) is null)
        {
            var message = JsonSerializer.SerializeToElement(Message(run, inject, deciding.Now, deciding.NewId()), HouseJson.Options);
            foreach (var person in run.Start.People.Where(p => p.Role == DrillRole.OnCall))
                foreach (var contact in Ways(contacts.Of(deciding.State, person.Person)))
                    effects.Add((new(deciding.NewId(), contact.Kind, contact.Name, $"drill/{run.Id}", message, null, Patience), person.Person));
        }

        deciding.Write(DrillDesk.StreamOf(run.Id), new DrillInjected(run.Id, inject.Key, [.. effects.Select(e => new DrillCall(e.Effect.Id, e.Person))], by));
        foreach (var (effect, _) in effects) deciding.Write(Outbox.StreamOf(effect.Id), effect);
    }

    // What proved to be theirs, where anything did.
    private static Contact[] Ways(IReadOnlyList<Contact> all) => all.Any(c => c.Verified) ? [.. all.Where(c => c.Verified)] : [.. all];

    private ChannelMessage Message(DrillRun run, DrillInject inject, Instant now, string page)
    {
        var url = $"{options.Value.PublicUrl.TrimEnd('/')}/drills/runs/{run.Id}";
        var text = $"{Label}: {(run.Start.Service.Length > 0 ? run.Start.Service + ": " : "")}{inject.Text}";
        var alert = new MessageAlert(
            page, "firing", $"{Label}: {inject.Text}", "An exercise: nothing is broken.", now, null,
            AlertLabels.Of(("alertname", inject.Name), ("drill", "true"), ("service", run.Start.Service)), null,
            System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("drill", url));
        return new(
            MessageEvent.Opened, page, url, AlertSeverity.Page, run.Start.Service, text.Length > 160 ? text[..157] + "..." : text, now,
            $"You are on call in {run.Name}, a drill: {run.Start.Title}. Nothing is broken. Take it on at {url}.", true, [alert]);
    }
}
