using System.Diagnostics;
using Npgsql;

namespace Nines.Tests.Interop.Storage;

/// <summary>
/// A real PostgreSQL in a folder of its own, reached over a socket in that folder; one for the whole run, a database for
/// each test. It never runs as root, so root hands it to the user <c>postgres</c> of the package.
/// </summary>
internal sealed class PostgresServer
{
    private const string CleanUp =
        "while kill -0 $1 2>/dev/null; do sleep 0.5; done; kill -QUIT $(head -1 $2/data/postmaster.pid); sleep 1; rm -rf $2";

    private static readonly Lazy<Task<PostgresServer>> One = new(StartAsync);
    private static int Databases;

    private readonly string _folder;
    private readonly string _binaries;
    private Process _process;

    private PostgresServer(string folder, string binaries, Process process)
    {
        (_folder, _binaries, _process) = (folder, binaries, process);
        // A test run may end without a word to its code, so a shell waits for the end and clears up.
        Process.Start("sh", ["-c", CleanUp, "sh", Environment.ProcessId.ToString(), folder])!.Dispose();
    }

    /// <summary>The server, started at the first need.</summary>
    public static Task<PostgresServer> GetAsync() => One.Value;

    /// <summary>A server of its own, for a test that kills it.</summary>
    public static Task<PostgresServer> StartOwnAsync() => StartAsync();

    /// <summary>A connection to a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "nines" + Interlocked.Increment(ref Databases);
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return Connection(name);
    }

    /// <summary>Kills the server as a power cut would, and starts it again over the same files.</summary>
    public async Task CrashAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process = Serve(_folder, _binaries);
        await WaitUntilReadyAsync();
    }

    private string Connection(string database) => $"Host={_folder};Username=postgres;Database={database};Pooling=true;Maximum Pool Size=20;Timeout=5";

    private static async Task<PostgresServer> StartAsync()
    {
        var binaries = Binaries();
        var folder = Directory.CreateTempSubdirectory("nines-pg-").FullName;
        if (Environment.IsPrivilegedProcess) Run("chown", ["postgres", folder]);
        Run(Unprivileged(Path.Combine(binaries, "initdb"), ["-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "--no-sync"]));
        var server = new PostgresServer(folder, binaries, Serve(folder, binaries));
        await server.WaitUntilReadyAsync();
        return server;
    }

    private static Process Serve(string folder, string binaries)
    {
        var start = Unprivileged(
            Path.Combine(binaries, "postgres"), ["-D", Path.Combine(folder, "data"), "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "logging_collector=on"]);
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var source = NpgsqlDataSource.Create(Connection("postgres"));
                await using var ask = source.CreateCommand("SELECT 1");
                await ask.ExecuteScalarAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(100);
                // A backend that outlives the kill for a moment holds the shared memory, and the server refuses to start beside it.
                if (_process.HasExited) _process = Serve(_folder, _binaries);
            }
        }
    }

    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d))).Select(d => Path.Combine(d, "bin")).First()
            : throw new InvalidOperationException("PostgreSQL is not installed: install the package postgresql (apt-get install postgresql).");

    private static ProcessStartInfo Unprivileged(string program, string[] words) => Environment.IsPrivilegedProcess
        ? new("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. words]) { WorkingDirectory = "/" }
        : new(program, words);

    private static void Run(string program, string[] words) => Run(new ProcessStartInfo(program, words));

    private static void Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {said}");
    }
}
