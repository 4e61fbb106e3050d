namespace Nines.Kernel;

/// <summary>An entry of the journal together with the event read from it (null for a type this build does not know).</summary>
public readonly record struct Recorded(JournalEntry Entry, object? Event);
