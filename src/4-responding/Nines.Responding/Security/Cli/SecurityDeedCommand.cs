using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary>A field of a deed on the command line.</summary>
/// <param name="Field">Its name in the request.</param>
/// <param name="Says">What it is.</param>
/// <param name="Option">Its option, where that is written otherwise.</param>
/// <param name="Required">True where it must be given.</param>
internal sealed record DeedField(string Field, string Says, string Option = "", bool Required = false);

/// <summary>A command that does one thing with a case and says where it stands then.</summary>
internal sealed class SecurityDeedCommand(string path, string summary, string example, string door, IReadOnlyList<DeedField> words, IReadOnlyList<DeedField> options, bool Tells = false) : AskCommand<SecurityView>
{
    private readonly Argument<string> _case = new("case") { Description = "Number or id" };
    private readonly (DeedField Field, Argument<string> Argument)[] _words = [.. words.Select(w => (w, new Argument<string>(w.Field) { Description = w.Says }))];
    private readonly (DeedField Field, Option<string> Option)[] _options = [.. options.Select(o => (o, new Option<string>(o.Option.Length > 0 ? o.Option : "--" + o.Field) { Description = o.Says, Required = o.Required }))];
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };
    private readonly Option<bool> _undo = new("--undo") { Description = "It is not done after all" };
    private readonly Option<bool> _tell = new("--tell") { Description = "The incident's timeline gets a line that says nothing of the case" };

    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("security");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_case);
        foreach (var (_, argument) in _words) command.Arguments.Add(argument);
        foreach (var (_, option) in _options) command.Options.Add(option);
        if (door == "check") command.Options.Add(_undo);
        if (Tells) command.Options.Add(_tell);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<SecurityView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var body = new Dictionary<string, object> { ["by"] = parse.GetValue(_by) ?? "" };
        foreach (var (field, argument) in _words) body[field.Field] = parse.GetValue(argument)!;
        foreach (var (field, option) in _options)
            if (parse.GetValue(option) is { Length: > 0 } given) body[field.Field] = given;
        if (door == "check") body["done"] = !parse.GetValue(_undo);
        if (Tells) body["tell"] = parse.GetValue(_tell);
        return run.Server.PostAsync<SecurityView>($"/api/v1/security/cases/{Uri.EscapeDataString(parse.GetValue(_case)!)}/{door}", body, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SecurityView answer, CommandRun run) => SecurityScreenWords.Head(answer, run.Screen, run.Clock.Now());
}
