using System.Collections.Immutable;

namespace Nines.Responding.Updates;

/// <summary>When a template is the one that is offered.</summary>
public enum UpdateStage
{
    /// <summary>Nothing was said yet.</summary>
    First,

    /// <summary>It goes on.</summary>
    Progress,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>A text with places for facts, such as <c>{severity}</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Audience">Whom it is written for.</param>
/// <param name="Stage">When it is offered.</param>
/// <param name="Subject">Its headline.</param>
/// <param name="Text">The rest.</param>
public sealed record UpdateTemplate(string Name, UpdateAudience Audience, UpdateStage Stage, string Subject, string Text)
{
    /// <summary>The three of seed 003 (phase 5), and two that go between: what goes on, for the house and for customers.</summary>
    public static ImmutableArray<UpdateTemplate> Shipped { get; } =
    [
        new("initial", UpdateAudience.Internal, UpdateStage.First, "🔴 INCIDENT: {title}", """
            Severity: {severity}
            Impact: {impact}
            Status: {status}
            IC: {commander}
            Channel: {channel}
            Next update: {next}
            """),
        new("progress", UpdateAudience.Internal, UpdateStage.Progress, "{name} {status}: {title}", """
            Severity: {severity}
            Impact: {impact}
            Done so far: {done}
            IC: {commander}
            Next update: {next}
            """),
        new("resolution", UpdateAudience.Internal, UpdateStage.Resolved, "✅ RESOLVED: {title}", """
            Duration: {duration}
            Impact: {impact}
            Root cause: {cause}
            Postmortem: {link} (within 5 business days)
            """),
        new("customer", UpdateAudience.Customers, UpdateStage.First, "{services} - Investigating {symptom}", """
            We are currently investigating reports of {symptom}. Some users may experience {experience}. Our team is actively working on a resolution. We will provide an update within {within}.
            """),
        new("customer-progress", UpdateAudience.Customers, UpdateStage.Progress, "{services} - {status}", """
            {statusSentence} Some users may still experience {experience}. We will provide an update within {within}.
            """),
        new("customer-resolution", UpdateAudience.Customers, UpdateStage.Resolved, "{services} - Resolved", """
            This is resolved. For {duration} some users may have experienced {experience}. We are sorry for that, and we are looking into what keeps it from coming back.
            """),
    ];
}
