using System.CommandLine;
using System.CommandLine.Parsing;
using Nines.Kernel;
using NodaTime;

namespace Nines.Shell;

/// <summary>Options whose values need more than text: each with a message that says what to write.</summary>
public static class CliOption
{
    /// <summary>An http address.</summary>
    public static Option<Uri?> Address(string name, string description, string? otherwise = null)
    {
        var option = new Option<Uri?>(name)
        {
            Description = description,
            CustomParser = result => Read(result, text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null, "an address such as http://127.0.0.1:7070"),
        };
        if (otherwise is not null) option.DefaultValueFactory = _ => new(otherwise);
        return option;
    }

    /// <summary>A duration in the field's notation.</summary>
    public static Option<Duration?> Duration(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Read(result, text => FieldDuration.TryParse(text, out var duration) ? duration : (Duration?)null, "a duration such as 30s, 4m or 28d"),
    };

    /// <summary>A moment as RFC 3339.</summary>
    public static Option<Instant?> Instant(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Read(
            result,
            text => NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } parsed ? parsed.Value.ToInstant() : (Instant?)null,
            "a time such as 2026-11-21T03:12:00Z"),
    };

    private static T? Read<T>(ArgumentResult result, Func<string, T?> parse, string form)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        var value = parse(text);
        if (value is null) result.AddError($"\"{text}\" is not what {(result.Parent as OptionResult)?.Option.Name} takes. Write {form}.");
        return value;
    }
}
