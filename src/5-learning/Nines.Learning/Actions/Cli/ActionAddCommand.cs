using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Actions.Api;
using Nines.Shell;

namespace Nines.Learning.Actions.Cli;

/// <summary><c>nines action add</c>.</summary>
internal sealed class ActionAddCommand : AskCommand<ActionView>
{
    private readonly Argument<string> _title = new("title") { Description = "What is done" };
    private readonly Option<string> _type = new("--type") { Description = "prevent, detect, mitigate or process; left out, prevent" };
    private readonly Option<string> _priority = new("--priority") { Description = "P0, P1 or P2; left out, P1" };
    private readonly Option<string> _owner = new("--owner") { Description = "Who does it, by name in the catalog" };
    private readonly Option<string> _incident = new("--incident") { Description = "The incident that it follows from" };
    private readonly Option<string> _service = new("--service") { Description = "The service that it is about; left out, the incident's first" };
    private readonly Option<string> _deadline = new("--deadline") { Description = "The last day on which it may be done; left out, the policy's by priority" };
    private readonly Option<string> _link = new("--link") { Description = "A link to somebody else's list of work" };
    private readonly Option<string> _check = new("--check") { Description = "What Nines looks at: \"alert-exists NAME\", \"objective-holds NAME 7d\" or \"probe-green NAME 7d\"" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "action add";

    /// <inheritdoc />
    public override string Summary => "Writes down what is done so that an incident does not happen again.";

    /// <inheritdoc />
    public override string Example => "nines action add \"Load-test the pool\" --incident INC-12 --type prevent --priority P0 --owner ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("actions");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_title);
        foreach (var option in (Option[])[_type, _priority, _owner, _incident, _service, _deadline, _link, _check, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<ActionView>> AskAsync(ParseResult parse, CommandRun run)
    {
        return run.Server.PostAsync<ActionView>("/api/v1/actions", new ActionsApi.Added(
            parse.GetValue(_title)!, Of(_type), Of(_priority), Of(_owner), Of(_incident), Of(_service), Of(_deadline), Of(_link), Of(_check), Of(_by)), run.Stop);

        string Of(Option<string> option) => parse.GetValue(option) ?? "";
    }

    /// <inheritdoc />
    protected override void Show(ActionView answer, CommandRun run) => ActionPrint.Short(answer, run.Screen);
}
