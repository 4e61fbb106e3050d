namespace Nines.Kernel;

/// <summary>
/// The store could not do what was asked: full disk, read-only file, newer schema, corrupt tail, lost connection.
/// The message says which, where, and what to do; nothing that was acknowledged is lost.
/// </summary>
public sealed class StorageException : IOException
{
    /// <summary>Creates one with a message that names the place and the remedy.</summary>
    public StorageException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
