using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Objectives.Api;

/// <summary>Objectives over HTTP.</summary>
internal static class ObjectivesApi
{
    /// <summary>Every objective's status.</summary>
    public static IResult List(ObjectiveQueries queries, TimeProvider clock) =>
        Results.Json(queries.All(clock.Now()), HouseJson.Options);

    /// <summary>One objective's status.</summary>
    public static IResult Show(string name, ObjectiveQueries queries, TimeProvider clock) =>
        (queries.Find(name, clock.Now()) is { } status
            ? status
            : (Outcome<ObjectiveStatus>)Problem.NotFound($"There is no objective \"{name}\".", "See \"nines slo list\" for those that are.")).ToAnswer();
}
