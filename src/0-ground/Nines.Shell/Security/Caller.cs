using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>Who sent a request, once the door has found out.</summary>
/// <param name="Actor">How events name them.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="Name">How pages name them: a person's display name or a token's name.</param>
/// <param name="Session">Id of the browser's session; null for programs.</param>
public sealed record Caller(Actor Actor, Scopes Scopes, string Name, string? Session = null)
{
    /// <summary>Whoever calls a house that is open.</summary>
    public static Caller AtAnOpenHouse { get; } = new(Actor.Local, Scopes.Everything, "");
}

/// <summary>Asks a request who sent it.</summary>
public static class CallerOfRequest
{
    /// <summary>The actor to write into events. Every handler that changes something takes it from here.</summary>
    public static Actor Caller(this HttpContext http) => http.Features.Get<Caller>()?.Actor ?? Actor.Nobody;

    /// <summary>Who sent it, with what they may do; null where nobody said who they are.</summary>
    public static Caller? Known(this HttpContext http) => http.Features.Get<Caller>();
}
