using Nines.Catalog;
using Nines.Catalog.Manifests;

namespace Nines.Paging.Tickets.Manifests;

/// <summary><c>nines/v1 TicketTracker</c>.</summary>
internal sealed class TicketTrackerKind : ManifestKind<TicketTracker>
{
    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "TicketTracker";

    /// <inheritdoc />
    public override string Summary => "A Jira or ServiceNow that tickets are copied to: opened, commented, closed and reopened there, each once.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: TicketTracker
        metadata: { name: jira }
        spec:
          kind: jira
          url: https://example.atlassian.net
          project: OPS
          issueType: Task
          user: nines@example.com
          token: env:JIRA_TOKEN
          done: Done
          again: To Do

        """;

    /// <inheritdoc />
    protected override TicketTracker? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var kind = spec.Require("kind", "Write jira or servicenow.").Choice(TicketTracker.Jira, TicketTracker.ServiceNow);
        var jira = kind == TicketTracker.Jira;
        var url = ReadUrl(spec.Require("url", "Write where it is, such as https://example.atlassian.net."));
        var project = spec.Optional(jira ? "project" : "table");
        if (jira && !project.Given) spec.Require("project", "Write the project's key, such as OPS.");
        var type = jira ? spec.Optional("issueType").Text() : "";
        var user = spec.Optional("user").Text();
        var token = spec.Optional("token").Secret();
        var (done, again) = (spec.Optional("done").Text(), spec.Optional("again").Text());
        var services = spec.Optional("services").Texts();
        if (kind is null || url is null) return null;
        return new(
            metadata.Name, kind, url, project.Text() is { Length: > 0 } given ? given : "incident", type.Length > 0 ? type : "Task", user, token,
            done.Length > 0 ? done : jira ? "Done" : "6", again.Length > 0 ? again : jira ? "To Do" : "2", services);
    }

    /// <inheritdoc />
    protected override void Check(TicketTracker spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Services.Count; i++)
            if (all.Find<Service>(spec.Services[i]) is null)
                manifest.Notes(problems, $"There is no service \"{spec.Services[i]}\" in the catalog.", all.DidYouMean<Service>(spec.Services[i]) + "Write its name as the catalog does.", $"spec.services[{i}]");
        if (spec.Token is null) manifest.Notes(problems, "The tracker is called without a token.", "Write token: env:NAME or file:/absolute/path.", "spec.token");
    }

    private static Uri? ReadUrl(Field field)
    {
        var text = field.Text();
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url!.Query.Length == 0) return url;
        field.Wrong($"\"{text}\" is not an address.", "Write a whole URL that begins with https://.");
        return null;
    }
}
