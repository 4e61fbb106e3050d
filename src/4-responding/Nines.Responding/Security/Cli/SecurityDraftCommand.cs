using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary><c>nines security draft</c>.</summary>
internal sealed class SecurityDraftCommand : AskCommand<NotificationDraft>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly Argument<string> _duty = new("duty") { Description = "Key of the duty" };

    /// <inheritdoc />
    public override string Path => "security draft";

    /// <inheritdoc />
    public override string Summary => "Drafts a notification from what the case knows; what nobody said is a named blank.";

    /// <inheritdoc />
    public override string Example => "nines security draft SEC-1 gdpr-33";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        command.Arguments.Add(_duty);
    }

    /// <inheritdoc />
    protected override Task<Outcome<NotificationDraft>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<NotificationDraft>($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/duties/{Uri.EscapeDataString(parse.GetValue(_duty)!)}/draft", run.Stop);

    /// <inheritdoc />
    protected override void Show(NotificationDraft answer, CommandRun run)
    {
        run.WriteRaw(answer.Text);
        if (answer.Blanks.Count > 0) Hanging.Write(run.Messages, "blank", string.Join("; ", answer.Blanks), 8, "yellow");
    }
}
