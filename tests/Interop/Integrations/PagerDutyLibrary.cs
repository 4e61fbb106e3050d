using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Integrations;

/// <summary>PagerDuty's own JavaScript library sends events and changes; it speaks https only, so a small proxy stands before the server.</summary>
public sealed class PagerDutyLibrary
{
    [Fact]
    public async Task Events_OfTheLibrary_FireAcknowledgeAndResolve()
    {
        await using var nines = await RunningNines.StartAsync();
        var said = await SendAsync(nines.Address);
        Assert.Equal([202, 202, 202, 202, 400, 202], said.Select(s => s.GetProperty("status").GetInt32()));
        Assert.Equal("pdjs-disk", said[0].GetProperty("body").GetProperty("dedup_key").GetString());
        Assert.Equal(26, said[1].GetProperty("body").GetProperty("dedup_key").GetString()!.Length);
        Assert.Equal(["'payload.source' is missing or blank", "'payload.severity' is missing or blank"], said[4].GetProperty("body").GetProperty("errors").EnumerateArray().Select(e => e.GetString()));
        var alerts = (await nines.GetAsync("/api/v1/alerts")).EnumerateArray().ToDictionary(a => a.GetProperty("title").GetString()!, a => a.GetProperty("state").GetString());
        Assert.Equal(("resolved", "firing"), (alerts["Disk full on db1"], alerts["Without a key"]));
        var change = (await nines.GetAsync("/api/v1/changes"))[0];
        Assert.Equal(("Deploy 1.4.2", "checkout", "1.4.2", "deploy"), (change.GetProperty("title").GetString(), change.GetProperty("service").GetString(), change.GetProperty("version").GetString(), change.GetProperty("kind").GetString()));
    }

    private static async Task<JsonElement[]> SendAsync(Uri nines)
    {
        var folder = Path.Combine(Repository(), "tests", "Interop", "Integrations", "pdjs");
        var scratch = Directory.CreateTempSubdirectory("nines-pdjs-");
        try
        {
            var (certificate, key) = (Path.Combine(scratch.FullName, "cert.pem"), Path.Combine(scratch.FullName, "key.pem"));
            await WriteCertificateAsync(certificate, key);
            if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
                await RunAsync(folder, "npm", [], "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error");
            var said = await RunAsync(folder, "node", [("NODE_EXTRA_CA_CERTS", certificate)], "send.js", nines.ToString(), certificate, key);
            return JsonDocument.Parse(said).RootElement.EnumerateArray().Select(e => e.Clone()).ToArray();
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder, string program, (string Name, string Value)[] environment, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} is missing: install the packages nodejs and npm (./nines test does it).");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)}: {await output} {await error}");
        return await output;
    }

    private static async Task WriteCertificateAsync(string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(key, pair.ExportPkcs8PrivateKeyPem());
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Nines.slnx"))) at = at.Parent;
        return at!.FullName;
    }
}
