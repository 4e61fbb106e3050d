namespace Nines.Responding.StatusPages;

/// <summary>How the files of a page refer to each other: below the server's address, at a domain of its own, or as files beside each other. Pure.</summary>
/// <param name="Root">What stands before each path.</param>
/// <param name="Files">True for files that any web server, or none, shows.</param>
/// <param name="Home">The page itself.</param>
public sealed record PublicLinks(string Root, bool Files, string Home)
{
    /// <summary>Below the server's address.</summary>
    public static PublicLinks Of(string page) => new($"/status/{page}/", false, $"/status/{page}");

    /// <summary>At a domain of its own.</summary>
    public static PublicLinks Domain { get; } = new("/", false, "/");

    /// <summary>Files beside each other, seen from one of them.</summary>
    public static PublicLinks FileAt(string path)
    {
        var root = path.Length == 0 ? "" : string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/') + 1));
        return new(root, true, root + "index.html");
    }

    /// <summary>Another page of it.</summary>
    public string To(string path) => Files ? $"{Root}{path}/index.html" : Root + path;

    /// <summary>A file of it.</summary>
    public string Below(string path) => Root + path;
}
