using System.Net;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;

namespace Nines.Shell.Security;

/// <summary>
/// Passwords, tokens and sessions must not cross a network readable: what comes over plain http from beyond this machine
/// is refused, unless a trusted proxy says that it came to the proxy over https.
/// </summary>
public sealed class CleartextGuard(RequestDelegate next)
{
    private static readonly Problem Refused = new(
        ProblemKind.Denied, "This request came unencrypted over a network.",
        "Use https. Behind a proxy: name it under shell:trustedProxies and let it send X-Forwarded-For and X-Forwarded-Proto.");

    public Task InvokeAsync(HttpContext http) => http.Request.IsHttps || IsHere(http.Connection.RemoteIpAddress)
        ? next(http)
        : Answers.Refuse(Refused).ExecuteAsync(http);

    // No address: a transport within this process or machine, such as a test server or a Unix socket.
    private static bool IsHere(IPAddress? from) => from is null || IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);
}
