using Nines.Kernel;

namespace Nines.Responding.Runner;

/// <summary>The arguments of an allowed command: each parameter is one whole argument, held against its pattern. Pure.</summary>
public static class CommandArguments
{
    private const int LongestValue = 1_000;

    /// <summary>The arguments, or everything that is wrong.</summary>
    /// <param name="commands">The allow-list.</param>
    /// <param name="asked">What is asked.</param>
    public static Outcome<IReadOnlyList<string>> Of(IReadOnlyDictionary<string, AllowedCommand> commands, CommandAction asked)
    {
        if (!commands.TryGetValue(asked.Name, out var command))
            return Problem.Conflict($"The command {asked.Name} is not on the allow-list.", commands.Count == 0 ? "No command is: name it under runner:commands in the settings." : $"Allowed are {string.Join(", ", commands.Keys.Order(StringComparer.Ordinal))}; the settings name them under runner:commands.", "command");
        var wrong = new List<Problem>();
        foreach (var (name, value) in asked.With)
            if (!command.Parameters.TryGetValue(name, out var pattern)) wrong.Add(Problem.Invalid($"The command {asked.Name} has no parameter {name}.", command.Parameters.Count == 0 ? "It takes none." : $"It has {string.Join(", ", command.Parameters.Keys.Order(StringComparer.Ordinal))}.", "with." + name));
            else if (Wrong(value, pattern) is { } why) wrong.Add(Problem.Invalid($"\"{RunnerText.Cut(value, 60)}\" is no {name} of {asked.Name}: {why}.", "Give another value.", "with." + name));
        foreach (var name in command.Parameters.Keys.Order(StringComparer.Ordinal))
            if (!asked.With.ContainsKey(name)) wrong.Add(Problem.Invalid($"The command {asked.Name} needs the parameter {name}.", $"Write with: {{ {name}: … }}.", "with." + name));
        return wrong.Count > 0
            ? Outcome<IReadOnlyList<string>>.Failed(wrong)
            : Outcome<IReadOnlyList<string>>.Of([.. command.Arguments.Select(a => RunnerOptionsValidator.IsPlace(a) && asked.With.TryGetValue(a[1..^1], out var value) ? value : a)]);
    }

    private static string? Wrong(string value, string pattern) => value switch
    {
        "" => "it is empty",
        { Length: > LongestValue } => $"it is longer than {LongestValue} characters",
        // What begins so is an option to most programs.
        ['-', ..] => "it begins with a hyphen",
        _ when value.Any(char.IsControl) => "it holds a control character",
        _ => RunnerOptionsValidator.Pattern(pattern)?.IsMatch(value) == true ? null : $"it does not match {pattern}",
    };
}
