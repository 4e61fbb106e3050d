using System.Globalization;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Responding.Security;

/// <summary>What is known about affected data and deadlines, and who was told. Pure.</summary>
public static class BreachRules
{
    private static readonly string[] Yes = ["yes", "true"];
    private static readonly string[] No = ["no", "false"];

    /// <summary>What data of people is affected; where any is, the case is SEV1 (seed 003).</summary>
    public static Outcome<IReadOnlyList<object>> Affected(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        var personal = Answer(asked.Personal, "personal", wrong);
        if (asked.Personal.Length == 0) wrong.Add(Problem.Invalid("It does not say whether data of people is affected.", "Write yes or no.", "personal"));
        var highRisk = Answer(asked.HighRisk, "highRisk", wrong);
        var people = Number(asked.People, "people", wrong);
        var records = Number(asked.Records, "records", wrong);
        var countries = Words(asked.Countries).Select(c => c.ToUpperInvariant()).ToArray();
        foreach (var country in countries)
            if (country.Length != 2 || !country.All(char.IsAsciiLetter)) wrong.Add(Problem.Invalid($"\"{country}\" is no country.", "Write two letters, such as DE, FR.", "countries"));
        if (asked.Consequences.Length > SecurityRules.LongestText) wrong.Add(Problem.Invalid("The consequences are too long.", $"Write at most {SecurityRules.LongestText} characters.", "consequences"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var data = new DataAffected(one.Id, new(personal!.Value, Words(asked.Kinds), people, records, countries, highRisk, asked.Consequences.Trim()), by);
        return personal.Value && one.Severity != IncidentSeverity.Sev1
            ? Outcome<IReadOnlyList<object>>.Of([data, new CaseSeverityChanged(one.Id, IncidentSeverity.Sev1, "Data of people is affected.", by)])
            : SecurityRules.One(data);
    }

    /// <summary>A clock of the law begins. The earliest time counts; a later one needs the reason why it does.</summary>
    public static Outcome<IReadOnlyList<object>> Start(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        var start = SecurityRules.Choice<ClockStart>(asked.Start, "start", wrong);
        var at = asked.At ?? context.Now;
        if (at > context.Now) wrong.Add(SecurityRules.Future("at"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var known = one.Starts.TryGetValue(start!.Value, out var before);
        if (known && at == before) return Problem.Conflict("That is the time which counts already.");
        if (known && at > before && string.IsNullOrWhiteSpace(asked.Reason))
            return Problem.Invalid("A later time would give more time than there is.", "Say why the earlier one does not count.", "reason");
        return SecurityRules.One(new ClockStarted(one.Id, start.Value, at, asked.Reason.Trim() is { Length: > 0 } why ? why : "Said by whoever works on it.", by));
    }

    /// <summary>Those who must know were told.</summary>
    public static Outcome<IReadOnlyList<object>> Told(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        var standing = DutyOf(context, one, asked, wrong);
        if (asked.At > context.Now) wrong.Add(SecurityRules.Future("at"));
        SecurityRules.Needs(asked.Reference, "Nothing proves that they were told.", "Write the number of the report, the receipt, or the number of the evidence.", "reference", wrong);
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return standing!.State == DutyState.Told ? Problem.Conflict($"{standing.Duty.Key} was told already.") : SecurityRules.One(new DutyTold(one.Id, standing.Duty.Key, asked.At ?? context.Now, asked.Reference.Trim(), by));
    }

    /// <summary>Nobody need be told.</summary>
    public static Outcome<IReadOnlyList<object>> NotNeeded(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        var standing = DutyOf(context, one, asked, wrong);
        SecurityRules.Needs(asked.Reason, "That nobody is told needs its reason.", "Write it so that an authority can follow it.", "reason", wrong);
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return standing!.State == DutyState.Told ? Problem.Conflict($"{standing.Duty.Key} was told already.") : SecurityRules.One(new DutyNotNeeded(one.Id, standing.Duty.Key, asked.Reason.Trim(), by));
    }

    private static DutyStanding? DutyOf(SecurityContext context, SecurityCase one, SecurityAsked asked, List<Problem> wrong)
    {
        var all = BreachClock.Of(one, context.Policy, context.Now);
        var found = all.FirstOrDefault(d => d.Duty.Key == asked.Duty);
        if (found is null) wrong.Add(Problem.Invalid($"There is no duty \"{asked.Duty}\" here.", $"Write one of {string.Join(", ", all.Select(d => d.Duty.Key))}.", "duty"));
        return found;
    }

    private static bool? Answer(string text, string path, List<Problem> wrong)
    {
        var said = text.Trim().ToLowerInvariant();
        if (said.Length == 0 || said == "unknown") return null;
        if (Yes.Contains(said)) return true;
        if (No.Contains(said)) return false;
        wrong.Add(Problem.Invalid($"\"{text}\" is neither yes nor no.", path == "personal" ? "Write yes or no." : "Write yes or no, or nothing where nobody has judged it.", path));
        return null;
    }

    private static long? Number(string text, string path, List<Problem> wrong)
    {
        if (text.Trim().Length == 0) return null;
        if (long.TryParse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)) return number;
        wrong.Add(Problem.Invalid($"\"{text}\" is no number.", "Write about how many, such as 12000, or nothing.", path));
        return null;
    }

    private static string[] Words(string text) => text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
