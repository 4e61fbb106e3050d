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
        using var database = SqliteDatabase.OpenReader(file);
        Pages(database);
        var head = database.Scalar("SELECT max(position) FROM journal");
        var count = database.Scalar("SELECT count(*) FROM journal");
        if (head != count) throw new StorageException(SqliteErrors.Damaged(file, $"{head - count} positions are missing"));
        var beside = Path.ChangeExtension(file, ".head");
        if (!File.Exists(beside)) return head;
        using var witness = new HeadWitness(beside);
        witness.Check(file, head);
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
