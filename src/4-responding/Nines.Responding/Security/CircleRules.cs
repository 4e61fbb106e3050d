using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>Who is let into a case, and out of it. Pure.</summary>
public static class CircleRules
{
    /// <summary>Somebody of the circle lets another in.</summary>
    public static Outcome<IReadOnlyList<object>> Let(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var (person, wrong) = Of(context, asked, "Why must they know?");
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return Circle.Of(one, context.Policy, context.Catalog).Contains(person) ? Problem.Conflict("They may read it already.") : SecurityRules.One(new LetIn(one.Id, person, asked.Reason.Trim(), false, by));
    }

    /// <summary>Somebody may read it no more: also whom the policy names, such as whoever is suspected.</summary>
    public static Outcome<IReadOnlyList<object>> Out(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var (person, wrong) = Of(context, asked, "Why may they read it no more?");
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var circle = Circle.Of(one, context.Policy, context.Catalog);
        if (!circle.Contains(person)) return Problem.Conflict("They may not read it anyway.");
        return circle.Count == 1 ? Problem.Conflict("Nobody would be left who may read it.", "Let somebody else in first.", "person") : SecurityRules.One(new LetOut(one.Id, person, asked.Reason.Trim(), by));
    }

    /// <summary>Somebody whom the policy allows it lets themselves in: with a reason that the circle reads. Whoever may not is answered as if there were no such case.</summary>
    public static Outcome<IReadOnlyList<object>> Themselves(SecurityContext context, string name, SecurityAsked asked)
    {
        if (context.Book.Find(name) is not { } one || context.Actor.PersonId is not { } person || one.Outside.Contains(person)
            || !Circle.Names(context.Policy.MayOpen, context.Actor, context.Catalog, context.Access)) return SecurityContext.Unknown(name);
        if (Circle.Holds(one, context.Actor, context.Policy, context.Catalog, context.Access)) return Problem.Conflict("You may read it already.");
        var wrong = new List<Problem>();
        SecurityRules.Needs(asked.Reason, "Why must you know?", "Say it in a sentence; everybody in the case reads it.", "reason", wrong);
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : SecurityRules.One(new LetIn(one.Id, person, asked.Reason.Trim(), true, person));
    }

    private static (string Person, List<Problem> Wrong) Of(SecurityContext context, SecurityAsked asked, string why)
    {
        var wrong = new List<Problem>();
        var person = context.PersonOf(asked.Person, "person");
        wrong.AddRange(person.Problems.Where(p => p.IsError));
        SecurityRules.Needs(asked.Reason, why, "Say it in a sentence.", "reason", wrong);
        return (person.Ok ? person.Value : "", wrong);
    }
}
