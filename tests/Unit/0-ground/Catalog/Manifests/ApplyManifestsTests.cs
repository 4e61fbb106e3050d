using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Storage;
using Nines.Tests.Unit.Measuring.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Manifests;

public sealed class ApplyManifestsTests : IAsyncLifetime
{
    private const string Ada = "apiVersion: nines/v1\nkind: Person\nmetadata: { name: ada, displayName: Ada Lovelace }\nspec: { contacts: { email: ada@example.com } }\n";
    private const string Team = "apiVersion: nines/v1\nkind: Team\nmetadata: { name: payments }\nspec: { members: [ada] }\n";
    private const string Policy = "apiVersion: nines/v1\nkind: BurnAlertPolicy\nmetadata: { name: mine }\nspec: { pairs: [{ severity: page, long: 1h, short: 5m, factor: 10 }] }\n";
    private const string Slo = "apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: s }\nspec:\n  service: x\n  indicator: { spec: { ratioMetric: { counter: true, good: { metricSource: { type: nines, spec: { selector: g } } }, total: { metricSource: { type: nines, spec: { selector: t } } } } } }\n  budgetingMethod: Occurrences\n  objectives: [{ target: 0.99 }]\n  alertPolicies: [{ alertPolicyRef: mine }]\n";

    private readonly Store _store = Store.InMemory();
    private readonly string _folder = Directory.CreateTempSubdirectory("nines-manifests-").FullName;
    private House _house = null!;
    private CompiledManifests _compiled = null!;
    private readonly Follower _follower = new();
    private readonly Objection _review = new();
    private ApplyManifests _apply = null!;

    public async Task InitializeAsync()
    {
        _house = new(_store.Journal, new EventCatalog([typeof(ManifestApplied), typeof(ManifestDeleted), typeof(ManifestsForced)]), [new ManifestsFold()], [], new IdSource(new Random(1)), TimeProvider.System, NullLogger<House>.Instance);
        await _house.StartAsync(CancellationToken.None);
        _compiled = new(ManifestReading.Kinds, _store.Keys);
        _apply = new(_house, _compiled, _store.Keys, new ManifestReviews([_review]), [_follower]);
    }

    public async Task DisposeAsync()
    {
        await _house.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ApplyAsync_SeveralDocuments_AreOneCommitAndCountRevisions()
    {
        Assert.Equal(["ada created 1", "payments created 1"], Lines(await ApplyAsync(Ada + "---\n" + Team)));
        Assert.Equal(["ada unchanged 1", "payments updated 2"], Lines(await ApplyAsync(Ada + "---\n" + Team.Replace("[ada]", "[ada, grace]", StringComparison.Ordinal))));
        Assert.Equal(3, await _store.Journal.HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ApplyAsync_Followers_KnowWhatIsAnswered()
    {
        await ApplyAsync(Team.Replace("[ada]", "[]", StringComparison.Ordinal));
        Assert.Equal([1L], _follower.Seen);
        await _apply.ApplyAsync(Actor.Local, Ada, null, dryRun: true, CancellationToken.None);
        Assert.Equal([1L], _follower.Seen);
        await _apply.DeleteAsync(Actor.Local, "Team", "payments", null, CancellationToken.None);
        Assert.Equal([1L, 2L], _follower.Seen);
    }

    [Fact]
    public async Task ApplyAsync_OneBadDocument_RefusesAllWithEveryProblem()
    {
        var refused = await ApplyAsync(Team + "---\nkind: [\n---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: b }\nspec: { member: [] }\n");
        Assert.Equal(2, refused.Problems.Count(p => p.IsError));
        Assert.Equal(0, await _store.Journal.HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ApplyAsync_DryRun_ChangesNothing()
    {
        var dry = await _apply.ApplyAsync(Actor.Local, Ada, null, dryRun: true, CancellationToken.None);
        Assert.Equal("created", Assert.Single(dry.Value.Changes).Change);
        Assert.Equal(0, await _store.Journal.HeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ApplyAsync_APerson_IsSealedAndNamedByAnOpaqueId()
    {
        await ApplyAsync(Ada);
        var stored = Assert.Single(_house.State.Get<ManifestsState>().All.Values);
        Assert.True(stored.Sealed);
        Assert.Equal(26, stored.Key.Name.Length);
        await foreach (var entry in _store.Journal.ReadAsync(0, CancellationToken.None))
        {
            var text = System.Text.Encoding.UTF8.GetString(entry.Data.Span) + entry.Stream;
            // Long words only: sealed bytes in base64 spell three letters now and then.
            foreach (var word in (string[])["name: ada", "Lovelace", "example.com"]) Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }

        var person = CatalogView.Of(_compiled.For(_house.State)).Person("ada")!;
        Assert.Equal((stored.Key.Name, "Ada Lovelace", "ada@example.com"), (person.Id, person.DisplayName, Assert.Single(person.Contacts).Address));
        await ApplyAsync(Ada.Replace("Lovelace", "King", StringComparison.Ordinal));
        Assert.Equal(stored.Key.Name, CatalogView.Of(_compiled.For(_house.State)).Person("ada")!.Id);
    }

    [Fact]
    public async Task DeleteAsync_APerson_ErasesTheirKey()
    {
        await ApplyAsync(Ada);
        var id = Assert.Single(_house.State.Get<ManifestsState>().All.Keys).Name;
        Assert.NotNull(_store.Keys.Find(id));
        Assert.True((await _apply.DeleteAsync(Actor.Local, "person", "ada", null, CancellationToken.None)).Ok);
        Assert.Null(_store.Keys.Find(id));
        Assert.Empty(CatalogView.Of(_compiled.For(_house.State)).People);
    }

    [Fact]
    public async Task DeleteAsync_WhatAnotherNeeds_IsRefusedWithItsPlace()
    {
        await ApplyAsync(Policy + "---\n" + Slo);
        var refused = await _apply.DeleteAsync(Actor.Local, "BurnAlertPolicy", "mine", null, CancellationToken.None);
        Assert.All(refused.Problems, p => Assert.Equal(ProblemKind.Conflict, p.Kind));
        Assert.Equal("nines/v1 BurnAlertPolicy \"mine\" is still needed. Change what needs it first.", refused.Problems[0].ToString());
        Assert.Contains("There is no alert policy \"mine\".", refused.Problems[1].What, StringComparison.Ordinal);
        Assert.True((await _apply.DeleteAsync(Actor.Local, "SLO", "s", null, CancellationToken.None)).Ok);
        Assert.True((await _apply.DeleteAsync(Actor.Local, "BurnAlertPolicy", "mine", null, CancellationToken.None)).Ok);
    }

    [Fact]
    public async Task DeleteAsync_WhatIsNotThere_SaysTheNearest()
    {
        await ApplyAsync(Team);
        Assert.Equal("There is no Team \"payment\". Did you mean \"payments\"?", Assert.Single((await _apply.DeleteAsync(Actor.Local, "teams", "payment", null, CancellationToken.None)).Problems).ToString());
        Assert.Equal("There is no kind \"Taem\". Did you mean Team?", Assert.Single((await _apply.DeleteAsync(Actor.Local, "Taem", "x", null, CancellationToken.None)).Problems).ToString());
    }

    [Fact]
    public async Task Folder_OwnsWhatItHolds_AndRemovingTheFileRemovesIt()
    {
        var duty = Duty();
        Write("team.yaml", "# ours\n" + Team);
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Assert.Equal(("team.yaml", 1L), (Kept("payments")!.File, Kept("payments")!.Revision));
        var refused = await ApplyAsync(Team.Replace("[ada]", "[]", StringComparison.Ordinal));
        Assert.Equal("body:1:1: metadata.name: nines/v1 Team \"payments\" belongs to the watched file team.yaml, line 1. Change it there; what a folder owns is read-only elsewhere.", refused.Problems[0].ToString());
        Assert.False((await _apply.DeleteAsync(Actor.Local, "Team", "payments", null, CancellationToken.None)).Ok);
        File.Move(Path.Combine(_folder, "team.yaml"), Path.Combine(_folder, "moved.yaml"));
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Assert.Equal("moved.yaml", Kept("payments")!.File);
        File.Delete(Path.Combine(_folder, "moved.yaml"));
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Assert.Null(Kept("payments"));
    }

    [Fact]
    public async Task Folder_WithABrokenFile_KeepsItsLastGoodVersionAndTakesTheRest()
    {
        var duty = Duty();
        Write("a.yaml", Team);
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Write("a.yaml", Team.Replace("members", "membres", StringComparison.Ordinal));
        Write("b.yaml", Ada);
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Assert.Equal(["a.yaml"], duty.Status.BrokenFiles);
        Assert.Equal("a.yaml:4:9: spec.membres: There is no field \"membres\" here. Did you mean \"members\"?", Assert.Single(duty.Status.Problems, p => p.IsError).ToString());
        Assert.NotNull(Kept("payments"));
        Assert.NotNull(CatalogView.Of(_compiled.For(_house.State)).Person("ada"));
    }

    [Fact]
    public async Task Folder_WithTheSameManifestTwice_KeepsTheFirstFile()
    {
        var duty = Duty();
        Write("a.yaml", Team);
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Write("b.yaml", Team);
        await duty.LookAsync(Instant.MinValue, CancellationToken.None);
        Assert.Contains("There are two of nines/v1 Team \"payments\"", Assert.Single(duty.Status.Problems, p => p.IsError && p.What.StartsWith("There are two", StringComparison.Ordinal)).What, StringComparison.Ordinal);
        Assert.Equal("a.yaml", Kept("payments")!.File);
    }

    [Fact]
    public async Task Compiled_OfOneState_IsTheSameSet_AndUnchangedManifestsTheSameObject()
    {
        await ApplyAsync(Team);
        var before = _compiled.For(_house.State);
        Assert.Same(before, _compiled.For(_house.State));
        await ApplyAsync(Policy);
        Assert.Same(before.Find<Team>("payments"), _compiled.For(_house.State).Find<Team>("payments"));
    }

    [Fact]
    public async Task Fold_SavedAndLoaded_IsTheSame()
    {
        await ApplyAsync(Ada + "---\n" + Team);
        var fold = new ManifestsFold();
        var state = _house.State.Get<ManifestsState>();
        Assert.Equal(state.All, fold.Load(fold.Save(state)).All);
    }

    [Fact]
    public async Task ApplyAsync_AReviewObjects_HoldsTheChangeUpUntilItIsForcedWithAReason()
    {
        var watched = Team.Replace("payments", "watched", StringComparison.Ordinal);
        await ApplyAsync(Ada + "---\n" + watched);
        var empty = watched.Replace("[ada]", "[]", StringComparison.Ordinal);

        foreach (var dryRun in (bool[])[true, false])
        {
            var held = await _apply.ApplyAsync(Actor.Local, empty, null, dryRun, CancellationToken.None);
            Assert.Equal(
                ["Nobody would be woken for watched.", "force: The change is held up. Mend what is named above, or make it all the same and say why: --force \"REASON\" (over HTTP ?force=REASON)."],
                held.Problems.Where(p => p.IsError).Select(p => p.ToString()));
        }

        var forced = await _apply.ApplyAsync(Actor.Local, empty, null, dryRun: false, CancellationToken.None, force: "they are all new");
        Assert.True(forced.Ok);
        Assert.Contains(forced.Value.Problems, p => p is { IsError: false, What: "Nobody would be woken for watched." });
        var kept = new List<JournalEntry>();
        await foreach (var entry in _store.Journal.ReadAsync(0, CancellationToken.None)) kept.Add(entry);
        Assert.Equal(["manifests.forced.v1", "manifests.applied.v1"], kept.TakeLast(2).Select(e => e.Type));
        Assert.Contains("they are all new", System.Text.Encoding.UTF8.GetString(kept[^2].Data.Span), StringComparison.Ordinal);

        Assert.False((await _apply.DeleteAsync(Actor.Local, "person", "ada", null, CancellationToken.None)).Ok);
        Assert.True((await _apply.DeleteAsync(Actor.Local, "person", "ada", null, CancellationToken.None, force: "she left")).Ok);
    }

    private Task<Outcome<Applied>> ApplyAsync(string text) => _apply.ApplyAsync(Actor.Local, text, null, dryRun: false, CancellationToken.None);

    private static IEnumerable<string> Lines(Outcome<Applied> applied) => applied.Value.Changes.Select(c => $"{c.Name} {c.Change} {c.Revision}");

    private WatchFolderDuty Duty() => new(_apply, _compiled, Options.Create(new ManifestsOptions { Folder = _folder }), TimeProvider.System, NullLogger<WatchFolderDuty>.Instance);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private StoredManifest? Kept(string team) => _house.State.Get<ManifestsState>().All.GetValueOrDefault(new("nines/v1", "Team", team));

    /// <summary>Objects to teams without a member.</summary>
    private sealed class Objection : IManifestReview
    {
        public IReadOnlyList<Problem> Review(HouseState state, ManifestSet next, Instant now) =>
            [.. next.Of<Team>().Where(t => t.Members.Count == 0 && t.Name.StartsWith("watched", StringComparison.Ordinal)).Select(t => Problem.Conflict($"Nobody would be woken for {t.Name}."))];
    }

    private sealed class Follower : IManifestFollower
    {
        public List<long> Seen { get; } = [];

        public bool IsStale(HouseState state) => !Seen.Contains(state.Position);

        public void Follow(HouseState state) => Seen.Add(state.Position);
    }
}
