using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Catalog.Access;

/// <summary>Who is erased from the catalog can come in no more: the account, its sessions and invitations end in the same commit.</summary>
public sealed class OnManifestDeleted : Reaction<ManifestDeleted>
{
    /// <inheritdoc />
    protected override void React(ManifestDeleted happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Kind == "Person" && deciding.State.Get<AccessState>() is var state && (state.Accounts.ContainsKey(happened.Name) || state.Invitations.Values.Any(i => i.Person == happened.Name)))
            deciding.Write(AccessFold.OfPerson(happened.Name), new AccountClosed(happened.Name, "erased"));
    }
}
