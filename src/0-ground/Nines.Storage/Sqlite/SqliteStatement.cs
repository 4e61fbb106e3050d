using SQLitePCL;

namespace Nines.Storage;

/// <summary>A prepared statement, used again and again: bind, step, read columns, reset.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private bool _disposed;

    public SqliteStatement Bind(int at, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, at, value));
        return this;
    }

    public SqliteStatement Bind(int at, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(handle, at) : raw.sqlite3_bind_text(handle, at, value));
        return this;
    }

    public SqliteStatement Bind(int at, ReadOnlySpan<byte> value)
    {
        // An empty span has no address; SQLite would take it for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, at, 0) : raw.sqlite3_bind_blob(handle, at, value));
        return this;
    }

    /// <summary>The next row; false at the end, after which the statement is reset for the next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(handle);
        return code == raw.SQLITE_DONE ? false : throw database.Error(code);
    }

    /// <summary>Runs a statement that answers no rows.</summary>
    public void Run()
    {
        while (Step())
        {
            // A RETURNING or PRAGMA row is of no interest here.
        }
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public string? Text(int column) =>
        raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>The column's bytes; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw database.Error(code);
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        database.Forget(this);
        handle.Dispose();
    }
}
