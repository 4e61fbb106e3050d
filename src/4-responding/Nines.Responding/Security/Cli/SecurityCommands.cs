using Nines.Shell;

namespace Nines.Responding.Security.Cli;

/// <summary>Every command of the room.</summary>
internal static class SecurityCommands
{
    private const string Why = "Why";

    public static IReadOnlyList<CliCommand> All { get; } =
    [
        new SecurityListCommand(), new SecurityShowCommand(), new SecurityOpenCommand(), new SecurityDraftCommand(), new SecuritySignalsCommand(), new SecurityFindingCommand(),
        new EvidenceAddCommand(), new EvidenceListCommand(), new EvidenceVerifyCommand(), new EvidenceGetCommand(), new SecurityExportCommand(),
        .. Deeds,
    ];

    private static IReadOnlyList<SecurityDeedCommand> Deeds =>
    [
        new("security confirm", "Says that it is real; since now it is known, where nobody said otherwise.", "nines security confirm SEC-1 \"The log shows his session\" --at 2026-11-22T08:10:00Z", "confirm",
            [new("reason", "How it is known")], [new("at", "Since when it is known, as 2026-11-22T08:10:00Z")]),
        new("security dismiss", "Says that it is a false alarm.", "nines security dismiss SEC-1 \"It was our own scanner\" --quiet 24h", "dismiss",
            [new("reason", Why)], [new("quiet", "For how long the same finding pages nobody, at most 30d")]),
        new("security severity", "Says that a case is worse, or less bad.", "nines security severity SEC-1 sev1 --reason \"Data left the house\"", "severity", [new("severity", "sev1 to sev4")], [new("reason", Why, Required: true)]),
        new("security take", "Takes a role, or gives it to somebody of the circle: lead, forensics, legal, communications.", "nines security take SEC-1 lead --person ada", "take", [new("role", "Which role")], [new("person", "Whose role it is; left out, whoever asks")]),
        new("security leave", "Gives a role back.", "nines security leave SEC-1 forensics --person ada", "leave", [new("role", "Which role")], [new("person", "Whose role it was; left out, whoever asks")]),
        new("security phase", "Goes on to another phase: identify, contain, eradicate, recover, learn.", "nines security phase SEC-1 contain --text \"Session ended, password reset\"", "phase", [new("phase", "Which phase")], [new("text", "What was done")]),
        new("security note", "Writes something down.", "nines security note SEC-1 \"The address belongs to a hoster in another country\"", "note", [new("text", "What happened, what was decided")], [new("at", "When it happened"), new("corrects", "Id of the line that it corrects")]),
        new("security check", "Ticks an item of the playbook off.", "nines security check SEC-1 preserve", "check", [new("item", "Its key")], []),
        new("security affected", "Says what data of people is affected, as far as known.", "nines security affected SEC-1 yes --kinds email,password --people 12000 --countries DE,FR --high-risk yes", "affected",
            [new("personal", "Whether data of people is affected: yes or no")],
            [new("kinds", "Kinds of data, with commas"), new("people", "About how many people"), new("records", "About how many records"), new("countries", "Where they live, as two letters with commas"), new("highRisk", "Whether it is a high risk for them: yes or no", "--high-risk"), new("consequences", "What may follow for them")]),
        new("security clock", "Says since when a clock of the law runs: aware, major or material. The earliest time counts; a later one needs a reason.", "nines security clock SEC-1 aware --at 2026-11-22T08:10:00Z --reason \"The mail of the customer\"", "clock",
            [new("start", "aware, major or material")], [new("at", "Since when; left out, since now"), new("reason", Why)]),
        new("security told", "Says that somebody who must be told was told.", "nines security told SEC-1 gdpr-33 --reference \"Report 2026/11-204\"", "told",
            [new("duty", "Key of the duty")], [new("reference", "Number of the report, receipt, or of the evidence", Required: true), new("at", "When; left out, now")]),
        new("security not-needed", "Says that somebody need not be told.", "nines security not-needed SEC-1 gdpr-34 --reason \"The data was encrypted\"", "not-needed", [new("duty", "Key of the duty")], [new("reason", Why, Required: true)]),
        new("security let-in", "Lets somebody read a case.", "nines security let-in SEC-1 grace --reason \"She runs the mail server\"", "let-in", [new("person", "Name in the catalog")], [new("reason", Why, Required: true)]),
        new("security let-out", "Lets somebody read a case no more, whatever the policy says.", "nines security let-out SEC-1 bob --reason \"His account is part of it\"", "let-out", [new("person", "Name in the catalog")], [new("reason", Why, Required: true)]),
        new("security let-me-in", "Lets oneself into a case, where the policy allows it; the circle is paged and reads why.", "nines security let-me-in SEC-1 \"Nobody of the circle can be reached\"", "let-me-in", [new("reason", Why)], []),
        new("security link", "Names the ordinary incident that carries the operational side.", "nines security link SEC-1 INC-12 --tell", "link", [new("incident", "Number or id of the incident")], [], Tells: true),
        new("security close", "Says that it is over.", "nines security close SEC-1 \"A password from another site\" --remediation \"Second factor for everybody\"", "close", [new("cause", "What it was")], [new("remediation", "What was done so that it does not come back", Required: true)]),
        new("security reopen", "Says that it is not over after all.", "nines security reopen SEC-1 \"The address is back\"", "reopen", [new("reason", Why)], []),
        new("security evidence hand", "Writes down that evidence goes to somebody.", "nines security evidence hand SEC-1 1 grace --reason \"To read the disk image\"", "hand",
            [new("evidence", "Number of the evidence"), new("to", "Who gets it")], [new("reason", Why, Required: true), new("at", "When; left out, now")]),
    ];
}
