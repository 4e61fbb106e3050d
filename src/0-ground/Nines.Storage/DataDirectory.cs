using System.Globalization;
using System.Text;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// The folder of one node: names of its files, and the lock that keeps a second process out.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    // EROFS of Linux and macOS.
    private const int ReadOnlyMount = 30;

    private readonly FileStream _lock;

    private DataDirectory(string folder, FileStream locked)
    {
        Folder = folder;
        _lock = locked;
    }

    /// <summary>The full path.</summary>
    public string Folder { get; }

    /// <summary>The journal's file in a folder.</summary>
    public static string JournalFile(string folder) => Path.Combine(folder, "journal.db");

    /// <summary>The signals' file in a folder.</summary>
    public static string SignalsFile(string folder) => Path.Combine(folder, "signals.db");

    /// <summary>The folder of the signal log's segments in a folder.</summary>
    public static string SignalLogFolder(string folder) => Path.Combine(folder, "signals.log");

    /// <summary>The file of people's keys in a folder.</summary>
    public static string KeysFile(string folder) => Path.Combine(folder, "keys.db");

    /// <summary>The lock file in a folder.</summary>
    public static string LockFile(string folder) => Path.Combine(folder, "nines.lock");

    /// <summary>Makes the folder when it is new, and locks it for this process.</summary>
    /// <exception cref="StorageException">Another process works on it, or it cannot be written.</exception>
    public static DataDirectory Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        var file = LockFile(folder);
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var locked = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            locked.SetLength(0);
            locked.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            locked.Flush();
            return new(folder, locked);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: ReadOnlyMount })
        {
            throw new StorageException($"{folder} cannot be written. Give the user who runs Nines the right to write there, or name another folder with --data.", e);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new StorageException($"Another Nines works on {folder}. End it first, or give this one a folder of its own with --data.", e);
        }
        catch (IOException e)
        {
            throw new StorageException($"{folder} cannot be used as data folder ({e.Message}). Name another one with --data.", e);
        }
    }

    /// <summary>
    /// Only the owner may read what is kept here (people's keys among it), also in a folder that was there before and
    /// is open to others. SQLite gives its side files the rights of the database.
    /// </summary>
    /// <exception cref="StorageException">The files belong to somebody else.</exception>
    internal void CloseToOthers()
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            if (Directory.Exists(SignalLogFolder(Folder))) File.SetUnixFileMode(SignalLogFolder(Folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in Directory.EnumerateFiles(Folder).Where(IsOurs)) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StorageException($"{Folder} holds files of another user ({e.Message}). Give them to the user who runs Nines.", e);
        }
    }

    private static bool IsOurs(string file) => Path.GetFileName(file) is var name
        && (name.StartsWith("journal.", StringComparison.Ordinal) || name.StartsWith("signals.", StringComparison.Ordinal)
            || name.StartsWith("keys.", StringComparison.Ordinal) || name == "nines.lock");

    /// <summary>Lets go.</summary>
    public void Dispose() => _lock.Dispose();
}
