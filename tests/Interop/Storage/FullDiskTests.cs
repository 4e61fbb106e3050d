using System.Diagnostics;
using Xunit;

namespace Nines.Tests.Interop.Storage;

/// <summary>A disk of a few megabytes, and one that is mounted read-only, in a mount namespace of its own (unshare).</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-disk-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Append_DiskFull_SaysSoLosesNothingAndGoesOnWhenThereIsRoom()
    {
        var said = RunMounted("mount -t tmpfs -o size=4m none \"$1\" && exec dotnet \"$2\" full \"$1\"");

        Assert.Equal(
            [
                $"The disk that holds {Data}/journal.db is full. Free some space and send it again; nothing acknowledged is lost, nothing of this was written.",
                $"The disk that holds {Data}/signals.log/0000000000000000001.seg is full. Free some space and send it again; nothing acknowledged is lost, nothing of this was written.",
                "kept True True",
            ],
            said);
    }

    [Fact]
    public void Open_JournalReadOnly_SaysSo()
    {
        var said = RunMounted("dotnet \"$2\" open \"$1/data\" && mount --bind \"$1/data/journal.db\" \"$1/data/journal.db\" && mount -o remount,bind,ro \"$1/data/journal.db\" && exec dotnet \"$2\" open \"$1/data\"");

        Assert.Equal(["no refusal", $"{Data}/journal.db is read-only. Give the user who runs Nines the right to write there, or mount the disk writable; nothing was written."], said);
    }

    [Fact]
    public void Open_FolderReadOnly_SaysSo()
    {
        var said = RunMounted("mount -t tmpfs none \"$1\" && mkdir \"$1/data\" && mount -o remount,ro \"$1\" && exec dotnet \"$2\" open \"$1/data\"");

        Assert.Equal([$"{Data} cannot be written. Give the user who runs Nines the right to write there, or name another folder with --data."], said);
    }

    private string[] RunMounted(string script)
    {
        string[] space = Environment.IsPrivilegedProcess ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
        using var child = Process.Start(new ProcessStartInfo("unshare", [.. space, "sh", "-c", script, "sh", _folder.FullName, typeof(CrashTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = child.StandardError.ReadToEndAsync();
        var said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.True(child.ExitCode == 0, $"unshare (package util-linux) could not run the test: {errors.Result}");
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
