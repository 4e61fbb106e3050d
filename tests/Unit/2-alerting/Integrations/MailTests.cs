using System.Text;
using FsCheck.Fluent;
using Nines.Alerting.Integrations;
using Nines.Alerting.Integrations.Mail;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Integrations;

public class MailTests
{
    private static DoorEvent Read(string mail) => Assert.Single(MailEvents.Read(ReceivedMail.Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))), null).Value);

    // How monitoring programs write it: each pair is one trouble and its end.
    [Theory]
    [InlineData("** PROBLEM Service Alert: web1/HTTP is CRITICAL **", "** RECOVERY Service Alert: web1/HTTP is OK **")]
    [InlineData("[FIRING:1] InstanceDown (api)", "[RESOLVED] InstanceDown (api)")]
    [InlineData("[FIRING:2] InstanceDown (api)", "[RESOLVED] InstanceDown (api)")]
    [InlineData("Problem: Disk full on db1", "Resolved in 5m 3s: Disk full on db1")]
    [InlineData("Problem: Disk full on db1", "Resolved: Disk full on db1")]
    [InlineData("Backup failed", "Backup succeeded")]
    [InlineData("Disk full on db1", "Re: Disk full on db1 - resolved")]
    [InlineData("[Alerting] CPU load", "[OK] CPU load")]
    [InlineData("DOWN: shop.example.com", "UP: shop.example.com")]
    public void Subject_OfAnEnd_IsAboutTheSameAsItsBeginning(string problem, string end)
    {
        var (begun, over) = (Read($"Subject: {problem}\n\nx"), Read($"Subject: {end}\n\nx"));
        Assert.Equal((DoorAction.Fire, DoorAction.End), (begun.Action, over.Action));
        Assert.Equal(begun.Key, over.Key);
        Assert.True(begun.Key.Length > 2, begun.Key);
    }

    [Theory]
    [InlineData("Login is not OK yet for users")]
    [InlineData("Up next: disk full")]
    [InlineData("Normalisation job stuck")]
    [InlineData("The okapi server does not answer")]
    public void Subject_WithSuchAWordInside_StillFires(string subject) => Assert.NotEqual(DoorAction.Acknowledge, Read($"Subject: {subject}\n\nx").Action);

    [Fact]
    public void Subject_WithTheWordAtItsStartOnlyAsPartOfAnother_Fires() => Assert.Equal(DoorAction.Fire, Read("Subject: Normalisation job stuck\n\nx").Action);

    [Fact]
    public void Mail_EncodedHeaderAndQuotedBody_AreRead()
    {
        var said = Read("""
            Subject: =?utf-8?Q?Gro=C3=9Fe?= =?utf-8?B?IFRlc3Q=?=
            Message-ID: <1@example.com>
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            F=FCr die lange=
             Zeile
            """);
        Assert.Equal(("Große Test", "Für die lange Zeile", "<1@example.com>"), (said.Title, said.Details, said.Annotations[MailEvents.MessageIdNote]));
    }

    [Fact]
    public void Mail_OfManyParts_GivesItsPlainText()
    {
        var said = Read("""
            Subject: Parts
            Content-Type: multipart/mixed; boundary="out"

            --out
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/html

            <p>html</p>
            --in
            Content-Type: text/plain
            Content-Transfer-Encoding: base64

            cGxhaW4gdGV4dA==
            --in--
            --out
            Content-Type: text/plain
            Content-Disposition: attachment; filename=a.txt

            attached
            --out--
            """);
        Assert.Equal("plain text", said.Details);
    }

    [Fact]
    public void Mail_OnlyHtml_LosesItsTagsAndScripts() => Assert.Equal("Disk\nfull & slow", Read("Subject: s\nContent-Type: text/html\n\n<style>p{}</style><p>Disk<br>full &amp; slow</p><script>x()</script>").Details);

    [Fact]
    public void Mail_WithoutASubject_TakesItsFirstLine() => Assert.Equal("disk full", Read("From: a@b\n\ndisk full\nmore").Title);

    [Theory]
    [InlineData("backup@nines", "backup", "")]
    [InlineData("Backup+s3cret+x@nines.example.com", "backup", "s3cret+x")]
    [InlineData("\"backup+k\"@nines", "backup", "k")]
    [InlineData("backup", "backup", "")]
    public void Address_NameAndKey_AreRead(string address, string name, string key) => Assert.Equal(new IntegrationAddress(name, key), IntegrationAddress.Read(address));

    private static (List<string> Replies, List<SmtpDelivery> Deliveries) Talk(IEnumerable<byte[]> pieces, int limit = 1000, bool takes = true)
    {
        var session = new SmtpSession("nines", limit, a => a.StartsWith("no", StringComparison.Ordinal) ? "550 No integration has this address" : "");
        var (replies, deliveries) = (new List<string>(), new List<SmtpDelivery>());
        foreach (var piece in pieces)
        {
            session.Feed(piece);
            while (session.Next() is { } step)
            {
                if (step.Delivery is { } delivery)
                {
                    deliveries.Add(delivery);
                    replies.Add(session.Delivered(takes, takes ? "1 alert" : "the disk is full"));
                }
                else replies.Add(step.Reply);
                if (step.Close) return (replies, deliveries);
            }
        }

        return (replies, deliveries);
    }

    private static (List<string> Replies, List<SmtpDelivery> Deliveries) Talk(string text, int limit = 1000, bool takes = true) => Talk([Encoding.UTF8.GetBytes(text)], limit, takes);

    private static IEnumerable<string> Codes(IEnumerable<string> replies) => replies.Select(r => r[..3]);

    private const string Whole = "EHLO me\r\nMAIL FROM:<a@b> SIZE=20\r\nRCPT TO:<backup@nines>\r\nDATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n";

    [Fact]
    public void Smtp_WholeMailAtOnce_IsPipelined()
    {
        var (replies, deliveries) = Talk(Whole);
        Assert.Equal(["250", "250", "250", "354", "250", "221"], Codes(replies));
        var mail = Assert.Single(deliveries);
        Assert.Equal("Subject: x\r\n\r\n.dot\r\n", Encoding.UTF8.GetString(mail.Message));
        Assert.Equal(["backup@nines"], mail.Recipients);
    }

    [Fact]
    public void Smtp_HoweverItsBytesAreCut_TheConversationIsTheSame() => Prop.ForAll(Gen.Choose(1, 20).ArrayOf().Where(cuts => cuts.Length > 0).ToArbitrary(), cuts =>
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        var pieces = new List<byte[]>();
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            pieces.Add(bytes[at..(at + length)]);
            at += length;
        }

        return Talk(pieces).Replies.SequenceEqual(Talk(Whole).Replies);
    }).Hold();

    [Fact]
    public void Smtp_AnyBytes_AreAnsweredAndEndInABye() => Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), pieces =>
    {
        var (replies, _) = Talk(pieces.Append("\r\n.\r\nQUIT\r\n"u8.ToArray()));
        return replies.Count > 0 && replies.All(r => r.Length > 4 && char.IsDigit(r[0])) && replies[^1][..3] is "221" or "421" or "250" or "552" or "500";
    }).Hold(300);

    [Fact]
    public void Smtp_NotTaken_IsToBeTriedAgain() => Assert.Contains("451 Not taken, try again: the disk is full", Talk(Whole, takes: false).Replies);

    // "Smuggling": a lone line feed before the dot must not end a message in which another one hides.
    [Fact]
    public void Smtp_LineFeedDotLineFeed_EndsNothing()
    {
        var (_, deliveries) = Talk("EHLO me\r\nMAIL FROM:<a@b>\r\nRCPT TO:<backup@nines>\r\nDATA\r\na\n.\nMAIL FROM:<evil@b>\r\n.\r\n");
        Assert.Contains("MAIL FROM:<evil@b>", Encoding.UTF8.GetString(Assert.Single(deliveries).Message), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL FROM:<a@b>\r\n", "503")]
    [InlineData("EHLO\r\n", "501")]
    [InlineData("EHLO me\r\nRCPT TO:<x@y>\r\n", "503")]
    [InlineData("EHLO me\r\nMAIL FROM:a@b\r\n", "501")]
    [InlineData("EHLO me\r\nMAIL FROM:<a@b> SIZE=99999\r\n", "552")]
    [InlineData("EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@y>\r\n", "550")]
    [InlineData("EHLO me\r\nMAIL FROM:<>\r\nDATA\r\n", "554")]
    [InlineData("EHLO me\r\nMAIL FROM:<a@b>\r\nMAIL FROM:<a@b>\r\n", "503")]
    [InlineData("HELO me\r\nNOOP\r\n", "250")]
    [InlineData("VRFY x\r\n", "252")]
    [InlineData("STARTTLS\r\n", "502")]
    [InlineData("BREW coffee\r\n", "500")]
    [InlineData("EH\u0001LO\r\n", "500")]
    public void Smtp_Commands_AreAnsweredAsRfc5321Says(string text, string code) => Assert.Equal(code, Codes(Talk(text).Replies).Last());

    [Fact]
    public void Smtp_TooLarge_IsRefusedAfterItsEnd_AndTheNextIsTaken()
    {
        var (replies, deliveries) = Talk("EHLO me\r\nMAIL FROM:<a@b>\r\nRCPT TO:<backup@nines>\r\nDATA\r\n" + new string('x', 900) + "\r\n" + new string('y', 900) + "\r\n.\r\nMAIL FROM:<a@b>\r\nRCPT TO:<backup@nines>\r\nDATA\r\nsmall\r\n.\r\n");
        Assert.Contains("552 The message is larger than 1000 bytes", replies);
        Assert.Equal("small\r\n", Encoding.UTF8.GetString(Assert.Single(deliveries).Message));
    }

    [Fact]
    public void Smtp_EndlessLine_DoesNotGrow() => Assert.Contains("500 The line is too long", Talk([.. Enumerable.Repeat(Encoding.UTF8.GetBytes(new string('x', 4000)), 50), "\r\n"u8.ToArray()]).Replies);

    [Fact]
    public void Smtp_TwentyMistakes_EndIt() => Assert.Equal("421 Too many mistakes; bye", Talk(string.Concat(Enumerable.Repeat("BREW\r\n", 30))).Replies[^1]);
}
