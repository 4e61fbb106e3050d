using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>nines/v1 BurnAlertPolicy</c>: window pairs, which OpenSLO cannot say.</summary>
internal sealed class BurnAlertPolicyKind : ManifestKind<BurnAlertPolicyDefinition>
{
    public override string ApiVersion => "nines/v1";

    public override string Kind => "BurnAlertPolicy";

    public override string Summary => "When an SLO alerts: pairs of windows with a share of the budget or a factor. Named in an SLO's alertPolicyRef.";

    public override string Example => """
        apiVersion: nines/v1
        kind: BurnAlertPolicy
        metadata:
          name: payments-burn
        spec:
          pairs:
            - { severity: page, long: 1h, short: 5m, share: 0.02 }
            - { severity: page, long: 6h, short: 30m, factor: 6 }
            - { severity: ticket, long: 3d, short: 6h, share: 0.10 }
          minFailures: 5
          budgetConsumed: false
          noData: ignore
          staleAfter: 5m

        """;

    protected override BurnAlertPolicyDefinition? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var pairs = spec.Require("pairs", "Write pairs: [{ severity: page, long: 1h, short: 5m, share: 0.02 }].").Items().Select(ReadPair).OfType<BurnPair>().ToArray();
        var failures = spec.Optional("minFailures").Integer(0, 1_000_000);
        var noData = spec.Optional("noData").Choice("ignore", "bad", "good");
        var consumed = spec.Optional("budgetConsumed").Flag() ?? false;
        var stale = spec.Optional("staleAfter").Duration();
        OpenSloFields.Description(spec);
        return new(
            new(metadata.Name, pairs) { Written = true, BudgetConsumed = consumed }, (int?)failures, noData is null ? null : Enum.Parse<NoDataPolicy>(noData, ignoreCase: true), stale);
    }

    private static BurnPair? ReadPair(Field item)
    {
        if (!item.IsMapping()) return null;
        var severity = item.Require("severity", "Write severity: page or ticket.").Choice("page", "ticket");
        var (longField, shortField) = (item.Require("long", "Write long: such as 1h."), item.Require("short", "Write short: such as 5m."));
        var (longWindow, shortWindow) = (Minutes(longField), Minutes(shortField));
        if (shortWindow > longWindow) shortField.Wrong("The short window is longer than the long one.", "Swap them.");
        var (share, factor, errors) = (item.Optional("share"), item.Optional("factor"), item.Optional("errorRatio"));
        var failures = item.Optional("minFailures").Integer(0, 1_000_000);
        if ((share.Given ? 1 : 0) + (factor.Given ? 1 : 0) + (errors.Given ? 1 : 0) != 1)
            item.Wrong("A pair needs exactly one of share, factor and errorRatio.", "Write share: 0.02 (of the budget, in the long window), factor: 14.4 (times the budget's rate) or errorRatio: 0.5.");
        if (share.Number() is <= 0 or > 1) share.Wrong($"{share.Text()} is not a share above 0 up to 1.", "Write 0.02 for 2 % of the budget.");
        if (factor.Number() is <= 0) factor.Wrong($"{factor.Text()} is not above 0.", "Write a factor of at least 1.");
        if (errors.Number() is <= 0 or > 1) errors.Wrong($"{errors.Text()} is not a ratio above 0 up to 1.", "Write 0.5 for 50 % errors.");
        if (severity is null || longWindow is null || shortWindow is null) return null;
        return new(severity == "page" ? BurnSeverity.Page : BurnSeverity.Ticket, longWindow.Value, shortWindow.Value)
        {
            Share = share.Number(),
            Factor = factor.Number(),
            ErrorRatio = errors.Number(),
            MinFailures = (int)(failures ?? 0),
        };
    }

    private static Duration? Minutes(Field field)
    {
        if (field.Duration() is not { } length) return null;
        if (length >= Duration.FromMinutes(1) && length.TotalMinutes == Math.Floor(length.TotalMinutes)) return length;
        field.Wrong($"A window of {field.Text()} cannot be counted.", "Write whole minutes, at least 1m.");
        return null;
    }
}

/// <summary>A policy and what it says beside its pairs.</summary>
internal sealed record BurnAlertPolicyDefinition(BurnPolicy Policy, int? MinFailures, NoDataPolicy? NoData, Duration? StaleAfter);
