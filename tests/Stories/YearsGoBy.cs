using System.Net;
using System.Text.Json;

namespace Nines.Tests.Stories;

/// <summary>More incidents end than the house keeps in its hands. The first of them is still found, still read, as it was.</summary>
public class YearsGoBy
{
    private const int After = 1_000;

    private static async Task OneAsync(StoryWorld world, string title, string cause, string note = "")
    {
        var number = (await world.PostAsync("/api/v1/incidents", new { title, severity = "sev2", by = "bob" })).GetProperty("name").GetString()!["INC-".Length..];
        await world.PostAsync($"/api/v1/incidents/INC-{number}/resolve", new { cause, @override = "Nothing of it is measured.", by = "bob" });
        if (note.Length > 0) await world.PostAsync($"/api/v1/incidents/INC-{number}/notes", new { text = note, by = "bob" });
        var postmortem = $"/api/v1/postmortems/PM-{number}";
        await world.PostAsync(postmortem + "/sections/summary", new { text = "It did not work.", basedOn = 0, by = "bob" });
        await world.PostAsync(postmortem + "/sections/root-cause", new { text = cause, basedOn = 0, by = "bob" });
        await world.PostAsync(postmortem + "/review", new { reviewers = Array.Empty<string>(), by = "bob" });
        await world.PostAsync(postmortem + "/final", new { despite = "Nobody else is there.", by = "bob" });
    }

    [Fact]
    public async Task AThousandIncidentsLater_TheFirstIsFoundAndRead_ButNotChanged()
    {
        await using var bob = Mailbox.Open();
        await using var world = await StoryWorld.OpenAsync(bob.Settings);
        await world.ApplyAsync(Mailbox.Manifest("bob"), """
            apiVersion: nines/v1
            kind: PostmortemPolicy
            metadata: { name: alone }
            spec: { reviewers: 0 }
            """);
        await OneAsync(world, "Card payments fail", "Nobody watched it, so the certificate ran out.", "The bank says sorry.");
        var then = await world.GetAsync("/api/v1/incidents/INC-1");
        var learnt = await world.GetAsync("/api/v1/postmortems/PM-1");
        foreach (var batch in Enumerable.Range(2, After).Chunk(50)) await Task.WhenAll(batch.Select(n => OneAsync(world, $"Search is slow for the {n}th time", "Too little memory.")));

        await AllThereAsync(world, then, learnt);
        await world.CrashAndRestartAsync();
        await AllThereAsync(world, then, learnt);
    }

    private static async Task AllThereAsync(StoryWorld world, JsonElement then, JsonElement learnt)
    {
        Assert.Equal(then.GetRawText(), (await world.GetAsync("/api/v1/incidents/INC-1")).GetRawText());
        Assert.Equal(learnt.GetRawText(), (await world.GetAsync("/api/v1/postmortems/PM-1")).GetRawText());
        var id = then.GetProperty("id").GetString();
        Assert.Contains("Card payments fail", (await world.FetchAsync(HttpMethod.Get, $"/incidents/{id}")).Body, StringComparison.Ordinal);
        Assert.Contains("Nobody watched it, so the certificate ran out.", (await world.FetchAsync(HttpMethod.Get, $"/postmortems/{id}")).Body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await world.FetchAsync(HttpMethod.Get, $"/postmortems/{id}/agenda")).Status);
        Assert.Equal(JsonValueKind.Array, (await world.GetAsync("/api/v1/postmortems/PM-1/lint")).ValueKind);

        var found = (await world.GetAsync("/api/v1/knowledge?q=certificate")).EnumerateArray().Select(f => f.GetProperty("name").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(["INC-1", "PM-1"], found);
        var (status, body) = await world.SendAsync("/api/v1/incidents/INC-1/notes", """{"text":"Once more.","by":"bob"}""");
        Assert.Equal(409, status);
        Assert.Contains("INC-1 is too old to be changed: more than 1,000 were resolved after it.", body, StringComparison.Ordinal);
        Assert.Contains("PM-1 is too old to be changed", (await world.SendAsync("/api/v1/postmortems/PM-1/return", """{"reason":"More is known.","by":"bob"}""")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await world.SendAsync("/api/v1/incidents/INC-9999/notes", """{"text":"x","by":"bob"}""")).Status);
    }
}
