using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>Snapshots beside the journal: the newest of each day stays, so that time travel folds a day at most.</summary>
internal static class SqliteSnapshots
{
    public static void Save(SqliteDatabase database, JournalSnapshot snapshot)
    {
        var day = Instant.FromUnixTimeTicks(snapshot.At.ToUnixTimeTicks() / NodaConstants.TicksPerDay * NodaConstants.TicksPerDay);
        using var thin = database.Prepare("DELETE FROM snapshots WHERE room = ?1 AND fold = ?2 AND position < ?3 AND at >= ?4");
        thin.Bind(1, snapshot.Room).Bind(2, snapshot.FoldVersion).Bind(3, snapshot.Position).Bind(4, day.ToUnixTimeTicks()).Run();
        using var save = database.Prepare("INSERT OR REPLACE INTO snapshots VALUES(?1, ?2, ?3, ?4, ?5)");
        save.Bind(1, snapshot.Room).Bind(2, snapshot.FoldVersion).Bind(3, snapshot.Position).Bind(4, snapshot.At.ToUnixTimeTicks())
            .Bind(5, snapshot.Data.Span).Run();
    }
}
