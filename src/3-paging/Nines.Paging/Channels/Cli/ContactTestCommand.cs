using System.CommandLine;
using Nines.Kernel;
using Nines.Paging.Channels.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Channels.Cli;

/// <summary><c>nines contact test</c>: sends a test over one contact and waits for what becomes of it.</summary>
internal sealed class ContactTestCommand : CliCommand
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Argument<string> _person = new("person") { Description = "Whose, by name in the catalog" };
    private readonly Argument<string> _contact = new("contact") { Description = "Which, by its name" };
    private readonly Option<string> _wait = new("--wait") { Description = "How long to wait for the answer", DefaultValueFactory = _ => "30s" };

    /// <inheritdoc />
    public override string Path => "contact test";

    /// <inheritdoc />
    public override string Summary => "Sends a test over one contact, and says how far it came.";

    /// <inheritdoc />
    public override string Example => "nines contact test ada phone";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("channels");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_person);
        command.Arguments.Add(_contact);
        command.Options.Add(_wait);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var text = parse.GetValue(_wait)!;
        if (!FieldDuration.TryParse(text, out var wait)) return run.Fail([Problem.Invalid($"\"{text}\" is not a duration.", "Write one such as 30s or 2m.", "--wait")]);
        var path = $"/api/v1/contacts/{Uri.EscapeDataString(parse.GetValue(_person)!)}/{Uri.EscapeDataString(parse.GetValue(_contact)!)}/test";
        var sent = await run.Server.PostAsync<ContactsApi.DeliveryStarted>(path, new { }, run.Stop);
        if (!sent.Ok) return run.Fail(sent.Problems);
        var until = run.Clock.Now() + wait;
        var seen = new DeliveryView(sent.Value.Delivery, "pending", ProofStage.Intended, 0, "");
        while (seen.State == "pending" && run.Clock.Now() < until)
        {
            await Task.Delay(Glance, run.Clock, run.Stop);
            var asked = await run.Server.GetAsync<DeliveryView>($"/api/v1/contacts/deliveries/{sent.Value.Delivery}", run.Stop);
            if (!asked.Ok) return run.Fail(asked.Problems);
            seen = asked.Value;
        }

        if (run.Json) run.WriteJson(seen);
        run.Screen.WriteLine($"{parse.GetValue(_contact)}: {seen.State} after {seen.Attempts} {(seen.Attempts == 1 ? "try" : "tries")}. {seen.Reason}");
        return seen.State == "accepted" ? ExitCode.Done : ExitCode.Failed;
    }
}
