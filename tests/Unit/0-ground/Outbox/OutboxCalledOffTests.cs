using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Nines.Kernel;
using Nines.Storage;
using Nines.Tests.Stories;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Ground.Outbox;

/// <summary>Once the commit that calls an effect off is answered, nothing of it runs and nothing of it begins.</summary>
public sealed class OutboxCalledOffTests : IAsyncDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly StoryClock _clock = new(new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero));
    private readonly OpenSender _sender = new();
    private House _house = null!;
    private OutboxDuty _duty = null!;

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _journal.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var events = new EventCatalog([typeof(OutboxIntended), typeof(OutboxAttempted), typeof(OutboxSettled), typeof(OutboxCancelled)]);
        _house = new House(_journal, events, [new OutboxFold()], [], new IdSource(new Random(1)), _clock, NullLogger<House>.Instance);
        await _house.StartAsync(default);
        _duty = new OutboxDuty(_house, [_sender], _clock, NullLogger<OutboxDuty>.Instance);
    }

    private Task<Decided<bool>> IntendAsync(params string[] ids) => WriteAsync(ids.Select(id =>
        (id, (object)new OutboxIntended(id, "open", $"t/{id}", "page/1", JsonDocument.Parse("{}").RootElement))));

    private Task<Decided<bool>> CallOffAsync(params string[] ids) => WriteAsync(ids.Select(id => (id, (object)new OutboxCancelled(id, "Somebody has it."))));

    private Task<Decided<bool>> WriteAsync(IEnumerable<(string Id, object Event)> all) => _house.DecideAsync(Actor.Local, deciding =>
    {
        foreach (var (id, happened) in all) deciding.Write(Kernel.Outbox.StreamOf(id), happened);
        return Outcome<bool>.Of(true);
    });

    [Fact]
    public async Task CalledOff_BeforeAnyTry_IsNeverTried()
    {
        await OpenAsync();
        await IntendAsync("a");
        await CallOffAsync("a");
        Assert.Null(_duty.NextDue(_house.State));
        await _duty.RunAsync(_clock.Now(), default);
        Assert.Empty(_sender.Began);
        var settled = Assert.Single(_house.State.Get<Kernel.Outbox>().Recent);
        Assert.Equal((EffectEnd.Cancelled, "Somebody has it."), (settled.End, settled.Reason));
        Assert.Equal(1, _house.State.Get<Kernel.Outbox>().Totals["open"].Cancelled);
    }

    [Fact]
    public async Task CalledOff_WhileATryRuns_StopsItAndAnswersOnlyThen()
    {
        await OpenAsync();
        var lettingGo = new TaskCompletionSource();
        _sender.Send = async (_, stop) =>
        {
            try
            {
                await Task.Delay(System.Threading.Timeout.Infinite, stop);
            }
            catch (OperationCanceledException)
            {
                await lettingGo.Task;
                throw;
            }

            return new(SendVerdict.Accepted, "200");
        };
        await IntendAsync("a");
        await _duty.RunAsync(_clock.Now(), default);
        var answer = CallOffAsync("a");
        // The writer goes on meanwhile, and what it commits is answered.
        await IntendAsync("b");
        Assert.False(answer.IsCompleted);
        lettingGo.SetResult();
        await answer;
        Assert.Equal(0, _sender.Running);
        await _duty.DrainAsync();
        Assert.Equal(EffectEnd.Cancelled, Assert.Single(_house.State.Get<Kernel.Outbox>().Recent).End);
    }

    [Fact]
    public async Task CalledOff_WhileASenderHearsNoStop_AnswersWhenItIsThrough()
    {
        await OpenAsync();
        var through = new TaskCompletionSource<SendOutcome>();
        _sender.Send = (_, _) => through.Task;
        await IntendAsync("a");
        await _duty.RunAsync(_clock.Now(), default);
        var answer = CallOffAsync("a");
        await IntendAsync("b");
        Assert.False(answer.IsCompleted);
        through.SetResult(new(SendVerdict.Accepted, "200"));
        await answer;
        await _duty.DrainAsync();
        // It got through before it could be stopped; it stays called off, and is not tried again.
        Assert.Equal(EffectEnd.Cancelled, Assert.Single(_house.State.Get<Kernel.Outbox>().Recent).End);
    }

    [Fact]
    public async Task CalledOff_BetweenTheLookAndTheTry_IsNotTried()
    {
        await OpenAsync();
        // The duty has already chosen a and b; while it begins a, b is called off and that is answered.
        _sender.Send = (delivery, _) =>
        {
            if (delivery.Id == "a") OnItsOwn(() => CallOffAsync("b")).GetAwaiter().GetResult();
            return Task.FromResult(new SendOutcome(SendVerdict.Accepted, "200"));
        };
        await IntendAsync("a", "b");
        await _duty.RunAsync(_clock.Now(), default);
        await _duty.DrainAsync();
        Assert.Equal(["a"], _sender.Began);
    }

    [Fact]
    public async Task CalledOff_WhatWaitedForIt_IsReleased()
    {
        await OpenAsync();
        await IntendAsync("a");
        await WriteAsync([("b", new OutboxIntended("b", "open", "t/a", "page/1", JsonDocument.Parse("{}").RootElement, After: "a"))]);
        await CallOffAsync("a");
        await _duty.RunAsync(_clock.Now(), default);
        await _duty.DrainAsync();
        Assert.Equal(["b"], _sender.Began);
    }

    [Fact]
    public async Task CalledOff_AtAnyMomentOfManyTries_NothingRunsOrBeginsAfterTheAnswer()
    {
        await OpenAsync();
        _sender.Send = async (_, stop) =>
        {
            await Task.Yield();
            await Task.Yield();
            stop.ThrowIfCancellationRequested();
            return new(SendVerdict.Accepted, "200");
        };
        for (var round = 0; round < 300; round++)
        {
            string[] ids = [.. Enumerable.Range(0, 4).Select(i => $"{round}/{i}")];
            await IntendAsync(ids);
            using var start = new Barrier(2);
            var sending = OnItsOwn(async () =>
            {
                start.SignalAndWait();
                await _duty.RunAsync(_clock.Now(), default);
            });
            start.SignalAndWait();
            for (var spin = 0; spin < round % 40; spin++) System.Threading.Thread.SpinWait(20);
            await CallOffAsync(ids);
            var running = _sender.RunningOf(ids);
            var began = _sender.Began.Count;
            await sending;
            await _duty.DrainAsync();
            Assert.Equal((0, began), (running, _sender.Began.Count));
        }
    }

    private static Task OnItsOwn(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private sealed class OpenSender : IOutboxSender
    {
        private readonly ConcurrentDictionary<string, bool> _running = new();

        public ConcurrentQueue<string> Began { get; } = new();

        public int Running => _running.Count;

        public Func<Delivery, CancellationToken, Task<SendOutcome>> Send { get; set; } = (_, _) => Task.FromResult(new SendOutcome(SendVerdict.Accepted, "200"));

        public string Kind => "open";

        public Duration Timeout => Duration.FromSeconds(10);

        public int RunningOf(IEnumerable<string> ids) => ids.Count(_running.ContainsKey);

        public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
        {
            Began.Enqueue(delivery.Id);
            _running[delivery.Id] = true;
            try
            {
                return await Send(delivery, stop);
            }
            finally
            {
                _running.TryRemove(delivery.Id, out _);
            }
        }
    }
}
