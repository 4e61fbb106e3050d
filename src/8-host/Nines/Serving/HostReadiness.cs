namespace Nines.Host;

/// <summary>Whether the house is folded, replayed and open: what <c>/-/ready</c> answers.</summary>
public sealed class HostReadiness
{
    private volatile bool _ready;

    /// <summary>True between start and stop.</summary>
    public bool Ready
    {
        get => _ready;
        set => _ready = value;
    }
}
