using Nines.Shell;
using Spectre.Console;

namespace Nines.Host;

/// <summary>A bar on the terminal while something large is copied; nothing where messages are piped.</summary>
internal static class CopyProgress
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the work under a bar.</summary>
    /// <param name="run">The command.</param>
    /// <param name="what">Stands before the bar.</param>
    /// <param name="share">How far it is, 0 to 1; null where nobody knows the end.</param>
    /// <param name="work">The work itself.</param>
    public static async Task<T> WatchAsync<T>(CommandRun run, string what, Func<double>? share, Func<Task<T>> work)
    {
        if (!run.Messages.Profile.Capabilities.Interactive) return await work();
        ProgressColumn[] columns = share is null ? [new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn()] : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()];
        return await run.Messages.Progress().AutoClear(true).Columns(columns).StartAsync(async progress =>
        {
            var bar = progress.AddTask(what, maxValue: 1);
            var working = work();
            while (!working.IsCompleted)
            {
                bar.Value = share?.Invoke() ?? 0;
                await Task.WhenAny(working, Task.Delay(Look, run.Clock, run.Stop));
            }

            bar.Value = 1;
            return await working;
        });
    }

    /// <summary>Bytes of all files in a folder, also while somebody works there; 0 where there is none.</summary>
    public static long BytesIn(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        }
        catch (IOException)
        {
            // It went while it was counted: the bar stands still for a moment.
            return 0;
        }
    }
}
