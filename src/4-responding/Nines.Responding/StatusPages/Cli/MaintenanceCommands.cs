using System.CommandLine;
using Nines.Kernel;
using Nines.Responding.StatusPages.Api;
using Nines.Shell;
using NodaTime;

namespace Nines.Responding.StatusPages.Cli;

/// <summary>A command about announced work: its options are those of a maintenance.</summary>
internal abstract class MaintenanceWords : StatusPageAction
{
    private readonly Option<Instant?> _from = CliOption.Instant("--from", "From when, such as 2026-11-22T04:00:00Z");
    private readonly Option<Instant?> _until = CliOption.Instant("--until", "Until when");
    private readonly Option<string[]> _components = new("--component") { Description = "What is worked on; may be repeated" };
    private readonly Option<string> _body = new("--body") { Description = "What users notice" };
    private readonly Option<string> _override = new("--override") { Description = "Why it cannot keep to the page's rules" };

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        foreach (var option in (Option[])[_from, _until, _components, _body, _override]) command.Options.Add(option);
    }

    protected StatusPagesApi.AskedWork Asked(ParseResult parse, string title) => new(
        title, parse.GetValue(_body) ?? "", parse.GetValue(_components) ?? [], parse.GetValue(_from), parse.GetValue(_until), parse.GetValue(_override) ?? "", By: By(parse));
}

/// <summary><c>nines statuspage maintenance schedule</c>.</summary>
internal sealed class MaintenanceScheduleCommand : MaintenanceWords
{
    private readonly Argument<string> _title = new("title") { Description = "What is done, in a few words" };

    /// <inheritdoc />
    public override string Path => "statuspage maintenance schedule";

    /// <inheritdoc />
    public override string Summary => "Announces work: 48 h ahead and within the page's windows, or with a stated reason. It begins and ends by itself.";

    /// <inheritdoc />
    public override string Example => "nines statuspage maintenance schedule shop \"A new database\" --component orders --from 2026-11-29T04:00:00Z --until 2026-11-29T05:00:00Z --body \"Past orders may be missing for some minutes.\"";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_title);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) => PostAsync(parse, run, "maintenances", Asked(parse, parse.GetValue(_title)!));
}

/// <summary><c>nines statuspage maintenance change</c>.</summary>
internal sealed class MaintenanceChangeCommand : MaintenanceWords
{
    private readonly Argument<string> _work = new("maintenance") { Description = "Id of the maintenance" };
    private readonly Option<string> _title = new("--title") { Description = "What is done" };

    /// <inheritdoc />
    public override string Path => "statuspage maintenance change";

    /// <inheritdoc />
    public override string Summary => "Announces work otherwise; what is left out stays. Another time asks for notice again.";

    /// <inheritdoc />
    public override string Example => "nines statuspage maintenance change shop 01kx3v5m8n2p4q6r8s0t1v3w5x --until 2026-11-29T06:00:00Z";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_work);
        command.Options.Add(_title);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) =>
        PostAsync(parse, run, $"maintenances/{Uri.EscapeDataString(parse.GetValue(_work)!)}", Asked(parse, parse.GetValue(_title) ?? ""));
}

/// <summary><c>nines statuspage maintenance end</c>.</summary>
internal sealed class MaintenanceEndCommand : StatusPageAction
{
    private readonly Argument<string> _work = new("maintenance") { Description = "Id of the maintenance" };

    /// <inheritdoc />
    public override string Path => "statuspage maintenance end";

    /// <inheritdoc />
    public override string Summary => "Says that work is done before its time.";

    /// <inheritdoc />
    public override string Example => "nines statuspage maintenance end shop 01kx3v5m8n2p4q6r8s0t1v3w5x";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_work);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) =>
        PostAsync(parse, run, $"maintenances/{Uri.EscapeDataString(parse.GetValue(_work)!)}/end", new StatusPagesApi.AskedWork(By: By(parse)));
}

/// <summary><c>nines statuspage maintenance cancel</c>.</summary>
internal sealed class MaintenanceCancelCommand : StatusPageAction
{
    private readonly Argument<string> _work = new("maintenance") { Description = "Id of the maintenance" };
    private readonly Option<string> _reason = new("--reason") { Description = "Why; users read it", Required = true };

    /// <inheritdoc />
    public override string Path => "statuspage maintenance cancel";

    /// <inheritdoc />
    public override string Summary => "Calls announced work off; calendars take it away.";

    /// <inheritdoc />
    public override string Example => "nines statuspage maintenance cancel shop 01kx3v5m8n2p4q6r8s0t1v3w5x --reason \"It waits until after the sale.\"";

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        base.Configure(command);
        command.Arguments.Add(_work);
        command.Options.Add(_reason);
    }

    /// <inheritdoc />
    protected override Task<Outcome<StatusPagesApi.Answered>> AskAsync(ParseResult parse, CommandRun run) =>
        PostAsync(parse, run, $"maintenances/{Uri.EscapeDataString(parse.GetValue(_work)!)}/cancel", new StatusPagesApi.AskedWork(Reason: parse.GetValue(_reason)!, By: By(parse)));
}
