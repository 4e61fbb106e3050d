using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Nines.Kernel;

namespace Nines.Host;

/// <summary>Says in <c>/openapi.json</c> which scope each route needs, and which ones check a proof of their own.</summary>
internal static class ScopesInOpenApi
{
    private const string Scheme = "token";

    public static void Add(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of \"nines token create\". Its scopes must allow what the route names; an open server (--open) asks for none.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<Permission>().FirstOrDefault();
            if (needed is null || needed == Permission.Nothing) return Task.CompletedTask;
            var words = needed.IsOwnProof ? $"Checks a proof of its own: {needed.Proof}." : $"Needs `{needed.Name}`.";
            operation.Description = string.IsNullOrEmpty(operation.Description) ? words : operation.Description + " " + words;
            if (!needed.IsOwnProof) operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [needed.Name] }];
            return Task.CompletedTask;
        });
    }
}
