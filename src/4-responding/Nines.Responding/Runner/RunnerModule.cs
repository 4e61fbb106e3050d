using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Responding.Runner.Api;
using Nines.Responding.Runner.Cli;
using Nines.Shell;

namespace Nines.Responding.Runner;

/// <summary>The room that does things outside the house, for runbooks and remediation.</summary>
public sealed class RunnerModule : Module
{
    /// <inheritdoc />
    public override string Name => "runner";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<RunnerCalled>().Event<RunnerBegan>().Event<RunnerEnded>();
        room.State(new RunnerBookFold());
        room.Options<RunnerOptions, RunnerOptionsValidator>();
        room.Services.AddSingleton<RunnerCalls>();
        room.Services.AddSingleton<HttpRun>();
        room.Services.AddSingleton<ProcessRun>();
        room.Services.AddSingleton<QueryRun>();
        room.Services.AddSingleton<IOutboxSender, RunnerSender>();
        room.Services.AddSingleton<Reaction, OnCallSettled>();
        room.Get("/api/v1/runner/commands", Permission.Read("runner"), RunnerApi.Commands);
        room.Get("/api/v1/runner/calls", Permission.Read("runner"), RunnerApi.Calls);
        room.Get("/api/v1/runner/calls/{id}", Permission.Read("runner"), RunnerApi.Call);
        room.Command(new RunnerCommandsCommand());
        room.Command(new RunnerCallsCommand());
        room.Command(new RunnerShowCommand());
    }
}
