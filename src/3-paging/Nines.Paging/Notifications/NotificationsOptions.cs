using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>Settings of who is told, and how they get back here.</summary>
public sealed class NotificationsOptions
{
    /// <summary>Person or team called when nobody else can be. Empty (the default): the owner of the catalog's service <c>nines</c>.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Where people reach this server: the beginning of every link. Default: where it listens.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:7070";

    /// <summary>By when a page's first try must be over. Default 15s.</summary>
    public string ProofAttempted { get; set; } = "15s";

    /// <summary>By when the provider must have it. Default 20s.</summary>
    public string ProofAccepted { get; set; } = "20s";

    /// <summary>By when it must be on the device, where the way out can prove it. Default 45s.</summary>
    public string ProofDelivered { get; set; } = "45s";

    /// <summary>By when somebody must have opened it, where the way out can prove it. Default 2m.</summary>
    public string ProofSeen { get; set; } = "2m";

    /// <summary>How long the acknowledge link of a message lives. Default 24h.</summary>
    public string LinkLife { get; set; } = "24h";

    internal ProofDeadlines Proof() =>
        new(FieldDuration.Parse(ProofAttempted), FieldDuration.Parse(ProofAccepted), FieldDuration.Parse(ProofDelivered), FieldDuration.Parse(ProofSeen));
}

/// <summary>Refuses an address that no link can begin with, and deadlines that nobody could meet or that would never wake anybody.</summary>
public sealed class NotificationsOptionsValidator : IValidateOptions<NotificationsOptions>
{
    private static readonly Duration Least = Duration.FromSeconds(1);
    private static readonly Duration Most = Duration.FromHours(1);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, NotificationsOptions options)
    {
        var wrong = new List<string>();
        if (!Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0)
            wrong.Add($"notifications:publicUrl: \"{options.PublicUrl}\" is not an address. Write one such as https://nines.example.com.");
        (string Name, string Value)[] stages = [("proofAttempted", options.ProofAttempted), ("proofAccepted", options.ProofAccepted), ("proofDelivered", options.ProofDelivered), ("proofSeen", options.ProofSeen)];
        var last = Duration.Zero;
        foreach (var (setting, value) in stages)
        {
            if (!FieldDuration.TryParse(value, out var deadline) || deadline < Least || deadline > Most) wrong.Add($"notifications:{setting}: \"{value}\" is no deadline. Write one from 1s to 1h, such as 30s.");
            else if (deadline < last) wrong.Add($"notifications:{setting}: {value} is earlier than the stage before it. Write a longer one.");
            else last = deadline;
        }

        if (!FieldDuration.TryParse(options.LinkLife, out var life) || life < Duration.FromMinutes(5) || life > Duration.FromDays(30))
            wrong.Add($"notifications:linkLife: \"{options.LinkLife}\" is no life for a link. Write one from 5m to 30d, such as 24h.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
