using System.CommandLine;
using System.Security.Cryptography;
using Nines.Kernel;
using Nines.Responding.Security.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security evidence add</c>: what is small is sent, of what is large the hash is made here.</summary>
internal sealed class EvidenceAddCommand : AskCommand<SecurityView>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly Argument<string> _file = new("file") { Description = "The file" };
    private readonly Option<string> _note = new("--note") { Description = "What it shows", Required = true };
    private readonly Option<string> _from = new("--from") { Description = "Where it comes from", DefaultValueFactory = _ => "" };
    private readonly Option<string> _where = new("--where") { Description = "Where a file above 1 MiB lies, which the house does not keep", DefaultValueFactory = _ => "" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves", DefaultValueFactory = _ => "" };

    /// <inheritdoc />
    public override string Path => "security evidence add";

    /// <inheritdoc />
    public override string Summary => "Takes a file in as evidence, with its hash; up to 1 MiB the house keeps it.";

    /// <inheritdoc />
    public override string Example => "nines security evidence add SEC-1 auth.log --note \"Sign-ins of the night\" --from web-3";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_note, _from, _where, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<SecurityView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var (path, door) = (parse.GetValue(_file)!, $"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/evidence");
        var (note, from, where, by) = (parse.GetValue(_note)!, parse.GetValue(_from)!, parse.GetValue(_where)!, parse.GetValue(_by)!);
        if (!File.Exists(path)) return Problem.NotFound($"There is no file {path}.", "Name one that can be read.", "file");
        var name = System.IO.Path.GetFileName(path);
        var size = new FileInfo(path).Length;
        if (size <= EvidenceRules.LargestKept)
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path, run.Stop));
            content.Headers.ContentType = new("application/octet-stream");
            var query = $"?name={Uri.EscapeDataString(name)}&note={Uri.EscapeDataString(note)}&from={Uri.EscapeDataString(from)}&where={Uri.EscapeDataString(where)}&by={Uri.EscapeDataString(by)}";
            return await run.Server.SendAsync<SecurityView>(new(HttpMethod.Post, door + query) { Content = content }, run.Stop);
        }

        var hash = await EvidenceVerifyCommand.HashAsync(path, run.Stop);
        return await run.Server.PostAsync<SecurityView>(door + "/recorded", new EvidenceDoor.Elsewhere(name, size, hash, where.Length > 0 ? where : System.IO.Path.GetFullPath(path), from, note, by), run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SecurityView answer, CommandRun run) => SecurityScreenWords.Evidence(answer, run.Screen);
}

/// <summary><c>nines security evidence list</c>.</summary>
internal sealed class EvidenceListCommand : AskCommand<SecurityView>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "security evidence list";

    /// <inheritdoc />
    public override string Summary => "Lists the evidence of a case with its hashes and through whose hands it went.";

    /// <inheritdoc />
    public override string Example => "nines security evidence list SEC-1";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_case);

    /// <inheritdoc />
    protected override Task<Outcome<SecurityView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<SecurityView>($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(SecurityView answer, CommandRun run)
    {
        if (answer.Evidence.Count == 0) run.Screen.WriteLine("No evidence.");
        SecurityScreenWords.Evidence(answer, run.Screen);
    }
}

/// <summary><c>nines security evidence verify</c>.</summary>
internal sealed class EvidenceVerifyCommand : AskCommand<EvidenceDoor.Verified>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly Argument<string> _file = new("file") { Description = "The file" };

    /// <inheritdoc />
    public override string Path => "security evidence verify";

    /// <inheritdoc />
    public override string Summary => "Says whether a file is evidence of a case, by its hash; exits 1 where it is not, or where the chain is broken.";

    /// <inheritdoc />
    public override string Example => "nines security evidence verify SEC-1 auth.log";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        command.Arguments.Add(_file);
    }

    /// <summary>SHA-256 of a file, read as a stream.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken stop)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop));
    }

    /// <inheritdoc />
    protected override async Task<Outcome<EvidenceDoor.Verified>> AskAsync(ParseResult parse, CommandRun run) => !File.Exists(parse.GetValue(_file)!)
        ? Problem.NotFound($"There is no file {parse.GetValue(_file)}.", "Name one that can be read.", "file")
        : await run.Server.GetAsync<EvidenceDoor.Verified>($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/evidence/by-hash/{await HashAsync(parse.GetValue(_file)!, run.Stop)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(EvidenceDoor.Verified answer, CommandRun run)
    {
        run.Screen.WriteLine(answer.Evidence.Count > 0
            ? $"It is evidence {string.Join(", ", answer.Evidence.Select(e => e.Number))}: SHA-256 {answer.Sha256}, taken in at {SecurityScreenWords.Clock(answer.Evidence[0].At)} by {answer.Evidence[0].By}."
            : $"No evidence of this case has SHA-256 {answer.Sha256}.");
        run.Screen.WriteLine(answer.BrokenChain.Count == 0 ? "The chain of evidence is whole." : "The chain of evidence is broken: " + string.Join(" ", answer.BrokenChain));
    }

    /// <inheritdoc />
    protected override int CodeOf(EvidenceDoor.Verified answer) => answer.Evidence.Count > 0 && answer.BrokenChain.Count == 0 ? ExitCode.Done : 1;
}

/// <summary><c>nines security evidence get</c>.</summary>
internal sealed class EvidenceGetCommand : AskCommand<long>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly Argument<string> _evidence = new("evidence") { Description = "Number of the evidence" };
    private readonly Option<string> _to = new("--to") { Description = "The file that is written; it must not exist", Required = true };

    /// <inheritdoc />
    public override string Path => "security evidence get";

    /// <inheritdoc />
    public override string Summary => "Writes the content of evidence into a file; that you took it along is a step of its custody.";

    /// <inheritdoc />
    public override string Example => "nines security evidence get SEC-1 1 --to copy.log";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        command.Arguments.Add(_evidence);
        command.Options.Add(_to);
    }

    /// <inheritdoc />
    protected override Task<Outcome<long>> AskAsync(ParseResult parse, CommandRun run) => SecurityExportCommand.WriteAsync(
        $"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/evidence/{Uri.EscapeDataString(parse.GetValue(_evidence)!)}/content", parse.GetValue(_to)!, run);

    /// <inheritdoc />
    protected override void Show(long answer, CommandRun run) => run.Screen.WriteLine($"{answer} bytes written.");
}

/// <summary><c>nines security export</c>.</summary>
internal sealed class SecurityExportCommand : AskCommand<long>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly Option<string> _to = new("--to") { Description = "The archive that is written; it must not exist", Required = true };

    /// <inheritdoc />
    public override string Path => "security export";

    /// <inheritdoc />
    public override string Summary => "Writes a case with its evidence into one archive, with a list of hashes.";

    /// <inheritdoc />
    public override string Example => "nines security export SEC-1 --to SEC-1.zip";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        command.Options.Add(_to);
    }

    /// <summary>Writes an answer into a new file.</summary>
    public static async Task<Outcome<long>> WriteAsync(string door, string path, CommandRun run)
    {
        if (File.Exists(path)) return Problem.Conflict($"{path} is there already.", "Name another file.", "to");
        using var bytes = new MemoryStream();
        var read = await run.Server.DownloadAsync(door, bytes, run.Stop);
        if (read.Ok) await File.WriteAllBytesAsync(path, bytes.ToArray(), run.Stop);
        return read;
    }

    /// <inheritdoc />
    protected override Task<Outcome<long>> AskAsync(ParseResult parse, CommandRun run) => WriteAsync($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/export", parse.GetValue(_to)!, run);

    /// <inheritdoc />
    protected override void Show(long answer, CommandRun run) => run.Screen.WriteLine($"{answer} bytes written.");
}
