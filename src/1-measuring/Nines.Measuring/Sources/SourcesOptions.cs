using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Sources;

/// <summary>Settings of reading other servers, section <c>sources</c>.</summary>
public sealed class SourcesOptions
{
    /// <summary>How far back the first contact with a query reaches; <c>30d</c> by default.</summary>
    public string Backfill { get; set; } = "30d";

    /// <summary>Least time between two pieces of history from one server; <c>100ms</c> by default, so that a backfill is no load test.</summary>
    public string BackfillPause { get; set; } = "100ms";

    internal Duration BackfillLength => FieldDuration.Parse(Backfill);

    internal Duration Pause => FieldDuration.Parse(BackfillPause);
}

/// <summary>Checks <see cref="SourcesOptions"/>: all mistakes at once.</summary>
internal sealed class SourcesOptionsValidator : IValidateOptions<SourcesOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SourcesOptions options)
    {
        var wrong = new List<string>();
        if (!FieldDuration.TryParse(options.Backfill, out var length) || length > Duration.FromDays(366)) wrong.Add($"sources:backfill is \"{options.Backfill}\"; write a duration up to 366d, such as 30d.");
        if (!FieldDuration.TryParse(options.BackfillPause, out var pause) || pause > Duration.FromMinutes(1)) wrong.Add($"sources:backfillPause is \"{options.BackfillPause}\"; write a duration up to 1m, such as 100ms.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
