using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.Updates.Cli;

/// <summary><c>nines incident draft</c>.</summary>
internal sealed class IncidentDraftCommand : AskCommand<UpdateDraft>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };
    private readonly Option<string> _template = new("--template") { Description = "Which: initial, progress, resolution, customer, customer-progress, customer-resolution, or the house's own", DefaultValueFactory = _ => "initial" };

    /// <inheritdoc />
    public override string Path => "incident draft";

    /// <inheritdoc />
    public override string Summary => "Writes a text about an incident from a template, filled from what is known now. Sends nothing.";

    /// <inheritdoc />
    public override string Example => "nines incident draft INC-12 --template customer";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_incident);
        command.Options.Add(_template);
    }

    /// <inheritdoc />
    protected override Task<Outcome<UpdateDraft>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<UpdateDraft>($"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}/updates/draft?template={Uri.EscapeDataString(parse.GetValue(_template)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(UpdateDraft answer, CommandRun run)
    {
        run.Screen.WriteLine(answer.Subject);
        run.Screen.WriteLine(answer.Text);
    }
}

/// <summary><c>nines incident update</c>.</summary>
internal sealed class IncidentUpdateCommand : AskCommand<UpdatesView>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };
    private readonly Argument<string> _text = new("text") { Description = "How it stands; nothing for the draft as it is", DefaultValueFactory = _ => "" };
    private readonly Option<string> _subject = new("--subject") { Description = "Its headline; left out, the draft's" };
    private readonly Option<string> _audience = new("--audience") { Description = "Whom it is for: internal, executives or customers", DefaultValueFactory = _ => "internal" };
    private readonly Option<string> _next = new("--next") { Description = "In how long the next one comes, such as 30m" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "incident update";

    /// <inheritdoc />
    public override string Summary => "Tells those who wait how an incident stands: everybody who asked to hear about its services and severity.";

    /// <inheritdoc />
    public override string Example => "nines incident update INC-12 \"The roll-back is at 50 %\" --next 30m";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_incident);
        command.Arguments.Add(_text);
        foreach (var option in (Option[])[_subject, _audience, _next, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<UpdatesView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<UpdatesView>(
        $"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}/updates",
        new { audience = parse.GetValue(_audience), subject = parse.GetValue(_subject) ?? "", text = parse.GetValue(_text) ?? "", next = parse.GetValue(_next) ?? "", by = parse.GetValue(_by) ?? "" }, run.Stop);

    /// <inheritdoc />
    protected override void Show(UpdatesView answer, CommandRun run)
    {
        var last = answer.Posted[0];
        run.Screen.MarkupLineInterpolated($"[bold]{last.Subject}[/]");
        run.Screen.WriteLine($"{(last.Told == 1 ? "1 message" : $"{last.Told} messages")} left for {last.Audience.ToString().ToLowerInvariant()}{(last.Next is { } next ? $"; the next is due at {next:HH:mm}Z" : "")}.");
    }
}

/// <summary><c>nines updates subscribe</c>.</summary>
internal sealed class UpdatesSubscribeCommand : AskCommand<SubscriptionView[]>
{
    private readonly Option<string> _person = new("--person") { Description = "Who wants to be told; left out, whoever asks" };
    private readonly Option<string> _audience = new("--audience") { Description = "What they want to hear: internal, executives or customers", DefaultValueFactory = _ => "internal" };
    private readonly Option<string[]> _services = new("--service") { Description = "Only of these services", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _least = new("--least") { Description = "Only of this severity or worse", DefaultValueFactory = _ => "sev2" };

    /// <inheritdoc />
    public override string Path => "updates subscribe";

    /// <inheritdoc />
    public override string Summary => "Asks to be told how incidents stand, by service, severity and audience.";

    /// <inheritdoc />
    public override string Example => "nines updates subscribe --person ada --service payments --least sev3";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        foreach (var option in (Option[])[_person, _audience, _services, _least]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<SubscriptionView[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<SubscriptionView[]>(
        "/api/v1/update-subscriptions",
        new { person = parse.GetValue(_person) ?? "", audience = parse.GetValue(_audience), services = parse.GetValue(_services) ?? [], least = parse.GetValue(_least) }, run.Stop);

    /// <inheritdoc />
    protected override void Show(SubscriptionView[] answer, CommandRun run) => UpdatesListCommand.Write(answer, run);
}

/// <summary><c>nines updates unsubscribe</c>.</summary>
internal sealed class UpdatesUnsubscribeCommand : AskCommand<SubscriptionView[]>
{
    private readonly Argument<string> _id = new("id") { Description = "Which, as the list shows it" };

    /// <inheritdoc />
    public override string Path => "updates unsubscribe";

    /// <inheritdoc />
    public override string Summary => "Asks to be told no more.";

    /// <inheritdoc />
    public override string Example => "nines updates unsubscribe 01jd3f0k8m2q";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("incidents");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_id);

    /// <inheritdoc />
    protected override Task<Outcome<SubscriptionView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<SubscriptionView[]>($"/api/v1/update-subscriptions/{Uri.EscapeDataString(parse.GetValue(_id)!)}/end", new { }, run.Stop);

    /// <inheritdoc />
    protected override void Show(SubscriptionView[] answer, CommandRun run) => UpdatesListCommand.Write(answer, run);
}

/// <summary><c>nines updates list</c>.</summary>
internal sealed class UpdatesListCommand : ListCommand<SubscriptionView>
{
    /// <inheritdoc />
    public override string Path => "updates list";

    /// <inheritdoc />
    public override string Summary => "Lists who wants to be told how incidents stand.";

    /// <inheritdoc />
    public override string Example => "nines updates list person:ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    protected override string Door => "/api/v1/update-subscriptions";

    /// <inheritdoc />
    protected override string Empty => "Nobody asked to be told.";

    /// <inheritdoc />
    protected override TextTable Table(SubscriptionView[] rows) => TableOf(rows);

    public static void Write(SubscriptionView[] rows, CommandRun run)
    {
        if (rows.Length == 0) run.Screen.WriteLine("Nobody asked to be told.");
        else TableOf(rows).Write(run.Screen);
    }

    private static TextTable TableOf(SubscriptionView[] rows)
    {
        var table = new TextTable().Column("person").Column("hears").Column("services", drop: 1).Column("from").Column("id", drop: 2);
        foreach (var row in rows) table.Row(row.Person, row.Audience.ToString().ToLowerInvariant(), row.Services.Count > 0 ? string.Join(' ', row.Services) : "all", row.Least, row.Id);
        return table;
    }
}
