using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Responding.Runner;
using Xunit;

namespace Nines.Tests.Unit.Responding.Runner;

public class RunnerRulesTests
{
    private static readonly Dictionary<string, AllowedCommand> Allowed = new(StringComparer.Ordinal)
    {
        ["delete-pod"] = new() { File = "/usr/bin/kubectl", Arguments = ["delete", "pod", "{pod}", "--wait=false"], Parameters = new(StringComparer.Ordinal) { ["pod"] = "[a-z0-9-]+" } },
    };

    private static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));

    private static Outcome<IReadOnlyList<string>> Arguments(string name, params (string Name, string Value)[] with) =>
        CommandArguments.Of(Allowed, new(name, with.ToImmutableSortedDictionary(w => w.Name, w => w.Value, StringComparer.Ordinal)));

    private static RunnerAction Post(string url, string body = "") => new() { Http = new("POST", url, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty, body) };

    [Fact]
    public void Arguments_OfAParameter_AreOneWholeArgument() => Assert.Equal(["delete", "pod", "web-1", "--wait=false"], Arguments("delete-pod", ("pod", "web-1")).Value);

    [Theory]
    [InlineData("--all", "it begins with a hyphen")]
    [InlineData("web-1; rm -rf /", "it does not match [a-z0-9-]+")]
    [InlineData("web-1\n", "it holds a control character")]
    [InlineData("$(id)", "it does not match [a-z0-9-]+")]
    [InlineData("", "it is empty")]
    public void Arguments_OfAHostileValue_AreRefused(string value, string why) => Assert.Contains($"is no pod of delete-pod: {why}. Give another value.", Said(Arguments("delete-pod", ("pod", value))), StringComparison.Ordinal);

    [Fact]
    public void Arguments_Wrong_SayEverythingAtOnce()
    {
        Assert.Equal("with.namespace: The command delete-pod has no parameter namespace. It has pod. with.pod: The command delete-pod needs the parameter pod. Write with: { pod: … }.", Said(Arguments("delete-pod", ("namespace", "x"))));
        Assert.Equal("command: The command rm is not on the allow-list. Allowed are delete-pod; the settings name them under runner:commands.", Said(Arguments("rm")));
        Assert.Equal("command: The command rm is not on the allow-list. No command is: name it under runner:commands in the settings.", Said(CommandArguments.Of(new Dictionary<string, AllowedCommand>(), new("rm", ImmutableSortedDictionary<string, string>.Empty))));
    }

    [Fact]
    public void Validate_AnAllowListThatIsNone_SaysAllThatIsWrong()
    {
        var options = new RunnerOptions();
        options.Commands["a"] = new() { File = "kubectl", WorkingDirectory = "tmp", Timeout = "1h", Arguments = ["{pod}", "--name={ns}"], Parameters = new(StringComparer.Ordinal) { ["ns"] = "(?=x)" } };
        options.Commands["b"] = new() { File = "/bin/bash", Arguments = ["-c", "{what}"], Parameters = new(StringComparer.Ordinal) { ["what"] = ".*" } };
        Assert.Equal(
            [
                "runner:commands:a:file: \"kubectl\" is not a whole path. Write one such as /usr/bin/kubectl.",
                "runner:commands:a:workingDirectory: \"tmp\" is not a whole path. Write one such as /.",
                "runner:commands:a:timeout: \"1h\" is not a time up to 10m. Write one such as 30s.",
                "runner:commands:a:arguments: {pod} has no pattern. Write one under parameters:pod, such as [a-z0-9-]+.",
                "runner:commands:a:arguments: \"--name={ns}\" mixes a parameter with text. Give the parameter an argument of its own.",
                "runner:commands:a:parameters:ns: \"(?=x)\" is not a pattern. Write a regular expression without look-around or back-references, such as [a-z0-9-]+.",
                "runner:commands:b:file: A parameter must never reach a shell. Name the program itself, or a script without parameters.",
            ],
            new RunnerOptionsValidator().Validate(null, options).Failures);
        Assert.True(new RunnerOptionsValidator().Validate(null, new()).Succeeded);
    }

    [Fact]
    public void Fill_ALabel_StaysAValueWhereverItStands()
    {
        var labels = AlertLabels.Of(("pod", "a/../b?x=\"1\""));
        var filled = RunnerText.Fill(Post("https://example.com/pods/{labels.pod}/restart", "{\"pod\":\"{labels.pod}\"}"), labels).Value.Http!;
        Assert.Equal("https://example.com/pods/a%2F..%2Fb%3Fx%3D%221%22/restart", filled.Url);
        Assert.Equal("a/../b?x=\"1\"", System.Text.Json.JsonDocument.Parse(filled.Body).RootElement.GetProperty("pod").GetString());
        var query = RunnerText.Fill(new() { Query = new(QueryComparison.Below, 1) { Promql = "up{pod=\"{labels.pod}\"}" } }, labels).Value.Query!;
        Assert.Equal("up{pod=\"a/../b?x=\\\"1\\\"\"}", query.Promql);
    }

    [Fact]
    public void Fill_WithoutALabel_SaysWhich() => Assert.Equal(
        "labels.pod: The alert has no label pod, which the action needs. Start it from an alert that has it, or write its value.", Said(RunnerText.Fill(Post("https://example.com/{labels.pod}"), AlertLabels.None)));

    [Fact]
    public void Clean_Output_HasNoEscapesNoControlCharactersNoSecrets() =>
        Assert.Equal("red •••\tdone\nnext", RunnerText.Clean("\u001b[31mred\u001b[0m s3cret\tdone\n\u0000\u0008next\u001b]0;title\u0007", ["s3cret"]));

    [Fact]
    public void Cut_ALongText_SaysHowMuchIsMissing() => Assert.Equal("aaa… (cut: 7 more characters)", RunnerText.Cut(new('a', 10), 3));

    [Theory]
    [InlineData(QueryComparison.Above, 1, false)]
    [InlineData(QueryComparison.AtLeast, 1, true)]
    [InlineData(QueryComparison.Below, 1, false)]
    [InlineData(QueryComparison.AtMost, 1, true)]
    [InlineData(QueryComparison.Below, 0.5, true)]
    public void Holds_AtItsLimit_IsExact(QueryComparison comparison, double value, bool holds) => Assert.Equal(holds, new QueryAction(comparison, 1).Holds(value));

    [Fact]
    public void Says_AnAnswer_NamesFigureAndLimit() => Assert.Equal("burn of payments over 5m is 2.5; not below 1.", new QueryAction(QueryComparison.Below, 1) { Objective = "payments", Window = "5m" }.Says(2.5));

    [Fact]
    public void Save_ThenLoad_GivesTheSameCalls()
    {
        var fold = new RunnerBookFold();
        var book = RunnerBook.None with { Calls = RunnerBook.None.Calls.Add("c1", new("c1", "run/r/s", Post("https://example.com/"), "ada", default) { Verdict = RunnerVerdict.Unknown, Observed = "x" }), Ended = ["c1"] };
        var loaded = fold.Load(fold.Save(book));
        Assert.Equal(System.Text.Encoding.UTF8.GetString(fold.Save(book).Span), System.Text.Encoding.UTF8.GetString(fold.Save(loaded).Span));
    }
}
