namespace Nines.Measuring.Signals;

/// <summary>Labels that a door has found but not yet made texts of: most series are never asked for, and then most of them are not needed.</summary>
public interface ISkimmedLabels
{
    int Count { get; }

    /// <summary>At least the length of the longest name and value.</summary>
    int Longest { get; }

    string NameOf(int label);

    string ValueOf(int label);
}
