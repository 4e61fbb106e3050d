using Nines.Kernel;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A postmortem of an incident is open.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="ResolvedAt">When it was resolved; null while it is open.</param>
/// <param name="Reason">Why there is one.</param>
/// <param name="By">Who asked for it; empty for the house itself.</param>
[EventType("postmortems.opened.v1")]
public sealed record PostmortemOpened(string Id, int Number, Instant? ResolvedAt, string Reason, string By);

/// <summary>Somebody wrote a section.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Section">Key of the section.</param>
/// <param name="Text">What stands there now.</param>
/// <param name="Version">Its new version.</param>
/// <param name="By">Who wrote it.</param>
[EventType("postmortems.written.v1")]
public sealed record SectionWritten(string Id, string Section, string Text, int Version, string By);

/// <summary>Somebody wrote a section that another had changed in between: both texts are kept.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Section">Key of the section.</param>
/// <param name="Other">Id of the text that stands beside it.</param>
/// <param name="Text">What they wrote.</param>
/// <param name="BasedOn">The version that they had read.</param>
/// <param name="By">Who wrote it.</param>
[EventType("postmortems.written-beside.v1")]
public sealed record WrittenBeside(string Id, string Section, string Other, string Text, int BasedOn, string By);

/// <summary>A text beside a section is settled: taken over, or not needed.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Section">Key of the section.</param>
/// <param name="Other">Id of the text.</param>
/// <param name="By">Who settled it.</param>
[EventType("postmortems.settled.v1")]
public sealed record BesideSettled(string Id, string Section, string Other, string By);

/// <summary>A postmortem is ready to be read.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Reviewers">Opaque ids of those who are asked.</param>
/// <param name="By">Who asks.</param>
[EventType("postmortems.review-asked.v1")]
public sealed record ReviewAsked(string Id, IReadOnlyList<string> Reviewers, string By);

/// <summary>A reviewer approves what stands there.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Person">Opaque id of the reviewer.</param>
/// <param name="By">Who says so.</param>
[EventType("postmortems.approved.v1")]
public sealed record PostmortemApproved(string Id, string Person, string By);

/// <summary>A postmortem is final; its figures stand for good.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Facts">What was known.</param>
/// <param name="Despite">Why it is final although the lint had something to say; empty where it had nothing.</param>
/// <param name="By">Who says so.</param>
[EventType("postmortems.final.v1")]
public sealed record PostmortemFinished(string Id, PostmortemFacts Facts, string Despite, string By);

/// <summary>A postmortem is a draft again.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who says so; empty for the house itself.</param>
[EventType("postmortems.returned.v1")]
public sealed record PostmortemReturned(string Id, string Reason, string By);

/// <summary>A postmortem was not final in time.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Due">By when it should have been.</param>
[EventType("postmortems.overdue.v1")]
public sealed record PostmortemOverdue(string Id, Instant Due);
