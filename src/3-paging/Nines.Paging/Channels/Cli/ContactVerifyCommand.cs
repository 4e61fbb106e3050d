using System.CommandLine;
using Nines.Kernel;
using Nines.Paging.Channels.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Channels.Cli;

/// <summary><c>nines contact verify</c>: without a code it sends one, with it the contact is proven.</summary>
internal sealed class ContactVerifyCommand : CliCommand
{
    private readonly Argument<string> _person = new("person") { Description = "Whose, by name in the catalog" };
    private readonly Argument<string> _contact = new("contact") { Description = "Which, by its name" };
    private readonly Argument<string?> _code = new("code") { Description = "The six digits that arrived; without them a code is sent", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc />
    public override string Path => "contact verify";

    /// <inheritdoc />
    public override string Summary => "Proves that a contact is somebody's: sends a code over it, then takes it back.";

    /// <inheritdoc />
    public override string Example => "nines contact verify ada phone 123456";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("channels");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_person);
        command.Arguments.Add(_contact);
        command.Arguments.Add(_code);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (person, contact, code) = (parse.GetValue(_person)!, parse.GetValue(_contact)!, parse.GetValue(_code));
        var path = $"/api/v1/contacts/{Uri.EscapeDataString(person)}/{Uri.EscapeDataString(contact)}/";
        if (code is null)
        {
            var sent = await run.Server.PostAsync<ContactsApi.DeliveryStarted>(path + "send-code", new { }, run.Stop);
            if (!sent.Ok) return run.Fail(sent.Problems);
            if (run.Json) run.WriteJson(sent.Value);
            run.Screen.WriteLine($"A code is on its way. Then: nines contact verify {person} {contact} CODE");
            return ExitCode.Done;
        }

        var verified = await run.Server.PostAsync<ContactView>(path + "verify", new ContactsApi.VerifyRequest(code), run.Stop);
        if (!verified.Ok) return run.Fail(verified.Problems);
        if (run.Json) run.WriteJson(verified.Value);
        run.Screen.WriteLine($"{contact} is verified: pages may go there.");
        return ExitCode.Done;
    }
}
