namespace Nines.Tests.Browser;

/// <summary>A case whose deadlines are over, near and kept, with evidence; one that a program reported.</summary>
internal static class LoudSecurity
{
    public static async Task FillAsync(HttpClient http, Func<string, Task> applyAsync, Func<string, object, Task> postAsync, NodaTime.Instant now)
    {
        await applyAsync("""
            apiVersion: nines/v1
            kind: SecurityPolicy
            metadata: { name: security }
            spec: { circle: { people: [ada, bo], teams: [front] }, service: ledger, regimes: [gdpr, nis2, dora, hipaa, sec-8k], zone: Europe/Berlin, contact: "Data protection officer, dpo@example.com" }
            """);
        await postAsync("/api/v1/security/cases", new
        {
            title = "Table of customers read from abroad",
            kind = "data-access",
            services = new[] { "ledger" },
            text = "An export at 03:12 from an address that nobody knows.",
            confirmed = "The log shows a session of nobody here.",
            aware = (now - NodaTime.Duration.FromHours(70)).ToString(),
            by = "ada",
        });
        using (var added = await http.PostAsync("/api/v1/security/cases/SEC-1/evidence?name=auth-web-3.eu-central-1.example.com.log&note=Sign-ins+of+the+night&from=web-3&by=ada", new StringContent("Accepted password for export from 203.0.113.9\n")))
            Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        foreach (var (word, body) in ((string, object)[])
        [
            ("take", new { role = "lead", person = "ada", by = "ada" }), ("take", new { role = "forensics", person = "bo", by = "ada" }), ("phase", new { phase = "contain", text = "The export is turned off, the session ended.", by = "ada" }),
            ("affected", new { personal = "yes", kinds = "email, name, address", people = "12000", countries = "DE, FR", highRisk = "yes", by = "ada" }), ("check", new { item = "preserve", by = "bo" }), ("check", new { item = "close-door", by = "bo" }),
            ("told", new { duty = "nis2-early", reference = "Early warning 2026-118", at = (now - NodaTime.Duration.FromHours(50)).ToString(), by = "ada" }), ("note", new { text = "The address belongs to a hoster: https://rdap.example.com/ip/203.0.113.9?with=a-very-long-query-that-has-no-place-to-break", by = "bo" }),
            ("hand", new { evidence = "1", to = "Laboratory", reason = "To read the disk image", by = "bo" }), ("let-in", new { person = "cem", reason = "He runs the ledger", by = "ada" }), ("link", new { incident = "INC-2", by = "ada" }),
        ]) await postAsync("/api/v1/security/cases/SEC-1/" + word, body);
        await postAsync("/api/v1/security/signals", new { rule = "sshd", text = "400 failed sign-ins from one address", category = "failed-logins", facts = new { address = "203.0.113.9" } });
    }
}
