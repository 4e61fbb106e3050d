using System.Globalization;
using Spectre.Console;

namespace Nines.Responding.StatusPages.Cli;

/// <summary>A status page in the terminal.</summary>
internal static class StatusPageWords
{
    public static void Write(StatusPageView page, IAnsiConsole screen)
    {
        screen.MarkupLineInterpolated($"[bold]{page.Title}[/] ({page.Visibility}) {page.Address}");
        foreach (var component in page.Components) screen.WriteLine($"  {component.Name}: {component.Status}{(component.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $", {share * 100:0.###} % worked") : "")}");
        foreach (var post in page.Open) screen.WriteLine($"  open   {post.Id} {post.Status}: {post.Title}, since {post.StartedAt:yyyy-MM-dd HH:mm}Z");
        foreach (var work in page.Maintenances.Where(m => m.Status is "scheduled" or "in_progress")) screen.WriteLine($"  work   {work.Id} {work.Status}: {work.Title}, {work.From:yyyy-MM-dd HH:mm}Z to {work.Until:yyyy-MM-dd HH:mm}Z");
        screen.WriteLine($"  told   {page.Subscribers.Email} by mail, {page.Subscribers.Webhook} by webhook, {page.Subscribers.Waiting} not confirmed{(page.Subscribers.Choosing > 0 ? $"; {page.Subscribers.Choosing} of some components only" : "")}");
    }
}
