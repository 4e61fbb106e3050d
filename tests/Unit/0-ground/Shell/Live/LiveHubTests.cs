using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Shell.Live;
using Nines.Shell.Pages;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Live;

public sealed class LiveHubTests
{
    [Fact]
    public async Task Changed_ManyTimesAtOnce_DrawsOnceAndTellsOnlyWhatDiffers()
    {
        var source = new Source();
        using var hub = Hub(source);
        var listener = hub.Listen(["figures:a", "unknown"]);

        for (var i = 0; i < 50; i++) hub.Changed("figures:a");
        var first = await listener.News.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        hub.Changed("figures");
        var second = await listener.News.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, source.Drawn);
        Assert.Equal(["same", "count"], first.Fragments.Select(f => f.Id));
        Assert.Equal([new Fragment("count", "a2")], second.Fragments);
    }

    [Fact]
    public void Changed_NobodyLooks_DrawsNothing()
    {
        var source = new Source();
        using var hub = Hub(source);

        hub.Changed("figures:a");

        Assert.Equal(0, source.Drawn);
    }

    [Fact]
    public void Listen_TopicsOfNobody_AreLeftOut()
    {
        using var hub = Hub(new Source());

        Assert.Equal(["figures:a"], hub.Listen(["figures:a", "unknown", "figur"]).Topics);
    }

    private static LiveHub Hub(Source source) =>
        new([source], new Drawing(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance), TimeProvider.System);

    private sealed class Source : ILiveSource
    {
        public int Drawn { get; private set; }

        public string Topic => "figures";

        public Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
        {
            Drawn++;
            return Task.FromResult<IReadOnlyList<Fragment>>([new("same", "x"), new("count", name + Drawn)]);
        }
    }
}
