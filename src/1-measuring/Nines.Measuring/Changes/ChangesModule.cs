using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Measuring.Changes.Api;
using Nines.Measuring.Changes.Cli;
using Nines.Measuring.Changes.Ui;
using Nines.Shell;

namespace Nines.Measuring.Changes;

/// <summary>Deploys, settings and flags that somebody changed on purpose, beside objectives and alerts.</summary>
public sealed class ChangesModule : Module
{
    /// <inheritdoc />
    public override string Name => "changes";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<ChangeRecorded>();
        room.State(new ChangeBookFold());
        room.Services.AddSingleton<ChangeDesk>();
        room.Post("/api/v1/changes", Permission.Send("changes"), ChangesApi.RecordAsync);
        room.Get("/api/v1/changes", Permission.Read("changes"), ChangesApi.List);
        room.Get("/api/v1/changes/{id}", Permission.Read("changes"), ChangesApi.Show);
        ChangePages.Register(room);
        room.Command(new ChangeAddCommand()).Command(new ChangeListCommand());
    }
}
