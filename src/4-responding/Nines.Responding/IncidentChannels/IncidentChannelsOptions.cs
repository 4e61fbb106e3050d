using Microsoft.Extensions.Options;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>Settings of the channels in which people work on incidents.</summary>
public sealed class IncidentChannelsOptions
{
    /// <summary>From which severity on a channel opens by itself, <c>sev1</c> to <c>sev4</c>. Default sev2; empty: only by hand. Nothing opens without a Slack app (<c>channels:slackToken</c>).</summary>
    public string Least { get; set; } = "sev2";

    /// <summary>A channel's name. Default as seed 003 writes it. Places: <c>{date}</c>, <c>{title}</c>, <c>{number}</c>.</summary>
    public string Name { get; set; } = "inc-{date}-{title}";

    /// <summary>Where people meet and talk; its address stands in the channel's topic. Place: <c>{name}</c>. Empty (the default) for none.</summary>
    public string Bridge { get; set; } = "";

    internal IncidentSeverity? OpensFrom => SeverityText.Parse(Least);
}

/// <summary>Refuses severities that are none, names without what tells two incidents apart, and bridges that are no address.</summary>
public sealed class IncidentChannelsOptionsValidator : IValidateOptions<IncidentChannelsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, IncidentChannelsOptions options)
    {
        var wrong = new List<string>();
        if (options.Least.Length > 0 && options.OpensFrom is null) wrong.Add($"incidentchannels:least: \"{options.Least}\" is no severity. Write sev1, sev2, sev3 or sev4, or nothing to open channels by hand only.");
        if (!options.Name.Contains("{title}", StringComparison.Ordinal) && !options.Name.Contains("{number}", StringComparison.Ordinal))
            wrong.Add($"incidentchannels:name: \"{options.Name}\" gives every incident the same channel. Put {{title}} or {{number}} into it.");
        if (options.Bridge.Length > 0 && (!Uri.TryCreate(options.Bridge.Replace("{name}", "x", StringComparison.Ordinal), UriKind.Absolute, out var bridge) || bridge.Scheme != "https"))
            wrong.Add($"incidentchannels:bridge: \"{options.Bridge}\" is not an address. Write one that begins with https://, such as https://meet.example.com/{{name}}.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
