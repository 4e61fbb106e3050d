using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>What was said about an incident, what is owed, and what could be said now.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Due">When the next one for the house is due; null where none is owed.</param>
/// <param name="Speaker">Who speaks for the incident, by handle; empty for nobody.</param>
/// <param name="Posted">What was said, the newest first.</param>
/// <param name="Drafts">What could be said now, one for each audience that has a template.</param>
public sealed record UpdatesView(string Incident, string Name, Instant? Due, string Speaker, IReadOnlyList<PostedView> Posted, IReadOnlyList<UpdateDraft> Drafts);

/// <summary>An update that was sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Subject">Its headline.</param>
/// <param name="Text">The rest.</param>
/// <param name="Next">When the next one was promised; null where none was.</param>
/// <param name="Told">So many messages left with it.</param>
/// <param name="By">Who wrote it, by handle.</param>
public sealed record PostedView(string Id, Instant At, UpdateAudience Audience, string Subject, string Text, Instant? Next, int Told, string By);

/// <summary>Somebody who wants to be told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Person">Who, by handle.</param>
/// <param name="Audience">What they want to hear.</param>
/// <param name="Services">Only of these; none for all.</param>
/// <param name="Least">Only of this severity, or worse.</param>
/// <param name="Since">Since when.</param>
public sealed record SubscriptionView(string Id, string Person, UpdateAudience Audience, IReadOnlyList<string> Services, string Least, Instant Since);
