using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Paging.Notifications.Api;

/// <summary>Finds one page; one that left memory is read from its streams.</summary>
internal sealed class PageReading(IHouse house, IJournal journal, EventCatalog events, CompiledManifests manifests, PagingDesk desk, TimeProvider clock)
{
    /// <summary>The page with who comes next; null where there is none.</summary>
    public async Task<PageView?> FindAsync(string id, CancellationToken stop)
    {
        var state = house.State;
        var page = state.Get<PageBook>().All.GetValueOrDefault(id) ?? await ReadAsync(id, stop);
        if (page is null) return null;
        return PageView.Of(page, manifests.For(state)) with { Next = NextView.Of(desk.Context(state, clock.Now(), () => ""), page) };
    }

    private async Task<Page?> ReadAsync(string id, CancellationToken stop)
    {
        var fold = new PageBookFold();
        var book = PageBook.None;
        var messages = new List<string>();
        await foreach (var entry in journal.ReadStreamAsync(PageIntents.StreamOf(id), 0, stop))
        {
            var happened = events.Read(entry.Type, entry.Data);
            if (happened is PageIntended intended) messages.AddRange(intended.Messages.Select(m => m.Effect));
            book = fold.Apply(book, new(entry, happened));
        }

        foreach (var message in messages)
            await foreach (var entry in journal.ReadStreamAsync(Outbox.StreamOf(message), 0, stop))
                book = fold.Apply(book, new(entry, events.Read(entry.Type, entry.Data)));
        return book.All.GetValueOrDefault(id);
    }
}
