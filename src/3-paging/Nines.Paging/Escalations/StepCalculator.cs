namespace Nines.Paging.Escalations;

/// <summary>The step that comes next.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1; 0 for the last resort.</param>
/// <param name="Call">Who is called.</param>
/// <param name="Passed">Steps that would have called nobody, each with its reason.</param>
/// <param name="FirstReason">Why the first of them would have; empty where none was passed.</param>
public sealed record NextStep(int Round, int Step, StepPeople Call, IReadOnlyList<string> Passed, string FirstReason)
{
    /// <summary>True where all rounds are over.</summary>
    public bool LastResort => Step == 0;
}

/// <summary>Where an escalation goes from where it stands: pure, and it always comes to somebody or to the last resort.</summary>
public static class StepCalculator
{
    /// <summary>The next step; steps that would call nobody are passed at once.</summary>
    /// <param name="steps">How many steps the policy has.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="round">The round that it stands in, from 1.</param>
    /// <param name="step">The step taken last, from 1; 0 before the first.</param>
    /// <param name="who">The people of a step, from 1.</param>
    public static NextStep Next(int steps, int rounds, int round, int step, Func<int, StepPeople> who)
    {
        var passed = new List<string>();
        var first = "";
        // Once around at most: after a whole round of nobody, another round would find nobody either.
        for (var tried = 0; tried < steps; tried++)
        {
            if (++step > steps)
            {
                if (round >= rounds) break;
                (round, step) = (round + 1, 1);
            }

            var call = who(step);
            if (call.People.Count > 0) return new(round, step, call, passed, first);
            if (passed.Count == 0) first = call.Reason;
            passed.Add($"Step {step} calls nobody: {call.Reason}");
        }

        return new(round, 0, new([], "", []), passed, first);
    }
}
