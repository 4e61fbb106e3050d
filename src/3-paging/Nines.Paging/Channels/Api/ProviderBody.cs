using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Channels.Api;

/// <summary>The body of a provider's call-back: small, and read whole before its signature is checked.</summary>
internal static class ProviderBody
{
    private const int Longest = 64 * 1024;

    /// <summary>The bytes, or the refusal.</summary>
    public static async Task<(byte[] Bytes, IResult? Refused)> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Longest) return ([], TooLarge);
        var (outcome, bytes) = await BoundedBody.ReadAsync(http.Request.Body, Longest, BodyBudget.For(http), http.RequestAborted);
        return outcome switch
        {
            BodyOutcome.Whole => (bytes, null),
            BodyOutcome.TooLarge => ([], TooLarge),
            _ => ([], Answers.Refuse(new Problem(ProblemKind.Unavailable, BodyLease.Full))),
        };
    }

    /// <summary>The fields of a form, in their order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Form(byte[] bytes) =>
        [.. QueryHelpers.ParseQuery(Encoding.UTF8.GetString(bytes)).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? ""))];

    /// <summary>The first value of a field; empty where there is none.</summary>
    public static string Field(this IReadOnlyList<KeyValuePair<string, string>> form, string name)
    {
        foreach (var field in form)
            if (field.Key == name) return field.Value;
        return "";
    }

    /// <summary>A call-back that cannot prove where it comes from. It says nothing of what exists here.</summary>
    public static IResult Forged(string provider) => Answers.Refuse(new Problem(
        ProblemKind.Denied, $"This call is not signed by {provider}, or not with the key of this house.", "Give the provider this server's address exactly as notifications:publicUrl has it, and keep its key in the settings."));

    private static IResult TooLarge => Results.Json(
        new ProblemAnswer("/problems/invalid", "The body is too large.", StatusCodes.Status413PayloadTooLarge, $"Keep it below {Longest} bytes.", [Problem.Invalid("The body is too large.", $"Keep it below {Longest} bytes.")]),
        HouseJson.Options, "application/problem+json", StatusCodes.Status413PayloadTooLarge);
}
