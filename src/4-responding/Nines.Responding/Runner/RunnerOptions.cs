using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Nines.Kernel;

namespace Nines.Responding.Runner;

/// <summary>Settings of what Nines may do outside the house.</summary>
public sealed class RunnerOptions
{
    /// <summary>The allow-list: commands by name. Empty (the default): no command runs.</summary>
    public Dictionary<string, AllowedCommand> Commands { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>One command that Nines may run: a program with its arguments, never a shell.</summary>
public sealed class AllowedCommand
{
    /// <summary>The program, by its whole path.</summary>
    public string File { get; set; } = "";

    /// <summary>Its arguments; one that is <c>{name}</c> and nothing else is the parameter of that name.</summary>
    public List<string> Arguments { get; set; } = [];

    /// <summary>Parameters with the pattern that their whole value must match.</summary>
    public Dictionary<string, string> Parameters { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The folder in which it runs. Default <c>/</c>.</summary>
    public string WorkingDirectory { get; set; } = "/";

    /// <summary>How long it may run at most. Default 30s.</summary>
    public string Timeout { get; set; } = "30s";

    /// <summary>Names of variables that it sees besides PATH and LANG.</summary>
    public List<string> Environment { get; set; } = [];

    /// <summary>True where running it twice does no harm.</summary>
    public bool Repeatable { get; set; }
}

/// <summary>Says everything that is wrong with the allow-list.</summary>
public sealed class RunnerOptionsValidator : IValidateOptions<RunnerOptions>
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "ash", "busybox", "cmd", "cmd.exe", "powershell", "powershell.exe", "pwsh"];

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, RunnerOptions options)
    {
        var wrong = options.Commands.SelectMany(c => Of($"runner:commands:{c.Key}", c.Value)).ToArray();
        return wrong.Length > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Of(string path, AllowedCommand command)
    {
        if (!Path.IsPathFullyQualified(command.File)) yield return $"{path}:file: \"{command.File}\" is not a whole path. Write one such as /usr/bin/kubectl.";
        else if (Shells.Contains(Path.GetFileName(command.File), StringComparer.OrdinalIgnoreCase) && command.Arguments.Exists(IsPlace))
            yield return $"{path}:file: A parameter must never reach a shell. Name the program itself, or a script without parameters.";
        if (!Path.IsPathFullyQualified(command.WorkingDirectory)) yield return $"{path}:workingDirectory: \"{command.WorkingDirectory}\" is not a whole path. Write one such as /.";
        if (!FieldDuration.TryParse(command.Timeout, out var timeout) || timeout <= NodaTime.Duration.Zero || timeout > RunnerAction.LongestTimeout)
            yield return $"{path}:timeout: \"{command.Timeout}\" is not a time up to {FieldDuration.Format(RunnerAction.LongestTimeout)}. Write one such as 30s.";
        foreach (var argument in command.Arguments)
            if (IsPlace(argument) && !command.Parameters.ContainsKey(argument[1..^1])) yield return $"{path}:arguments: {argument} has no pattern. Write one under parameters:{argument[1..^1]}, such as [a-z0-9-]+.";
            else if (!IsPlace(argument) && command.Parameters.Keys.Any(p => argument.Contains($"{{{p}}}", StringComparison.Ordinal)))
                yield return $"{path}:arguments: \"{argument}\" mixes a parameter with text. Give the parameter an argument of its own.";
        foreach (var (parameter, pattern) in command.Parameters)
            if (Pattern(pattern) is null) yield return $"{path}:parameters:{parameter}: \"{pattern}\" is not a pattern. Write a regular expression without look-around or back-references, such as [a-z0-9-]+.";
    }

    internal static bool IsPlace(string argument) => argument is ['{', _, .., '}'];

    internal static Regex? Pattern(string pattern)
    {
        try
        {
            return new($"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
