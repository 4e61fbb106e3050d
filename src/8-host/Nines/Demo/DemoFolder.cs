using System.Security.Cryptography;
using System.Text.Json;

namespace Nines.Host.Demo;

/// <summary>
/// What the demo itself keeps beside Nines' data: the sockets of the shop, so that a restarted shop is the same target;
/// the webhook's secret; the pages received.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly string _folder;
    private readonly bool _temporary;

    private DemoFolder(string data, bool temporary)
    {
        (Data, _temporary) = (data, temporary);
        _folder = Path.Combine(data, "demo");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>The data folder of Nines.</summary>
    public string Data { get; }

    public string SecretFile => Path.Combine(_folder, "webhook-secret");

    public string PagesFile => Path.Combine(_folder, "pages.jsonl");

    private string PortsFile => Path.Combine(_folder, "ports.json");

    public static DemoFolder Open(string? data) => data is null
        ? new(Directory.CreateTempSubdirectory("nines-demo-").FullName, temporary: true)
        : new(Path.GetFullPath(data), temporary: false);

    /// <summary>Sockets of an earlier run by name; empty at the first.</summary>
    public async Task<Dictionary<string, int>> ReadPortsAsync(CancellationToken stop)
    {
        if (!File.Exists(PortsFile)) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, int>>(await File.ReadAllTextAsync(PortsFile, stop)) ?? [];
        }
        catch (JsonException)
        {
            // Torn by a kill: any free sockets will do.
            return [];
        }
    }

    public Task KeepPortsAsync(IReadOnlyDictionary<string, int> ports, CancellationToken stop) =>
        File.WriteAllTextAsync(PortsFile, JsonSerializer.Serialize(ports), stop);

    /// <summary>The key that page calls are signed with, made once.</summary>
    public async Task<string> SecretAsync(CancellationToken stop)
    {
        if (File.Exists(SecretFile) && await File.ReadAllTextAsync(SecretFile, stop) is { Length: > 0 } kept) return kept;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(SecretFile, secret, stop);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(SecretFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return secret;
    }

    public void Dispose()
    {
        if (_temporary) Directory.Delete(Data, recursive: true);
    }
}
