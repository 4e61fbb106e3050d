using System.Text.Json;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Sources.Cli;

/// <summary>The person who gets the test page. The rooms that know people and send pages are elsewhere; their addresses are all that is known here.</summary>
internal static class InitPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>A problem where that person is not known and no way to call them was given; asked before anything is done.</summary>
    public static async Task<IReadOnlyList<Problem>> MissingAsync(CommandRun run, string person, bool willBeWritten)
    {
        if (willBeWritten) return [];
        var found = await run.Server.GetAsync<JsonElement>($"/api/v1/manifests/Person/{Uri.EscapeDataString(person)}", run.Stop);
        if (found.Ok || found.Problems[0].Kind != ProblemKind.NotFound) return found.Ok ? [] : found.Problems;
        return [Problem.NotFound($"There is no person called \"{person}\" yet.", "Say how to call them with --webhook URL or --email ADDRESS; the manifest is then written too.", "--person")];
    }

    /// <summary>The person as a manifest; null where no way to call them was given.</summary>
    public static ProposedFile? File(string? person, string? webhook, string? email)
    {
        if (person is null || (webhook is null && email is null)) return null;
        var contacts = string.Join(", ", new[] { ("webhook", webhook), ("email", email) }.Where(way => way.Item2 is not null).Select(way => $"{way.Item1}: '{way.Item2!.Replace("'", "''", StringComparison.Ordinal)}'"));
        return new($"person-{person}.yaml", $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: '{person.Replace("'", "''", StringComparison.Ordinal)}' }}\nspec:\n  contacts: {{ {contacts} }}\n");
    }

    /// <summary>Sends the page and says what became of it.</summary>
    public static async Task<int> SendAsync(CommandRun run, string person)
    {
        var sent = await run.Server.PostAsync<JsonElement>("/api/v1/pages/test", new { person }, run.Stop);
        if (!sent.Ok) return run.Fail(sent.Problems);
        var (page, until) = (sent.Value, run.Clock.GetUtcNow() + Patience);
        while (Messages(page).Any(message => Text(message, "state") == "pending") && run.Clock.GetUtcNow() < until)
        {
            await Task.Delay(Glance, run.Clock, run.Stop);
            var seen = await run.Server.GetAsync<JsonElement>($"/api/v1/pages/{page.GetProperty("id")}", run.Stop);
            if (!seen.Ok) return run.Fail(seen.Problems);
            page = seen.Value;
        }

        var accepted = true;
        foreach (var message in Messages(page))
        {
            var state = Text(message, "state");
            accepted &= state == "accepted";
            run.Messages.WriteLine($"Test page to {person} by {Text(message, "kind")}: {state}. {Text(message, "reason")}".TrimEnd());
        }

        if (!accepted) run.Messages.WriteLine($"Look at it with nines page test --person {person}; what is pending is tried again.");
        return accepted ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<JsonElement> Messages(JsonElement page) =>
        page.TryGetProperty("notices", out var notices) ? notices.EnumerateArray().SelectMany(notice => notice.GetProperty("messages").EnumerateArray()) : [];

    private static string Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.ToString() : "";
}
