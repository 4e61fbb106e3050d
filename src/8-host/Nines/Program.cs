using Nines.Host;
using Nines.Shell;

var rooms = Rooms.Register(new ServiceCollection(), new ConfigurationBuilder().Build());
var commands = new CommandLine([.. HostCommands.All, .. rooms.SelectMany(r => r.Commands)], TimeProvider.System, ServerConnection.Open);
return await commands.RunAsync(args, Console.Out, Console.Error);
