using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Access;

/// <summary>
/// The one-time token that opens set-up: made at the start of a server without accounts (or with <c>--recover</c>), told
/// to whoever started it and kept in the data folder, readable by its owner only; gone once used, and with the server.
/// </summary>
public sealed class SetupToken(ServingMode mode, IHouse house) : IRoomLife
{
    private string? _token;

    /// <summary>The token's file in a data folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "setup.token");

    /// <summary>The token while it counts; null otherwise.</summary>
    public string? Now => mode.Recover || house.State.Get<AccessState>().Accounts.IsEmpty ? _token : null;

    /// <summary>True where it may also replace a forgotten password.</summary>
    public bool Recovers => mode.Recover && !house.State.Get<AccessState>().Accounts.IsEmpty;

    /// <summary>True for the token while it counts.</summary>
    public bool Fits(string? given) => Now is { } token && given is { Length: > 0 } && Secrets.Same(token, given);

    /// <summary>Makes it, where set-up is open.</summary>
    public Task StartAsync(CancellationToken stop)
    {
        if (mode.Open || (!mode.Recover && !house.State.Get<AccessState>().Accounts.IsEmpty)) return Task.CompletedTask;
        _token = Secrets.New();
        if (mode.Folder is not { } folder) return Task.CompletedTask;
        Directory.CreateDirectory(folder);
        File.Delete(FileIn(folder));
        var rights = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) rights.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(FileIn(folder), rights);
        file.WriteLine(_token);
        return Task.CompletedTask;
    }

    /// <summary>It was used.</summary>
    public void End()
    {
        _token = null;
        if (mode.Folder is { } folder) File.Delete(FileIn(folder));
    }

    /// <summary>Takes it along.</summary>
    public Task StopAsync(CancellationToken stop)
    {
        if (_token is not null) End();
        return Task.CompletedTask;
    }
}
