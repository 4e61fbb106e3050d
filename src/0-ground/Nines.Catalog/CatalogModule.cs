using Nines.Catalog.Cli;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Shell;

namespace Nines.Catalog;

/// <summary>Services, teams, people, and who depends on whom.</summary>
public sealed class CatalogModule : Module
{
    /// <inheritdoc />
    public override string Name => "catalog";

    /// <inheritdoc />
    public override void Register(Registration room) => room
        .Manifest(new ServiceKind())
        .Manifest(new OpenSloServiceKind())
        .Manifest(new TeamKind())
        .Manifest(new PersonKind())
        .Command(new CatalogImportCommand());
}
