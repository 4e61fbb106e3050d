using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Reads an embedded store through and says whether it is whole; changes nothing.</summary>
internal static class StoreCheck
{
    /// <summary>Checks all files of a folder.</summary>
    /// <returns>The journal's head, the signals' checkpoint, and the newest body in the log.</returns>
    /// <exception cref="StorageException">Something is damaged or newer.</exception>
    public static (long Journal, long Checkpoint, long Signals) Whole(string folder)
    {
        var journal = Journal(DataDirectory.JournalFile(folder));
        var checkpoint = Database(DataDirectory.SignalsFile(folder), "SELECT position FROM checkpoint");
        Database(DataDirectory.KeysFile(folder), "SELECT count(*) FROM keys");
        var log = DataDirectory.SignalLogFolder(folder);
        var segments = Directory.Exists(log) ? SegmentScan.Read(log, checkpoint) : [];
        return (journal, checkpoint, Math.Max(checkpoint, segments.Count == 0 ? 0 : segments[^1].Last));
    }

    /// <summary>Checks the journal: pages, order without gaps, and the witness beside it.</summary>
    public static long Journal(string file)
    {
        // First: a server that works on it may append meanwhile, and must not look damaged for that.
        var beside = Path.ChangeExtension(file, ".head");
        var known = HeadWitness.KnownIn(beside);
        using var database = SqliteDatabase.OpenReader(file);
        Pages(database);
        // One question, so that both figures are of one moment.
        var missing = database.Scalar("SELECT coalesce(max(position), 0) - count(*) FROM journal");
        if (missing != 0) throw new StorageException(SqliteErrors.Damaged(file, $"{missing} positions are missing"));
        var head = database.Scalar("SELECT max(position) FROM journal");
        HeadWitness.Compare(file, beside, known, head);
        return head;
    }

    /// <summary>Checks another database of the store and answers one number from it; 0 where the file is not there.</summary>
    public static long Database(string file, string question)
    {
        if (!File.Exists(file)) return 0;
        using var database = SqliteDatabase.OpenReader(file);
        Pages(database);
        return database.Scalar(question);
    }

    private static void Pages(SqliteDatabase database)
    {
        SqliteSchema.Check(database);
        if (database.Text("PRAGMA quick_check(1)") is { } found and not "ok") throw new StorageException(SqliteErrors.Damaged(database.File, found));
    }
}
