namespace Nines.Paging.Notifications;

/// <summary>A slot on a page's screen, above the proof (was it worth the call, an incident).</summary>
/// <param name="Component">A component with one parameter, <c>Page</c>: the page's id.</param>
public sealed record PageTile(Type Component);
