using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Escalations;
using Nines.Paging.Notifications;

namespace Nines.Paging.Coverage;

/// <summary>Where the people of a policy's steps come from, for one service. Pure.</summary>
internal sealed class StepSources(ChosenPolicy chosen, string service, ManifestSet all, string cto, string ninesOwner, Func<Person, bool> hasContact)
{
    /// <summary>The sources of a step.</summary>
    public LevelPlan Of(EscalationStep step) => new([
        .. step.Notify.Select(t => Of(t) with { Hours = step.Hours }),
        .. step.Hours is { } hours ? step.Otherwise.Select(t => Of(t) with { Hours = hours, Outside = true }) : []]);

    private LevelSource Of(EscalationTarget target) => target.Kind switch
    {
        TargetKind.Schedule => LevelSource.Of(target.Name),
        TargetKind.Person => LevelSource.Of([target.Name]),
        TargetKind.Team => LevelSource.Of(Team(target.Name)),
        TargetKind.Lead => LevelSource.Of(Lead(target.Name)),
        _ => Role(target.Name),
    };

    private LevelSource Role(string role)
    {
        var entry = service.Length > 0 ? CatalogView.Of(all).Service(service)?.Service : null;
        return role switch
        {
            EscalationRole.Primary => chosen.Primary is { } primary ? LevelSource.Of(primary) : LevelSource.Of(Handles(WhoIsPaged.Owner(service, all, hasContact).People)),
            EscalationRole.Secondary => chosen.Secondary is { } secondary ? LevelSource.Of(secondary) : LevelSource.Of([]),
            EscalationRole.Lead => LevelSource.Of(entry?.OwnerTeam is { } led ? Lead(led) : []),
            EscalationRole.Team => LevelSource.Of(entry?.OwnerTeam is { } team ? Team(team) : entry?.OwnerPerson is { } one ? [one] : []),
            EscalationRole.Cto => LevelSource.Of(cto.Length == 0 ? [] : all.Find<Team>(cto) is not null ? Team(cto) : [cto]),
            _ => LevelSource.Of(Handles(WhoIsPaged.LastResort(all, ninesOwner, hasContact).People)),
        };
    }

    private string[] Team(string name) => all.Find<Team>(name) is { } team
        ? [.. (team.Lead is { } lead ? [lead] : Array.Empty<string>()).Concat(team.Members).Distinct(StringComparer.Ordinal)]
        : [];

    private string[] Lead(string name) => all.Find<Team>(name)?.Lead is { } lead ? [lead] : [];

    private string[] Handles(IReadOnlyList<string> ids) => [.. ids.Select(id => CatalogView.Of(all).PersonById(id)?.Name ?? id)];
}
