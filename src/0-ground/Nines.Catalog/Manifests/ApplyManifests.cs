using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>What applying came to.</summary>
/// <param name="DryRun">True where nothing was changed.</param>
/// <param name="Changes">One for each document.</param>
/// <param name="Problems">Findings.</param>
public sealed record Applied(bool DryRun, IReadOnlyList<ManifestChange> Changes, IReadOnlyList<Problem> Problems);

/// <summary>
/// The one use case behind every door that changes manifests. One call is one commit: all of its documents, or none and
/// every problem.
/// </summary>
public sealed class ApplyManifests(IHouse house, CompiledManifests compiled, IPersonKeys keys, ManifestReviews reviews, IEnumerable<IManifestFollower> followers)
{
    /// <summary>Reads a text and applies its documents.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">The file as the user named it, for messages.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="force">Why it shall be done although a review objects; null where nobody forces it.</param>
    public Task<Outcome<Applied>> ApplyAsync(Actor actor, string text, string? file, bool dryRun, CancellationToken stop, string? force = null)
    {
        var problems = new ProblemList();
        var documents = ManifestParser.Parse(text, file, problems);
        return ApplyAsync(actor, documents, problems, dryRun, stop, force);
    }

    /// <summary>Applies documents.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="documents">As parsed.</param>
    /// <param name="problems">What parsing found; an error there refuses the call, together with everything else that is wrong.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="force">Why it shall be done although a review objects; null where nobody forces it.</param>
    public async Task<Outcome<Applied>> ApplyAsync(
        Actor actor, IReadOnlyList<ManifestDocument> documents, ProblemList problems, bool dryRun, CancellationToken stop, string? force = null)
    {
        if (documents.Count == 0 && !problems.HasErrors) return Problem.Invalid("There is no manifest in this.", "Send at least one document with apiVersion, kind, metadata and spec.");
        var read = Read(documents, house.State);
        // Nothing is sealed for a call that is refused anyway: a key is made only for a person who is kept.
        var refused = dryRun || problems.HasErrors || read.Any(r => r.Problems.Any(p => p.IsError));
        var seals = refused ? NoSeals : await SealAsync(actor, read, stop);
        var decided = await house.DecideAsync<Applied>(actor, deciding =>
        {
            var now = compiled.For(deciding.State);
            var plan = ManifestPlan.For(now, read, seals, _ => null);
            Problem[] errors = [.. problems.Problems.Where(p => p.IsError), .. plan.Errors];
            if (errors.Length > 0) return Outcome<Applied>.Failed([.. errors, .. plan.Findings]);
            var reviewed = plan.Events.Count > 0 ? reviews.Judge(deciding.State, plan.Next, deciding.Now, force) : new([], [], null);
            if (reviewed.Errors.Count > 0) return Outcome<Applied>.Failed([.. reviewed.Errors, .. plan.Findings]);
            if (!dryRun) Write(deciding, reviewed, plan.Events);
            return new Applied(dryRun, plan.Changes, [.. reviewed.Findings, .. plan.Findings]);
        }, stop: stop);
        if (decided.Outcome.Ok && !dryRun) Tell();
        return decided.Outcome;
    }

    /// <summary>All manifests as they would be after applying documents, or why they cannot be applied; nothing is changed.</summary>
    /// <param name="state">The house that they would be applied to.</param>
    /// <param name="documents">As parsed.</param>
    /// <param name="problems">What parsing found.</param>
    public Outcome<ManifestSet> Plan(HouseState state, IReadOnlyList<ManifestDocument> documents, ProblemList problems)
    {
        var plan = ManifestPlan.For(compiled.For(state), Read(documents, state), NoSeals, _ => null);
        Problem[] errors = [.. problems.Problems.Where(p => p.IsError), .. plan.Errors];
        return errors.Length > 0 ? Outcome<ManifestSet>.Failed(errors) : plan.Next;
    }

    /// <summary>Withdraws a manifest; refused while another one needs it. Withdrawing a person erases them.</summary>
    public async Task<Outcome<ManifestChange>> DeleteAsync(Actor actor, string kind, string name, string? apiVersion, CancellationToken stop, string? force = null)
    {
        string? erased = null;
        var decided = await house.DecideAsync<ManifestChange>(actor, deciding =>
        {
            var now = compiled.For(deciding.State);
            var found = Find(now, kind, name, apiVersion);
            if (!found.Ok) return Outcome<ManifestChange>.Failed(found.Problems);
            var (manifest, stored) = (found.Value, found.Value.Stored!);
            if (stored.File is { } file)
                return Problem.Conflict($"{manifest.Key} belongs to the watched file {file}, line {stored.Line}.", "Remove it there; what a folder owns is read-only elsewhere.");
            var next = ManifestSet.Build(now.All.Where(m => m.Key != manifest.Key), whole: true);
            var broken = ManifestPlan.NewErrors(now, next, new HashSet<ManifestKey>()).ToArray();
            if (broken.Length > 0)
                return Outcome<ManifestChange>.Failed([Problem.Conflict($"{manifest.Key} is still needed.", "Change what needs it first."), .. broken.Select(p => p with { Kind = ProblemKind.Conflict })]);
            var reviewed = reviews.Judge(deciding.State, next, deciding.Now, force);
            if (reviewed.Errors.Count > 0) return Outcome<ManifestChange>.Failed(reviewed.Errors);
            Write(deciding, reviewed, []);
            deciding.Write(ManifestsFold.StreamOf(stored.Key), new ManifestDeleted(stored.Key.ApiVersion, stored.Key.Kind, stored.Key.Name, stored.Revision + 1));
            erased = stored.Sealed ? stored.Key.Name : null;
            return new ManifestChange(manifest.Key.ApiVersion, manifest.Key.Kind, manifest.Key.Name, "deleted", stored.Revision + 1);
        }, stop: stop);
        if (decided.Outcome.Ok && erased is not null) await keys.EraseAsync(erased, stop);
        if (decided.Outcome.Ok) Tell();
        return decided.Outcome;
    }

    /// <summary>Finds a manifest as people name it; without a version the default ones are tried in their order.</summary>
    public Outcome<CompiledManifest> Find(ManifestSet all, string kind, string name, string? apiVersion)
    {
        var kinds = compiled.Kinds.Named(kind).Where(k => apiVersion is null || k.ApiVersion == apiVersion).ToArray();
        if (kinds.Length == 0) return compiled.Kinds.Unknown(kind);
        var found = kinds.Select(k => all.Find(new ManifestKey(k.ApiVersion, k.Kind, name))).FirstOrDefault(m => m is not null);
        if (found is not null) return found;
        var meant = NearestName.Of(name, all.All.Where(m => m.Key.Kind == kinds[0].Kind).Select(m => m.Key.Name));
        return Problem.NotFound($"There is no {kinds[0].Kind} \"{name}\".", meant is null ? "" : $"Did you mean \"{meant}\"?");
    }

    /// <summary>Applies what a watched folder holds; for the folder's duty.</summary>
    internal async Task<FolderSync> SyncFolderAsync(Actor actor, FolderReading folder, CancellationToken stop)
    {
        var seals = await SealAsync(actor, [.. folder.Documents.Where(d => !d.Problems.Any(p => p.IsError))], stop);
        var decided = await house.DecideAsync<FolderSync>(actor, deciding =>
        {
            var sync = FolderSync.Decide(compiled.For(deciding.State), folder, seals);
            foreach (var gone in sync.Deleted) deciding.Write(ManifestsFold.StreamOf(new(gone.ApiVersion, gone.Kind, gone.Name)), gone);
            Write(deciding, new([], [], null), sync.Applied);
            return sync;
        }, stop: stop);
        return decided.Outcome.Value;
    }

    /// <summary>Compiles documents; somebody who is known keeps the id that events name them by.</summary>
    private CompiledManifest[] Read(IReadOnlyList<ManifestDocument> documents, HouseState state)
    {
        var known = compiled.For(state);
        return [.. documents.Select(d => compiled.Kinds.Compile(d, id: known.Find(d.Key)?.Stored is { Sealed: true } stored ? stored.Key.Name : null, kept: true))];
    }

    private void Tell()
    {
        foreach (var follower in followers) follower.Follow(house.State);
    }

    private static readonly IReadOnlyDictionary<CompiledManifest, SealedText> NoSeals = new Dictionary<CompiledManifest, SealedText>();

    private static void Write(Deciding deciding, Reviewed reviewed, IReadOnlyList<ManifestApplied> events)
    {
        if (reviewed.Forced is { } forced) deciding.Write(new("manifests", "forced"), forced);
        foreach (var e in events) deciding.Write(ManifestsFold.StreamOf(new(e.ApiVersion, e.Kind, e.Name)), e);
    }

    private async Task<IReadOnlyDictionary<CompiledManifest, SealedText>> SealAsync(Actor actor, IReadOnlyList<CompiledManifest> manifests, CancellationToken stop)
    {
        var personal = manifests.Where(m => m.Kind?.Personal == true && m.Key.Name.Length > 0).ToArray();
        if (personal.Length == 0) return NoSeals;
        var seals = new Dictionary<CompiledManifest, SealedText>(ReferenceEqualityComparer.Instance);
        var now = compiled.For(house.State);
        foreach (var manifest in personal)
        {
            var person = now.Find(manifest.Key)?.Stored?.Key.Name ?? await NewIdAsync(actor, stop);
            seals[manifest] = new(person, PersonSeal.Seal(await keys.GetOrCreateAsync(person, stop), manifest.Document.Source));
        }

        return seals;
    }

    private async Task<string> NewIdAsync(Actor actor, CancellationToken stop) =>
        (await house.DecideAsync<string>(actor, deciding => deciding.NewId(), stop: stop)).Outcome.Value;
}
