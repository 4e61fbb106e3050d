using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Xunit;
using CommandLine = Nines.Shell.CommandLine;

namespace Nines.Tests.Unit.Ground.Shell;

public class CommandLineTests
{
    [Fact]
    public async Task Run_KnownCommand_PassesArgumentsAndAnswersItsCode()
    {
        var (code, output, error) = await Run("thing", "show", "a");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("shown a\n", output);
    }

    [Fact]
    public async Task Run_Json_WritesOneValueAndNothingElse()
    {
        var (code, output, _) = await Run("thing", "show", "a", "--json");
        Assert.Equal((0, "{\n  \"name\": \"a\"\n}\n"), (code, output));
    }

    [Fact]
    public async Task Run_MistypedOption_IsRefusedAndNotTakenForAName()
    {
        var (code, output, error) = await Run("thing", "show", "--jsn");
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains("There is no option \"--jsn\" here.", error, StringComparison.Ordinal);
        Assert.Contains("See \"nines thing show --help\".", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownCommand_ExitsWithTwoOnStandardError()
    {
        var (code, output, error) = await Run("thong");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("thong", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AtSign_IsNoResponseFile()
    {
        var (code, output, _) = await Run("thing", "show", "@a");
        Assert.Equal((0, "shown @a\n"), (code, output));
    }

    [Fact]
    public async Task Run_NobodyAnswers_ExitsWithFiveAndSaysHow()
    {
        var (code, _, error) = await Run("thing", "ask", "--server", "http://127.0.0.1:9");
        Assert.Equal(5, code);
        Assert.Equal(
            "error No Nines server answers at http://127.0.0.1:9/. Start one with \"nines serve\", or name it with --server URL or NINES_SERVER.",
            error.ReplaceLineEndings(" ").Trim());
    }

    [Fact]
    public async Task Help_OfACommand_ShowsItsExample()
    {
        var (code, output, _) = await Run("thing", "show", "--help");
        Assert.Equal(0, code);
        Assert.Contains("nines thing show checkout", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProblemKind.Invalid, 2)]
    [InlineData(ProblemKind.NotFound, 1)]
    [InlineData(ProblemKind.Denied, 4)]
    [InlineData(ProblemKind.Finding, 0)]
    public void ExitCode_OfAProblem_FollowsTheContract(ProblemKind kind, int code) =>
        Assert.Equal(code, ExitCode.For([new(kind, "x")]));

    private static async Task<(int Code, string Output, string Error)> Run(params string[] words)
    {
        var line = new CommandLine([new ShowThing(), new AskThing()], TimeProvider.System, server => new HttpClient(new SocketsHttpHandler()) { BaseAddress = server.Address });
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await line.RunAsync(words, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private sealed class ShowThing : CliCommand
    {
        private readonly Argument<string> _name = new("name");

        public override string Path => "thing show";

        public override string Summary => "Shows a thing.";

        public override string Example => "nines thing show checkout";

        public override Permission Permission => Permission.Nothing;

        public override void Configure(Command command) => command.Arguments.Add(_name);

        public override Task<int> RunAsync(ParseResult parse, CommandRun run)
        {
            var name = parse.GetValue(_name)!;
            if (run.Json) run.WriteJson(new { name });
            else run.WriteRaw($"shown {name}\n");
            return Task.FromResult(ExitCode.Done);
        }
    }

    private sealed class AskThing : CliCommand
    {
        public override string Path => "thing ask";

        public override string Summary => "Asks the server.";

        public override string Example => "nines thing ask";

        public override Permission Permission => Permission.Read("things");

        public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
        {
            var answer = await run.Server.GetAsync<string>("/things", run.Stop);
            return answer.Ok ? ExitCode.Done : run.Fail(answer.Problems);
        }
    }
}
