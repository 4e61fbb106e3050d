using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Access.Cli;

/// <summary><c>nines token create</c>.</summary>
internal sealed class TokenCreateCommand : AskCommand<NewToken>
{
    private readonly Option<string> _name = new("--name") { Description = "What it is for, such as prometheus", Required = true };
    private readonly Option<string> _scopes = new("--scopes") { Description = "What it may do: *, read, write, send, ROOM:* or ROOM:read|write|send, with commas", Required = true };
    private readonly Option<string> _expires = new("--expires") { Description = "How long it counts, such as 90d; for ever when left out", DefaultValueFactory = _ => "" };

    public override string Path => "token create";

    public override string Summary => "Makes a token for a program; it is shown this once.";

    public override string Example => "nines token create --name prometheus --scopes signals:send,house:read --expires 90d";

    public override Permission Permission => Permission.Write("access");

    public override void Configure(Command command)
    {
        command.Options.Add(_name);
        command.Options.Add(_scopes);
        command.Options.Add(_expires);
    }

    protected override Task<Outcome<NewToken>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<NewToken>(
        "/api/v1/access/tokens", new { name = parse.GetValue(_name)!, scopes = parse.GetValue(_scopes)!, expires = parse.GetValue(_expires)! }, run.Stop);

    // The token alone on standard output, so that a script can take it.
    protected override void Show(NewToken answer, CommandRun run)
    {
        run.Screen.WriteLine(answer.Token);
        run.Messages.WriteLine($"{answer.Name} may do: {string.Join(", ", answer.Scopes)}{(answer.Expires is { } end ? $", until {end}" : "")}. It is not shown again.");
    }
}

/// <summary><c>nines token list</c>.</summary>
internal sealed class TokenListCommand : AskCommand<IReadOnlyList<TokenView>>
{
    public override string Path => "token list";

    public override string Summary => "Lists tokens: what they may do, how long, and when they were last used.";

    public override string Example => "nines token list";

    public override Permission Permission => Permission.Read("access");

    protected override Task<Outcome<IReadOnlyList<TokenView>>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<IReadOnlyList<TokenView>>("/api/v1/access/tokens", run.Stop);

    protected override void Show(IReadOnlyList<TokenView> answer, CommandRun run)
    {
        if (answer.Count == 0)
        {
            run.Screen.WriteLine("There are no tokens. \"nines token create\" makes one.");
            return;
        }

        var table = new TextTable().Column("name").Column("scopes", cut: true).Column("expires").Column("last used", drop: 1).Column("made by", drop: 2).Column("made", drop: 3);
        foreach (var t in answer) table.Row(t.Name, string.Join(", ", t.Scopes), t.Expired ? new TextCell("expired", "red") : t.Expires is { } end ? $"{end:yyyy-MM-dd}" : "never", t.Used is { } used ? $"{used:yyyy-MM-dd HH:mm}Z" : "—", t.By, $"{t.Since:yyyy-MM-dd}");
        table.Write(run.Screen);
    }
}

/// <summary><c>nines token revoke</c>.</summary>
internal sealed class TokenRevokeCommand : CliCommand
{
    private readonly Argument<string> _which = new("token") { Description = "Its name or id" };

    public override string Path => "token revoke";

    public override string Summary => "Revokes a token: from then on it opens nothing.";

    public override string Example => "nines token revoke prometheus";

    public override Permission Permission => Permission.Write("access");

    public override void Configure(Command command) => command.Arguments.Add(_which);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/access/tokens/" + Uri.EscapeDataString(parse.GetValue(_which)!));
        var revoked = await run.Server.SendAsync<string>(request, run.Stop);
        if (!revoked.Ok) return run.Fail(revoked.Problems);
        if (run.Json) run.WriteJson(new { revoked = parse.GetValue(_which) });
        run.Screen.WriteLine($"Token {parse.GetValue(_which)} is revoked.");
        return ExitCode.Done;
    }
}
