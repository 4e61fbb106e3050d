using System.Reflection;
using System.Runtime.InteropServices;
using Nines.Kernel;
using SQLitePCL;

namespace Nines.Storage;

/// <summary>
/// Loads the operating system's SQLite. The provider's own name for it (<c>e_sqlite3</c>) is mapped to the system
/// library, so that security fixes come with the system and nothing native is shipped.
/// </summary>
public static class SqliteLibrary
{
    // WAL with RETURNING, VACUUM INTO and strict tables are all there from 3.37 on.
    private const int OldestVersion = 3_037_000;

    private static readonly Lock Gate = new();
    private static bool Loaded;

    /// <summary>The version of the loaded library, such as <c>3.40.1</c>.</summary>
    /// <exception cref="StorageException">No usable library is installed.</exception>
    public static string Version
    {
        get
        {
            Load();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    internal static void Load()
    {
        lock (Gate)
        {
            if (Loaded) return;
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
                raw.SetProvider(new SQLite3Provider_e_sqlite3());
                if (raw.sqlite3_libversion_number() < OldestVersion)
                    throw new StorageException($"The installed SQLite is {raw.sqlite3_libversion().utf8_to_string()}; Nines needs 3.37 or newer. Update the system's SQLite.");
                Loaded = true;
            }
            catch (DllNotFoundException e)
            {
                throw new StorageException($"SQLite is not installed: {Remedy()}", e);
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != "e_sqlite3") return 0;
        foreach (var candidate in Candidates())
            if (NativeLibrary.TryLoad(candidate, out var handle)) return handle;
        return 0;
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["winsqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib", "/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static string Remedy() =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll is part of Windows 10 and newer; this system lacks it."
        : OperatingSystem.IsMacOS() ? "libsqlite3.dylib is part of macOS; this system lacks it."
        : "install the package libsqlite3-0 (Debian, Ubuntu), sqlite-libs (Fedora, RHEL, Alpine) or sqlite (Arch).";
}
