using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Reads what was typed into the forms of a status page.</summary>
internal static class StatusForms
{
    /// <summary>How a component's field begins.</summary>
    public const string Component = "components.";

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static PostRequest Post(IFormCollection form) => new(
        form["title"].ToString(), form["status"].ToString(), form["impact"].ToString(),
        form.Where(f => f.Key.StartsWith(Component, StringComparison.Ordinal) && f.Value.ToString().Length > 0).ToDictionary(f => f.Key[Component.Length..], f => f.Value.ToString()),
        form["body"].ToString(), form["incident"].ToString());

    public static WorkRequest Work(IFormCollection form, DateTimeZone zone) => new(
        form["title"].ToString(), form["body"].ToString(), [.. form["component"].OfType<string>()], At(form["from"].ToString(), zone), At(form["until"].ToString(), zone), form["override"].ToString());

    /// <summary>A time as a browser's field writes it, in the page's zone; null where it is none.</summary>
    public static Instant? At(string text, DateTimeZone zone) => Local.Parse(text) is { Success: true } local ? local.Value.InZoneLeniently(zone).ToInstant() : null;

    /// <summary>A time as a browser's field takes it.</summary>
    public static string Field(Instant at, DateTimeZone zone) => Local.Format(at.InZone(zone).LocalDateTime);
}
