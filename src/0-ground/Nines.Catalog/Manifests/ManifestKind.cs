namespace Nines.Catalog.Manifests;

/// <summary>
/// One kind of manifest: reads a document into a typed object and checks it against the others. A room registers its
/// kinds with <c>room.Manifest(new …Kind())</c>; both methods are pure.
/// </summary>
public abstract class ManifestKind
{
    /// <summary>Such as <c>nines/v1</c>.</summary>
    public abstract string ApiVersion { get; }

    /// <summary>Such as <c>Service</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What it is for, one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>A complete example that validates.</summary>
    public abstract string Example { get; }

    /// <summary>True where the text says something about a person: it is then kept sealed with that person's key.</summary>
    public virtual bool Personal => false;

    /// <summary>The type of what <see cref="Read"/> answers.</summary>
    public abstract Type SpecType { get; }

    /// <summary>Reads a document as far as it can be read. Every problem goes to the list.</summary>
    internal object? Read(ManifestDocument document, string? id, ProblemList problems, out ManifestMetadata metadata)
    {
        var asked = new FieldsAsked(problems);
        var root = new Field(asked, "", document.Root, document.Place);
        root.Knows("apiVersion", "kind");
        metadata = ManifestMetadata.Read(root);
        if (id is not null) metadata = metadata with { Id = id };
        var spec = ReadObject(root, metadata);
        asked.ReportUnknown();
        return spec;
    }

    internal abstract object? ReadObject(Field document, ManifestMetadata metadata);

    /// <summary>Checks one compiled manifest against all others: references, contradictions.</summary>
    public virtual void Check(CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
    }

    /// <summary>What a manifest without errors comes to, in sentences that <c>validate</c> prints.</summary>
    public virtual IReadOnlyList<string> Says(CompiledManifest manifest, ManifestSet all) => [];
}

/// <summary>A kind whose manifests read into <typeparamref name="T"/>.</summary>
/// <typeparam name="T">An immutable record of the room that owns the kind.</typeparam>
public abstract class ManifestKind<T> : ManifestKind where T : class
{
    /// <inheritdoc />
    public sealed override Type SpecType => typeof(T);

    /// <summary>Reads the document's fields; asks for every field it knows, also where one is wrong.</summary>
    protected abstract T? Read(Field document, ManifestMetadata metadata);

    /// <summary>Checks one against all others.</summary>
    protected virtual void Check(T spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
    }

    internal sealed override object? ReadObject(Field document, ManifestMetadata metadata) => Read(document, metadata);

    /// <inheritdoc />
    public sealed override void Check(CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (manifest.Draft is T spec) Check(spec, manifest, all, problems);
    }
}
