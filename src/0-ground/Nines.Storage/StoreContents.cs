namespace Nines.Storage;

/// <summary>What a whole copy of a signal store needs beyond its port.</summary>
internal interface ISignalContents
{
    /// <summary>Every stream with its id.</summary>
    IReadOnlyList<(int Id, string Name)> Streams { get; }

    /// <summary>Names streams in an empty store with the ids that they had elsewhere.</summary>
    Task ImportStreamsAsync(IReadOnlyList<(int Id, string Name)> streams, CancellationToken stop);
}

/// <summary>What a whole copy of people's keys needs beyond its port.</summary>
internal interface IKeyContents
{
    /// <summary>Every key.</summary>
    IReadOnlyDictionary<string, byte[]> All { get; }

    /// <summary>Takes keys over into an empty store.</summary>
    Task ImportAsync(IReadOnlyDictionary<string, byte[]> keys, CancellationToken stop);
}
