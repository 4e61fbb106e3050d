using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>Settings of the room, section <c>objectives</c>.</summary>
public sealed class ObjectivesOptions
{
    /// <summary>How often everything is evaluated; <c>10s</c> by default, so that a page is not late by half a minute; <c>1s</c> to <c>5m</c>.</summary>
    public string EvaluateEvery { get; set; } = "10s";

    /// <summary>How long minutes are kept at the least; <c>100d</c> by default, <c>35d</c> to <c>800d</c>. A longer window keeps its own length, a calendar one twice that.</summary>
    public string KeepMinutes { get; set; } = "100d";

    /// <summary>The cycle as a duration.</summary>
    internal Duration Cycle => FieldDuration.Parse(EvaluateEvery);

    /// <summary>The retention as a duration.</summary>
    internal Duration Retention => FieldDuration.Parse(KeepMinutes);
}

/// <summary>Checks <see cref="ObjectivesOptions"/>: all mistakes at once.</summary>
internal sealed class ObjectivesOptionsValidator : IValidateOptions<ObjectivesOptions>
{
    public ValidateOptionsResult Validate(string? name, ObjectivesOptions options)
    {
        var wrong = new List<string>();
        Within(options.EvaluateEvery, "evaluateEvery", Duration.FromSeconds(1), Duration.FromMinutes(5));
        Within(options.KeepMinutes, "keepMinutes", Duration.FromDays(35), Duration.FromDays(800));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Within(string text, string key, Duration least, Duration most)
        {
            if (!FieldDuration.TryParse(text, out var value) || value < least || value > most)
                wrong.Add($"objectives:{key} is \"{text}\"; write a duration from {FieldDuration.Format(least)} to {FieldDuration.Format(most)}.");
        }
    }
}
