namespace Nines.Responding.Updates;

/// <summary>Who is told how an incident stands. What each hears differs; customers read the status page besides.</summary>
public enum UpdateAudience
{
    /// <summary>Everybody in the house who wants to know.</summary>
    Internal,

    /// <summary>Those who decide about money and promises.</summary>
    Executives,

    /// <summary>Customers, and those who answer them.</summary>
    Customers,
}
