using Nines.Kernel;
using SQLitePCL;

namespace Nines.Storage;

/// <summary>
/// One connection to one SQLite file. Not safe for two callers at a time: its owner serialises, so SQLite's own
/// mutexes are off.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteDatabase(sqlite3 handle, string file)
    {
        _handle = handle;
        File = file;
    }

    /// <summary>The path, as messages name it.</summary>
    public string File { get; }

    /// <summary>Opens for reading and writing in WAL mode, created when new, each commit flushed to the disk.</summary>
    public static SqliteDatabase OpenWriter(string file) => Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA wal_autocheckpoint=0;
        PRAGMA journal_size_limit=67108864;
        PRAGMA temp_store=MEMORY;
        """);

    /// <summary>Opens a second connection that only moves pages from the write-ahead log into the file.</summary>
    public static SqliteDatabase OpenCheckpointer(string file) =>
        Open(file, raw.SQLITE_OPEN_READWRITE, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;");

    /// <summary>Opens for reading only.</summary>
    public static SqliteDatabase OpenReader(string file) => Open(file, raw.SQLITE_OPEN_READONLY, "PRAGMA query_only=ON;");

    /// <summary>Opens for copying the whole into another file.</summary>
    public static SqliteDatabase OpenCopier(string file) => Open(file, raw.SQLITE_OPEN_READWRITE, "PRAGMA wal_autocheckpoint=0;");

    /// <summary>Opens a small file whose deleted rows must not remain readable: overwritten, and without a WAL.</summary>
    public static SqliteDatabase OpenErasable(string file) => Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, """
        PRAGMA secure_delete=ON;
        PRAGMA journal_mode=DELETE;
        PRAGMA synchronous=FULL;
        """);

    private static SqliteDatabase Open(string file, int flags, string pragmas)
    {
        SqliteLibrary.Load();
        var code = raw.sqlite3_open_v2(file, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(handle, file);
        if (code != raw.SQLITE_OK)
        {
            database.Dispose();
            throw SqliteErrors.For(code, file, "open failed");
        }

        try
        {
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, 5_000);
            // Before anything is set: a newer file stays as it is. SQLite itself falls back to reading without a word.
            SqliteSchema.Check(database);
            if ((flags & raw.SQLITE_OPEN_READWRITE) != 0 && raw.sqlite3_db_readonly(handle, "main") == 1) throw database.Error(raw.SQLITE_READONLY);
            database.Execute(pragmas);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK) throw Error(code);
    }

    /// <summary>Prepares a statement that lives as long as this connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_handle, sql, out var handle);
        if (code != raw.SQLITE_OK) throw Error(code);
        var statement = new SqliteStatement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The first column of the first row, or 0.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>The first column of the first row as text, or null.</summary>
    public string? Text(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : null;
    }

    /// <summary>Undoes what a failed commit left open; never throws, because the first error is the one to tell.</summary>
    public void Rollback() => _ = raw.sqlite3_exec(_handle, "ROLLBACK");

    /// <summary>Moves what it can from the write-ahead log into the file, without waiting for readers or the writer.</summary>
    /// <returns>Pages in the log, and how many of them are in the file now.</returns>
    public (int Pages, int Moved) Checkpoint(bool truncate = false)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(
            _handle, "main", truncate ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out var moved);
        if (code is raw.SQLITE_OK or raw.SQLITE_BUSY) return (pages, moved);
        throw Error(code);
    }

    public StorageException Error(int code) => SqliteErrors.For(code, File, raw.sqlite3_errmsg(_handle).utf8_to_string());

    internal void Forget(SqliteStatement statement) => _statements.Remove(statement);

    public void Dispose()
    {
        foreach (var statement in _statements.ToArray()) statement.Dispose();
        _handle.Dispose();
    }
}
