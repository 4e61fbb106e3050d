using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;

namespace Nines.Shell;

/// <summary>
/// What one room brings to the house. The host builds the server from the registrations of all modules; the command
/// line builds its tree from their commands.
/// </summary>
public sealed class Registration(string room, IServiceCollection services, IConfiguration settings)
{
    private readonly List<Type> _events = [];
    private readonly List<RouteDeclaration> _routes = [];
    private readonly List<CliCommand> _commands = [];

    /// <summary>The room's name.</summary>
    public string Room { get; } = room;

    /// <summary>Services of the room: its use cases and its thin doors.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Settings; a room reads only the section of its own name.</summary>
    public IConfiguration Settings { get; } = settings;

    /// <summary>The events that the room writes.</summary>
    public IReadOnlyList<Type> EventTypes => _events;

    /// <summary>The room's routes, each with its permission.</summary>
    public IReadOnlyList<RouteDeclaration> Routes => _routes;

    /// <summary>The room's commands.</summary>
    public IReadOnlyList<CliCommand> Commands => _commands;

    /// <summary>Names an event that the room writes.</summary>
    public Registration Event<TEvent>() where TEvent : class
    {
        _events.Add(typeof(TEvent));
        return this;
    }

    /// <summary>The room's state.</summary>
    public Registration State(Fold fold)
    {
        Services.AddSingleton(fold);
        return this;
    }

    /// <summary>A pure reaction.</summary>
    public Registration React(Reaction reaction)
    {
        Services.AddSingleton(reaction);
        return this;
    }

    /// <summary>Work that time starts.</summary>
    public Registration Duty<TDuty>() where TDuty : Duty
    {
        Services.AddSingleton<TDuty>();
        Services.AddSingleton<Duty>(s => s.GetRequiredService<TDuty>());
        return this;
    }

    /// <summary>The room's settings, from the section of its name, checked at start: all mistakes at once.</summary>
    public Registration Options<TOptions, TValidator>()
        where TOptions : class, new()
        where TValidator : class, Microsoft.Extensions.Options.IValidateOptions<TOptions>
    {
        Services.AddOptions<TOptions>().Bind(Settings.GetSection(Room)).ValidateOnStart();
        Services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<TOptions>, TValidator>();
        return this;
    }

    /// <summary>Fills a slot that a lower floor offers.</summary>
    public Registration Fill<TSlot, TFiller>() where TSlot : class where TFiller : class, TSlot
    {
        Services.AddSingleton<TSlot, TFiller>();
        return this;
    }

    /// <summary>A command of the command line.</summary>
    public Registration Command(CliCommand command)
    {
        _commands.Add(command);
        return this;
    }

    /// <summary>An HTTP route (API or page) with the permission that it needs.</summary>
    public Registration Route(string method, string pattern, Permission permission, Delegate handler, Action<RouteHandlerBuilder>? more = null)
    {
        _routes.Add(new(Room, method, pattern, permission, handler, more));
        return this;
    }

    /// <summary>A GET route.</summary>
    public Registration Get(string pattern, Permission permission, Delegate handler) => Route("GET", pattern, permission, handler);

    /// <summary>A POST route.</summary>
    public Registration Post(string pattern, Permission permission, Delegate handler) => Route("POST", pattern, permission, handler);
}
