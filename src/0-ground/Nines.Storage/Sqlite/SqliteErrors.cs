using Nines.Kernel;
using SQLitePCL;

namespace Nines.Storage;

/// <summary>SQLite's result codes as sentences that name the file and the remedy.</summary>
internal static class SqliteErrors
{
    public static StorageException For(int code, string file, string detail) => new((code & 0xff) switch
    {
        raw.SQLITE_FULL => DiskFull(file),
        raw.SQLITE_READONLY => ReadOnly(file),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(file, detail),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{file} is in use by another program that does not let go. End that program; nothing was written.",
        raw.SQLITE_CANTOPEN => $"{file} cannot be opened. Check that its folder exists and that the user who runs Nines may read and write there.",
        raw.SQLITE_IOERR => Unwritable(file, detail),
        raw.SQLITE_NOMEM => $"There is no memory left to work on {file}. Give the process more memory; nothing was written.",
        _ => $"{file}: SQLite answered {code}, {detail}. Nothing was written.",
    });

    public static string DiskFull(string file) =>
        $"The disk that holds {file} is full. Free some space and send it again; nothing acknowledged is lost, nothing of this was written.";

    public static string ReadOnly(string file) =>
        $"{file} is read-only. Give the user who runs Nines the right to write there, or mount the disk writable; nothing was written.";

    public static string Damaged(string file, string detail) =>
        $"{file} is damaged ({detail}). Stop Nines, keep a copy of the folder, and put back the newest backup with \"nines restore\"; nothing was changed.";

    public static string Unwritable(string file, string detail) =>
        $"The disk refused to read or write {file} ({detail}). Check the disk, its quota and its size limit, then send it again; nothing acknowledged is lost, nothing of this was written.";

    public static string Newer(string file, int found, int known) =>
        $"{file} was written by a newer Nines (schema {found}; this one knows {known}). Start that version again, or restore a backup taken before the update; nothing was changed.";
}
