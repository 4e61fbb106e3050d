using Nines.Kernel;

namespace Nines.Paging.Channels.Push;

/// <summary>The house's own push key: made at first need, kept beside people's keys, the same on every node.</summary>
internal sealed class PushKeys(IPersonKeys keys)
{
    // Not a person: no id of a person holds a colon.
    private const string Name = "push:vapid";

    private VapidToken? _token;

    public async ValueTask<VapidToken> GetAsync(CancellationToken stop) => _token ??= new VapidToken(await keys.GetOrCreateAsync(Name, stop));
}
