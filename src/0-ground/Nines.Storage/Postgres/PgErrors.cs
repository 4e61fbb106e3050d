using Nines.Kernel;
using Npgsql;

namespace Nines.Storage;

/// <summary>PostgreSQL's refusals as sentences that name the server and the remedy.</summary>
internal static class PgErrors
{
    public static StorageException For(Exception e, string place) => new(
        e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
                $"The disk of {place} is full. Free some space there and send it again; nothing acknowledged is lost, nothing of this was written.",
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } =>
                $"{place} takes no writes: it is a standby, or default_transaction_read_only is on. Name the primary with --postgres; nothing was written.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                $"{place} does not let this user in ({((PostgresException)e).MessageText}). Check user and password in --postgres.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"{place} has no such database. Create it (createdb) or name another one in --postgres.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
                $"{place} refuses: {denied.MessageText}. Let the user create the schema \"nines\" (GRANT CREATE ON DATABASE), or have its owner create it.",
            PostgresException other => $"{place} answered {other.SqlState}, {other.MessageText}. Nothing was written.",
            _ => $"{place} does not answer ({Innermost(e)}). Check that it runs and that --postgres names it; a change that was under way is either whole or not there, so send it again with its idempotency key.",
        },
        e);

    public static string Newer(string place, int found, int known) =>
        $"{place} was written by a newer Nines (schema {found}; this one knows {known}). Start that version again, or restore a backup taken before the update; nothing was changed.";

    public static StorageException FailedOver(string place, int known, int found) => new(
        $"{place} was failed over to a standby (epoch {found}; this node knew {known}), which may lack what this node has read. Restart this node, so that it reads the journal anew; nothing was written.");

    public static StorageException WentBack(string place, long known, long found) => new(
        $"{place} went back from position {known} to {found}: it was restored from an older state. Restart this node, so that it reads the journal anew; nothing was written.");

    private static string Innermost(Exception e) => e.InnerException is null ? e.Message.TrimEnd('.') : Innermost(e.InnerException);
}
