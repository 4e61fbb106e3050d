namespace Nines.Shell;

/// <summary>Slot: names by which a room's pages are reached besides the server's own, such as a status page's domain.</summary>
public interface IFurtherHosts
{
    /// <summary>True where the server answers to that name.</summary>
    bool Answers(string host);
}
