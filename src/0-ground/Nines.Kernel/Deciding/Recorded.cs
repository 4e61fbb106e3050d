namespace Nines.Kernel;

/// <summary>
/// An entry of the journal together with the event read from it (null for a type this build does not know). Folds and
/// reactions see version 0, because it is given by the append; watchers and readers see the true one.
/// </summary>
public readonly record struct Recorded(JournalEntry Entry, object? Event);
