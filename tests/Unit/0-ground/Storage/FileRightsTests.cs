using Nines.Storage;
using Xunit;

namespace Nines.Tests.Unit.Storage;

public class FileRightsTests
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    [Fact]
    public async Task Open_FolderThatOthersMayRead_KeepsItsFilesToTheOwner()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Path, OwnersFolder | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await File.WriteAllTextAsync(folder.File("notes.txt"), "somebody else's");
        var notes = File.GetUnixFileMode(folder.File("notes.txt"));
        await using var store = await Store.OpenAsync(new(folder.Path));
        foreach (var file in Directory.EnumerateFiles(folder.Path).Where(f => !f.EndsWith("notes.txt", StringComparison.Ordinal)))
            Assert.True(File.GetUnixFileMode(file) == OwnersFile, $"{file}: {File.GetUnixFileMode(file)}");
        Assert.Equal(OwnersFolder, File.GetUnixFileMode(DataDirectory.SignalLogFolder(folder.Path)));
        Assert.Equal(notes, File.GetUnixFileMode(folder.File("notes.txt")));
    }

    [Fact]
    public async Task Open_NewFolder_IsTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        var made = Path.Combine(folder.Path, "data");
        await using var store = await Store.OpenAsync(new(made));
        Assert.Equal(OwnersFolder, File.GetUnixFileMode(made));
    }
}
