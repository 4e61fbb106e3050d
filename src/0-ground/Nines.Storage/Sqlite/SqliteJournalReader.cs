using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>One reading connection on the journal with its prepared statements.</summary>
internal sealed class SqliteJournalReader : IDisposable
{
    private const string Columns = "position, stream, version, type, at, actor, cause, key, data";

    private readonly SqliteDatabase _database;
    private readonly NameMap<StreamName> _streams;
    private readonly NameMap<string> _types;
    private readonly SqliteStatement _page;
    private readonly SqliteStatement _streamPage;
    private readonly SqliteStatement _one;
    private readonly SqliteStatement _at;
    private readonly SqliteStatement _snapshot;

    public SqliteJournalReader(string file, NameMap<StreamName> streams, NameMap<string> types)
    {
        _database = SqliteDatabase.OpenReader(file);
        (_streams, _types) = (streams, types);
        _page = _database.Prepare($"SELECT {Columns} FROM journal WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3");
        _streamPage = _database.Prepare($"SELECT {Columns} FROM journal WHERE stream = ?1 AND version > ?2 ORDER BY version LIMIT ?3");
        _one = _database.Prepare($"SELECT {Columns} FROM journal WHERE position = ?1");
        _at = _database.Prepare("SELECT at FROM journal WHERE position = ?1");
        _snapshot = _database.Prepare(
            "SELECT position, at, data FROM snapshots WHERE room = ?1 AND fold = ?2 AND position <= ?3 ORDER BY position DESC LIMIT 1");
    }

    public void Page(long after, long upTo, int most, List<JournalEntry> into) =>
        ReadAll(_page.Bind(1, after).Bind(2, upTo).Bind(3, most), into);

    public void StreamPage(int stream, long afterVersion, int most, List<JournalEntry> into) =>
        ReadAll(_streamPage.Bind(1, stream).Bind(2, afterVersion).Bind(3, most), into);

    public void At(long position, List<JournalEntry> into) => ReadAll(_one.Bind(1, position), into);

    /// <summary>When the entry at a position was decided, in ticks; the position exists.</summary>
    public long TicksAt(long position)
    {
        _at.Bind(1, position);
        var ticks = _at.Step() ? _at.Long(0) : 0;
        _at.Reset();
        return ticks;
    }

    public JournalSnapshot? Snapshot(string room, int foldVersion, long atOrBefore)
    {
        _snapshot.Bind(1, room).Bind(2, foldVersion).Bind(3, atOrBefore);
        var found = _snapshot.Step()
            ? new JournalSnapshot(room, foldVersion, _snapshot.Long(0), Instant.FromUnixTimeTicks(_snapshot.Long(1)), _snapshot.Blob(2).ToArray())
            : null;
        _snapshot.Reset();
        return found;
    }

    private void ReadAll(SqliteStatement rows, List<JournalEntry> into)
    {
        try
        {
            while (rows.Step())
            {
                into.Add(new(
                    rows.Long(0), _streams.Name((int)rows.Long(1)), rows.Long(2), _types.Name((int)rows.Long(3)),
                    Instant.FromUnixTimeTicks(rows.Long(4)), rows.Text(5)!, rows.Long(6), rows.Text(7), rows.Blob(8).ToArray()));
            }
        }
        finally
        {
            rows.Reset();
        }
    }

    public void Dispose() => _database.Dispose();
}
