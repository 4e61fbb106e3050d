using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Channels.Cli;

/// <summary><c>nines contact list</c>.</summary>
internal sealed class ContactListCommand : AskCommand<ContactView[]>
{
    private readonly Argument<string?> _person = new("person") { Description = "Whose, by name in the catalog; everybody's without it", Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc />
    public override string Path => "contact list";

    /// <inheritdoc />
    public override string Summary => "Lists how people are reached, and which of it is proven.";

    /// <inheritdoc />
    public override string Example => "nines contact list ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("channels");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_person);

    /// <inheritdoc />
    protected override Task<Outcome<ContactView[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<ContactView[]>("/api/v1/contacts" + (parse.GetValue(_person) is { } person ? "/" + Uri.EscapeDataString(person) : ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(ContactView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No contact. Write contacts: into a Person, or sign up a phone on its page.");
            return;
        }

        var table = new TextTable().Column("person").Column("contact").Column("kind").Column("address", cut: true).Column("verified").Column("wakes", drop: 1).Column("proves", drop: 2);
        foreach (var c in answer) table.Row(c.Person, c.Contact, c.Kind, c.Address, TextCell.Of(c.Verified ? "yes" : "no"), c.Rings ? "yes" : "no", c.Proves);
        table.Write(run.Screen);
    }
}
