namespace Nines.Responding.Incidents;

/// <summary>Roles in words.</summary>
public static class RoleWords
{
    /// <summary>A role within a sentence.</summary>
    public static string Of(IncidentRole role) => role switch
    {
        IncidentRole.Commander => "incident commander",
        IncidentRole.Operations => "operations lead",
        IncidentRole.Communications => "communications lead",
        IncidentRole.Expert => "subject matter expert",
        IncidentRole.Scribe => "scribe",
        _ => "deputy",
    };

    /// <summary>What somebody in a role does, and what they do not.</summary>
    public static string Does(IncidentRole role) => role switch
    {
        IncidentRole.Commander => "coordinates and decides; does not debug",
        IncidentRole.Operations => "hands on the keyboard",
        IncidentRole.Communications => "tells those who wait",
        IncidentRole.Expert => "knows what is broken",
        IncidentRole.Scribe => "writes down what no machine sees",
        _ => "ready to take over, keeps the timers",
    };
}
