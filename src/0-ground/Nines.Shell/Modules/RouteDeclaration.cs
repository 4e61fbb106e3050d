using Microsoft.AspNetCore.Builder;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>One route of a room, as data: the host maps it, a House test reads it.</summary>
/// <param name="Room">The room that brings it.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Route pattern.</param>
/// <param name="Permission">What the caller needs.</param>
/// <param name="Handler">A minimal-API handler.</param>
/// <param name="More">Further metadata, such as a body limit.</param>
public sealed record RouteDeclaration(
    string Room, string Method, string Pattern, Permission Permission, Delegate Handler, Action<RouteHandlerBuilder>? More);
