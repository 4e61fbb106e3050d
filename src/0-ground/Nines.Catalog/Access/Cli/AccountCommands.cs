using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Access.Cli;

/// <summary><c>nines account list</c>.</summary>
internal sealed class AccountListCommand : AskCommand<IReadOnlyList<AccountView>>
{
    public override string Path => "account list";

    public override string Summary => "Lists people, and who of them can sign in.";

    public override string Example => "nines account list";

    public override Permission Permission => Permission.Read("access");

    protected override Task<Outcome<IReadOnlyList<AccountView>>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<IReadOnlyList<AccountView>>("/api/v1/access/accounts", run.Stop);

    protected override void Show(IReadOnlyList<AccountView> answer, CommandRun run)
    {
        var table = new TextTable().Column("name").Column("called", cut: true).Column("account").Column("since", drop: 2).Column("sessions", right: true, drop: 1);
        foreach (var a in answer) table.Row(a.Name, a.DisplayName, a.Account ? "yes" : a.Invited ? "invited" : "no", a.Since is { } since ? $"{since:yyyy-MM-dd}" : "—", $"{a.Sessions}");
        table.Write(run.Screen);
    }
}

/// <summary><c>nines account invite</c>.</summary>
internal sealed class AccountInviteCommand : AskCommand<InvitationAnswer>
{
    private readonly Argument<string> _name = new("person") { Description = "Handle in the catalog" };

    public override string Path => "account invite";

    public override string Summary => "Makes a link by which a person chooses a password, for the first time or anew.";

    public override string Example => "nines account invite ada";

    public override Permission Permission => Permission.Write("access");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    protected override Task<Outcome<InvitationAnswer>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<InvitationAnswer>($"/api/v1/access/accounts/{Uri.EscapeDataString(parse.GetValue(_name)!)}/invitation", new { }, run.Stop);

    protected override void Show(InvitationAnswer answer, CommandRun run)
    {
        run.Screen.WriteLine(answer.Link);
        run.Messages.WriteLine($"Send it to {answer.Name} alone. It counts once, until {answer.Expires:yyyy-MM-dd HH:mm}Z; an earlier one counts no more.");
    }
}

/// <summary><c>nines account close</c>.</summary>
internal sealed class AccountCloseCommand : CliCommand
{
    private readonly Argument<string> _name = new("person") { Description = "Handle in the catalog" };

    public override string Path => "account close";

    public override string Summary => "Ends an account and its sessions at once; the person stays in the catalog.";

    public override string Example => "nines account close ada";

    public override Permission Permission => Permission.Write("access");

    public override void Configure(Command command) => command.Arguments.Add(_name);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/access/accounts/" + Uri.EscapeDataString(parse.GetValue(_name)!));
        var closed = await run.Server.SendAsync<string>(request, run.Stop);
        if (!closed.Ok) return run.Fail(closed.Problems);
        if (run.Json) run.WriteJson(new { closed = parse.GetValue(_name) });
        run.Screen.WriteLine($"The account of {parse.GetValue(_name)} is closed.");
        return ExitCode.Done;
    }
}

/// <summary><c>nines setup token</c>.</summary>
internal sealed class SetupTokenCommand : CliCommand
{
    private readonly Option<string> _data = new("--data") { Description = "Data folder of the running server", DefaultValueFactory = _ => "nines-data" };

    public override string Path => "setup token";

    public override string Summary => "Prints the one-time link that opens set-up, from the data folder of a running server.";

    public override string Example => "nines setup token --data nines-data";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command) => command.Options.Add(_data);

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var folder = parse.GetValue(_data)!;
        string token;
        try
        {
            token = (await File.ReadAllTextAsync(SetupToken.FileIn(folder), run.Stop)).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return run.Fail([Problem.NotFound($"No set-up waits in {folder}.", "Start the server first (without --open); where accounts exist, sign in, or start it with --recover.")]);
        }
        catch (UnauthorizedAccessException)
        {
            return run.Fail([new(ProblemKind.Denied, $"{SetupToken.FileIn(folder)} cannot be read.", "Run this as the user who runs the server.")]);
        }

        var link = new Uri(run.Server.Address, "/setup?token=" + token).ToString();
        if (run.Json) run.WriteJson(new { token, link });
        run.Screen.WriteLine(link);
        return ExitCode.Done;
    }
}
