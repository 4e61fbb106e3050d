using System.Text.Json;
using Nines.Kernel;

namespace Nines.Paging.Handoffs;

/// <summary>
/// What the room of escalations tells of a page, read by the names under which it stands in the journal: an event keeps
/// its name and its members for ever, so that a journal of any version is understood.
/// </summary>
internal static class PageNews
{
    private const string Acknowledged = "paging.acknowledged.v1";
    private const string StepTaken = "paging.step-taken.v1";

    /// <summary>Somebody takes a page on: the page and the person's opaque id; null for other news.</summary>
    public static (string Page, string Person)? Acknowledgement(JournalEntry entry) =>
        entry.Type == Acknowledged && Read<AcknowledgedEntry>(entry) is { Page.Length: > 0 } said ? (said.Page, said.Person) : null;

    /// <summary>A step that reached further than the first people: its page; null for other news.</summary>
    public static string? Escalation(JournalEntry entry) =>
        entry.Type == StepTaken && Read<StepEntry>(entry) is { Page.Length: > 0 } said && (said.Step != 1 || said.Round > 1) ? said.Page : null;

    private static T? Read<T>(JournalEntry entry) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(entry.Data.Span, HouseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record AcknowledgedEntry(string Page = "", string Person = "");

    private sealed record StepEntry(string Page = "", int Round = 1, int Step = 1);
}
