using Nines.Kernel;

namespace Nines.Storage;

/// <summary>The operating system's refusals as sentences that name the file and the remedy.</summary>
internal static class FileErrors
{
    // ENOSPC and EDQUOT of Linux and macOS in their HResult, ERROR_DISK_FULL of Windows.
    private const int NoSpace = 28;

    // EROFS of both.
    private const int ReadOnlyMount = 30;
    private const int OverQuotaLinux = 122;
    private const int OverQuotaMac = 69;
    private const int DiskFullWindows = unchecked((int)0x80070070);

    public static StorageException For(Exception e, string file)
    {
        if (e is UnauthorizedAccessException or IOException { HResult: ReadOnlyMount }) return new(SqliteErrors.ReadOnly(file), e);
        return e.HResult is NoSpace or OverQuotaLinux or OverQuotaMac or DiskFullWindows
            ? new(SqliteErrors.DiskFull(file), e)
            : new(SqliteErrors.Unwritable(file, e.Message), e);
    }
}
