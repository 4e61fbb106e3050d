using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Access.Api;
using Nines.Catalog.Access.Cli;
using Nines.Catalog.Access.Ui;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Catalog.Access;

/// <summary>Who may come in, and how they prove it: accounts with passwords, sessions of browsers, tokens of programs.</summary>
public sealed class AccessModule : Module
{
    // Rights of the host's own routes, which belong to no room.
    private static readonly string[] OfTheHouse = ["house", "backups"];

    /// <inheritdoc />
    public override string Name => "access";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Options<AccessOptions, AccessOptionsValidator>()
            .Event<PasswordSet>().Event<AccountClosed>().Event<SecretsErased>()
            .Event<SessionOpened>().Event<SessionSeen>().Event<SessionClosed>()
            .Event<TokenMade>().Event<TokenRevoked>().Event<Invited>()
            .State(new AccessFold())
            .React(new OnManifestDeleted())
            .Duty<EraseSecretsDuty>()
            .Command(new TokenCreateCommand()).Command(new TokenListCommand()).Command(new TokenRevokeCommand())
            .Command(new AccountListCommand()).Command(new AccountInviteCommand()).Command(new AccountCloseCommand())
            .Command(new SetupTokenCommand());
        AccessApi.Register(room);
        SignInPages.Register(room);
        AccessPages.Register(room);
        room.Services.AddSingleton<HashBench>();
        room.Services.AddSingleton<Passwords>();
        room.Services.AddSingleton<Sessions>();
        room.Services.AddSingleton<Accounts>();
        room.Services.AddSingleton<Tokens>();
        room.Services.AddSingleton<SignIn>();
        room.Services.AddSingleton(new SignInThrottle());
        room.Services.AddSingleton<Callers>();
        room.Services.AddSingleton<ICallers>(s => s.GetRequiredService<Callers>());
        room.Services.AddSingleton<SetupToken>();
        room.Services.AddSingleton<IRoomLife>(s => s.GetRequiredService<SetupToken>());
        room.Services.AddSingleton(s => new KnownRooms(Rooms(s.GetRequiredService<IReadOnlyList<Registration>>())));
        room.Fill<IPaletteSource, AccessPalette>();
    }

    private static HashSet<string> Rooms(IReadOnlyList<Registration> rooms) =>
        [.. rooms.SelectMany(r => r.Routes).Select(r => r.Permission.Name.Split(':')).Where(p => p.Length == 2).Select(p => p[0]), .. OfTheHouse];
}
