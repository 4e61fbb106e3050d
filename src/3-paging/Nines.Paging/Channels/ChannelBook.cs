using System.Collections.Immutable;
using Nines.Kernel;

namespace Nines.Paging.Channels;

/// <summary>What the ways out remember.</summary>
/// <param name="Verified">Contact (<c>person/name</c>) to the hash of the address that it proved with.</param>
public sealed record ChannelBook(ImmutableSortedDictionary<string, string> Verified)
{
    /// <summary>Nothing yet.</summary>
    public static ChannelBook None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>True where this contact proved itself with this address.</summary>
    public bool IsVerified(string contact, string? addressHash) => addressHash is not null && Verified.GetValueOrDefault(contact) == addressHash;
}

/// <summary>Folds the events of the ways out.</summary>
public sealed class ChannelBookFold : Fold<ChannelBook>
{
    /// <inheritdoc />
    public override string Room => "channels";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override ChannelBook Empty => ChannelBook.None;

    /// <inheritdoc />
    public override ChannelBook Apply(ChannelBook state, in Recorded happened) => happened.Event switch
    {
        ContactVerified e => state with { Verified = state.Verified.SetItem($"{e.Person}/{e.Contact}", e.AddressHash) },
        _ => state,
    };
}
