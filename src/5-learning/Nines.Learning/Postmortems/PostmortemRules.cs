using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Learning.Postmortems;

/// <summary>What an edit brings.</summary>
/// <param name="Section">Key of the section.</param>
/// <param name="Text">What shall stand there.</param>
/// <param name="BasedOn">The version that it was made from; 0 for an empty section.</param>
/// <param name="Settles">Id of the text beside the section that it settles; empty for none.</param>
public sealed record SectionEdit(string Section, string Text, int BasedOn, string Settles = "")
{
    /// <summary>So many characters a section takes.</summary>
    public const int Longest = 20_000;
}

/// <summary>What people may do with a postmortem, and what follows. Pure.</summary>
public static class PostmortemRules
{
    /// <summary>Opens one for an incident by hand.</summary>
    public static Outcome<IReadOnlyList<object>> Open(PostmortemContext context, string incident, string by) => context.Incidents.Find(incident) switch
    {
        null => Problem.NotFound($"There is no incident {incident}.", "List them with \"nines incident list\"."),
        { MergedInto.Length: > 0 } part => Problem.Conflict($"{part.Name} is part of {context.Incidents.Find(part.MergedInto)?.Name ?? part.MergedInto}.", "Write that one's."),
        var found when context.Postmortems.All.ContainsKey(found.Id) => Of([]),
        var found => One(new PostmortemOpened(found.Id, found.Number, found.ResolvedAt, "Somebody asked for it.", by)),
    };

    /// <summary>True where a resolved incident gets one by itself.</summary>
    public static bool Needed(Incident incident, PostmortemPolicy policy) => !incident.Drill && incident.MergedInto.Length == 0 && policy.Severities.Contains(incident.Severity);

    /// <summary>Writes a section. An edit that met a newer version stands beside it: nothing is overwritten.</summary>
    public static Outcome<IReadOnlyList<object>> Write(PostmortemContext context, string name, SectionEdit edit, string by) => Editable(context, name).Then(postmortem =>
    {
        var wrong = new List<Problem>();
        var text = edit.Text.ReplaceLineEndings("\n").Trim();
        var kind = PostmortemSections.Of(context.Policy).FirstOrDefault(s => s.Key == edit.Section);
        if (kind is null) wrong.Add(Problem.NotFound($"There is no section \"{edit.Section}\".", $"Write one of {string.Join(", ", PostmortemSections.Of(context.Policy).Select(s => s.Key))}.", "section"));
        else if (Wrong(kind, text) is { } not) wrong.Add(not);
        if (text.Length > SectionEdit.Longest) wrong.Add(Problem.Invalid($"The text has {text.Length} characters.", $"A section takes {SectionEdit.Longest}; put the rest into a document and link it.", "text"));
        var now = postmortem.Section(edit.Section);
        if (edit.BasedOn > now.Version || edit.BasedOn < 0) wrong.Add(Problem.Invalid($"The section has no version {edit.BasedOn}.", $"It has {now.Version}; read it first.", "basedOn"));
        if (edit.Settles.Length > 0 && !now.Others.Exists(o => o.Id == edit.Settles)) wrong.Add(Problem.NotFound($"No text {edit.Settles} stands beside this section.", "Somebody may have settled it already.", "settles"));
        if (edit.Settles.Length > 0 && edit.BasedOn != now.Version) wrong.Add(Problem.Conflict("Somebody wrote this section in the meantime.", "Read both texts again, and settle them then.", "basedOn"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var events = new List<object>();
        if (text != now.Text)
            events.Add(edit.BasedOn == now.Version ? new SectionWritten(postmortem.Id, edit.Section, text, now.Version + 1, by) : new WrittenBeside(postmortem.Id, edit.Section, context.NewId(), text, edit.BasedOn, by));
        if (edit.Settles.Length > 0) events.Add(new BesideSettled(postmortem.Id, edit.Section, edit.Settles, by));
        return Of(events);
    });

    /// <summary>Asks people to review it.</summary>
    public static Outcome<IReadOnlyList<object>> Review(PostmortemContext context, string name, IReadOnlyList<string> reviewers, string by) => Editable(context, name).Then(postmortem =>
    {
        var wrong = new List<Problem>();
        var people = new List<string>();
        foreach (var reviewer in reviewers.Where(r => r.Length > 0))
        {
            var found = context.PersonOf(reviewer, "reviewers");
            if (!found.Ok) wrong.AddRange(found.Problems);
            else if (!people.Contains(found.Value)) people.Add(found.Value);
        }

        if (wrong.Count == 0 && people.Count < context.Policy.Reviewers)
            wrong.Add(Problem.Invalid($"{people.Count} of {context.Policy.Reviewers} reviewers are named.", "Name people of the catalog who read it.", "reviewers"));
        foreach (var key in (ReadOnlySpan<string>)[PostmortemSections.Summary, PostmortemSections.RootCause])
            if (postmortem.Section(key).Text.Length == 0) wrong.Add(Problem.Conflict($"The section {key} is empty.", "Write it before others read it.", key));
        Unsettled(postmortem, wrong);
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new ReviewAsked(postmortem.Id, people, by));
    });

    /// <summary>A reviewer approves what stands there.</summary>
    public static Outcome<IReadOnlyList<object>> Approve(PostmortemContext context, string name, string person, string by) => context.One(name).Then(postmortem => context.PersonOf(person, "person").Then(id =>
        postmortem.State != PostmortemState.InReview ? Problem.Conflict($"{postmortem.Name} is not in review.", "Ask for a review first.")
        : postmortem.Reviewers.Find(r => r.Person == id) is not { } reviewer ? Problem.Conflict("They were not asked to review it.", "Ask them too: name all reviewers anew.", "person")
        : reviewer.ApprovedAt is not null ? Of([])
        : One(new PostmortemApproved(postmortem.Id, id, by))));

    /// <summary>It is finished: every reviewer approved, nothing is left to settle, and what the lint has to say is answered.</summary>
    public static Outcome<IReadOnlyList<object>> Finish(PostmortemContext context, string name, string despite, string by) => context.One(name).Then(postmortem =>
    {
        if (postmortem.State == PostmortemState.Final) return Problem.Conflict($"{postmortem.Name} is final already.");
        var wrong = new List<Problem>();
        if (context.Incidents.Find(postmortem.Id) is not { } incident) return Problem.Conflict("Its incident is kept in the journal only; its figures cannot be read any more.");
        if (incident.ResolvedAt is null) wrong.Add(Problem.Conflict($"{incident.Name} is not resolved.", "Its figures are known once it is over."));
        if (postmortem.State != PostmortemState.InReview) wrong.Add(Problem.Conflict($"{postmortem.Name} is not in review.", "Ask for a review first."));
        else if (postmortem.Reviewers.Count(r => r.ApprovedAt is null) is > 0 and var left) wrong.Add(Problem.Conflict($"{left} of {postmortem.Reviewers.Count} reviewers have not approved what stands there.", "Wait for them, or name others."));
        Unsettled(postmortem, wrong);
        var findings = context.Lint(postmortem);
        if (findings.Count > 0 && string.IsNullOrWhiteSpace(despite))
            wrong.Add(Problem.Conflict($"{findings.Count} {(findings.Count == 1 ? "sentence judges" : "sentences judge")} people: \"{findings[0].Sentence}\".", "Write them anew, or say under despite why they stay.", "despite"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return One(new PostmortemFinished(postmortem.Id, PostmortemFacts.Of(incident, incident.Impact, context.ServiceOf, context.Policy), findings.Count > 0 ? despite.Trim() : "", by));
    });

    /// <summary>It is a draft again.</summary>
    public static Outcome<IReadOnlyList<object>> Return(PostmortemContext context, string name, string reason, string by) => context.One(name).Then(postmortem =>
        postmortem.State == PostmortemState.Draft ? Problem.Conflict($"{postmortem.Name} is a draft.")
        : string.IsNullOrWhiteSpace(reason) ? Problem.Invalid("A postmortem is opened again with a reason.", "Say what is missing, or what is known now.", "reason")
        : One(new PostmortemReturned(postmortem.Id, reason.Trim(), by)));

    private static Outcome<Postmortem> Editable(PostmortemContext context, string name) => context.One(name).Then(postmortem =>
        postmortem.State == PostmortemState.Final ? Problem.Conflict($"{postmortem.Name} is final.", "Make it a draft again first, with a reason.") : Outcome<Postmortem>.Of(postmortem));

    private static Problem? Wrong(SectionKind kind, string text) => kind.Form switch
    {
        SectionForm.Number when text.Length > 0 && !(text.Length <= 12 && text.All(char.IsAsciiDigit)) => Problem.Invalid($"\"{text}\" is no whole number.", "Write digits only, such as 1200, or nothing where nobody knows.", "text"),
        SectionForm.YesNo when text is not ("" or "yes" or "no") => Problem.Invalid($"\"{text}\" is neither yes nor no.", "Write yes, no, or nothing where nobody knows.", "text"),
        _ => null,
    };

    private static void Unsettled(Postmortem postmortem, List<Problem> wrong)
    {
        foreach (var (key, section) in postmortem.Sections)
            if (section.Others.Count > 0) wrong.Add(Problem.Conflict($"Two texts stand in the section {key}.", "Settle which one stays.", key));
    }

    private static Outcome<IReadOnlyList<object>> Of(IReadOnlyList<object> events) => Outcome<IReadOnlyList<object>>.Of(events);

    private static Outcome<IReadOnlyList<object>> One(object happened) => Of([happened]);
}
