using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Kernel;
using Nines.Tests.Stories;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Outbox;

public sealed class OutboxDutyTests : IAsyncDisposable
{
    private readonly WatchedJournal _journal = new();
    private readonly StoryClock _clock = new(new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSender _sender = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private async Task<(House House, OutboxDuty Duty)> OpenAsync()
    {
        var events = new EventCatalog([typeof(OutboxIntended), typeof(OutboxAttempted), typeof(OutboxSettled), typeof(OutboxCancelled)]);
        var house = new House(_journal, events, [new OutboxFold()], [], new IdSource(new Random(1)), _clock, NullLogger<House>.Instance);
        await house.StartAsync(default);
        return (house, new OutboxDuty(house, [_sender], _clock, NullLogger<OutboxDuty>.Instance));
    }

    private static Task<Decided<bool>> IntendAsync(House house, string id, string kind = "scripted") => house.DecideAsync(Actor.Local, deciding =>
    {
        deciding.Write(Kernel.Outbox.StreamOf(id), new OutboxIntended(id, kind, "t", "page/1", JsonDocument.Parse("{}").RootElement));
        return Outcome<bool>.Of(true);
    });

    private async Task RunDueAsync(OutboxDuty duty, House house)
    {
        if (duty.NextDue(house.State) <= _clock.Now()) await duty.RunAsync(_clock.Now(), default);
        await duty.DrainAsync();
    }

    [Fact]
    public async Task Run_ReceiverFailsThenAccepts_SendsOneIdUntilAccepted()
    {
        _sender.Script = [new(SendVerdict.Retry, "503"), new(SendVerdict.Retry, "503"), new(SendVerdict.Accepted, "200")];
        var (house, duty) = await OpenAsync();
        await IntendAsync(house, "a");
        for (var i = 0; i < 10; i++)
        {
            await RunDueAsync(duty, house);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([("a", 1), ("a", 2), ("a", 3)], _sender.Seen);
        Assert.Equal(EffectEnd.Accepted, Assert.Single(house.State.Get<Kernel.Outbox>().Recent).End);
        await house.DisposeAsync();
    }

    [Fact]
    public async Task Run_CrashWhileSending_IsSentAgainUnderTheSameId()
    {
        var hangs = new TaskCompletionSource<SendOutcome>();
        _sender.Hang = hangs.Task;
        var (first, duty) = await OpenAsync();
        await IntendAsync(first, "a");
        await duty.RunAsync(_clock.Now(), default);
        // The first node is gone with its answer outstanding; another opens over the same journal.
        _sender.Hang = null;
        _sender.Script = [new(SendVerdict.Accepted, "200")];
        var (second, again) = await OpenAsync();
        await RunDueAsync(again, second);

        Assert.Equal([("a", 1), ("a", 1)], _sender.Seen);
        Assert.Empty(second.State.Get<Kernel.Outbox>().Pending);
    }

    [Fact]
    public async Task Run_TheStoreRefusesTheOutcome_WritesItAgainAndSendsNothingTwice()
    {
        _sender.Script = [new(SendVerdict.Accepted, "200")];
        var (house, duty) = await OpenAsync();
        await IntendAsync(house, "a");
        _journal.BeforeAppend = append => append is 2 or 3 ? throw new StorageException("The disk is full.") : Task.CompletedTask;
        await duty.RunAsync(_clock.Now(), default);
        for (var i = 0; i < 100 && house.State.Get<Kernel.Outbox>().Pending.Count > 0; i++)
        {
            await Task.Delay(5);
            Assert.Null(duty.NextDue(house.State));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await duty.DrainAsync();
        Assert.Equal([("a", 1)], _sender.Seen);
        Assert.Equal(EffectEnd.Accepted, Assert.Single(house.State.Get<Kernel.Outbox>().Recent).End);
        await house.DisposeAsync();
    }

    [Fact]
    public async Task Run_NobodySendsThatKind_SaysSoAndKeepsTrying()
    {
        var (house, duty) = await OpenAsync();
        await IntendAsync(house, "a", kind: "pigeon");
        await RunDueAsync(duty, house);
        Assert.Equal("Nothing here sends effects of kind \"pigeon\".", house.State.Get<Kernel.Outbox>().Pending["a"].LastReason);
    }

    [Fact]
    public async Task Run_SenderThrows_IsARetryWithItsWords()
    {
        _sender.Hang = Task.FromException<SendOutcome>(new IOException("connection reset"));
        var (house, duty) = await OpenAsync();
        await IntendAsync(house, "a");
        await RunDueAsync(duty, house);
        Assert.Equal("connection reset", house.State.Get<Kernel.Outbox>().Pending["a"].LastReason);
    }

    [Fact]
    public async Task Run_ReceiverHangs_TimesOutByTheClock()
    {
        var (house, duty) = await OpenAsync();
        _sender.WaitForStop = true;
        await IntendAsync(house, "a");
        await duty.RunAsync(_clock.Now(), default);
        Assert.Null(duty.NextDue(house.State));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await duty.DrainAsync();
        Assert.Equal("No answer within 10s.", house.State.Get<Kernel.Outbox>().Pending["a"].LastReason);
    }

    private sealed class ScriptedSender : IOutboxSender
    {
        public List<(string Id, int Attempt)> Seen { get; } = [];

        public Queue<SendOutcome> Left { get; private set; } = new();

        public SendOutcome[] Script { set => Left = new(value); }

        public Task<SendOutcome>? Hang { get; set; }

        public bool WaitForStop { get; set; }

        public string Kind => "scripted";

        public Duration Timeout => Duration.FromSeconds(10);

        public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
        {
            Seen.Add((delivery.Id, delivery.Attempt));
            if (WaitForStop) await Task.Delay(System.Threading.Timeout.Infinite, stop);
            return Hang is { } hang ? await hang : Left.Dequeue();
        }
    }
}
