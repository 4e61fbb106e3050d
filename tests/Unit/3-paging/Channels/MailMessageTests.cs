using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nines.Paging.Channels;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class MailMessageTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 4, 5);

    private static string Text(MailMessage message) => Encoding.ASCII.GetString(message.ToBytes(Now));

    [Fact]
    public void ToBytes_PlainMessage_IsTheWholeMessage() => Assert.Equal(
        string.Join("\r\n",
            "Date: Sat, 21 Nov 2026 03:04:05 +0000", "From: Nines <nines@example.com>", "To: <alice@example.com>", "Subject: PAGE checkout: it burns",
            "Message-ID: <e2@example.com>", "In-Reply-To: <e1@example.com>", "References: <e1@example.com>", "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "", "Burn =3D 20.", ".", ""),
        Text(new("nines@example.com", "alice@example.com", "PAGE checkout: it burns", "Burn = 20.\n.", "e2@example.com", "e1@example.com")));

    [Fact]
    public void ToBytes_LineBreaksInHeaders_AddNoHeader()
    {
        var text = Text(new("a@b\r\nBcc: x@y", "c@d\nBcc: x@y", "hello\r\nBcc: x@y", "body", "id\r\nBcc: x@y"));
        Assert.DoesNotContain(text.Split("\r\n"), line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public void Words_OutsideAscii_AreEncodedWordsThatNeverSplitACharacter()
    {
        var words = MailMessage.Words(string.Concat(Enumerable.Repeat("Zahlung ist größer – 🔥 ", 12)));
        Assert.All(words.Split("\r\n "), word =>
        {
            Assert.True(word.Length <= 75);
            var bytes = Convert.FromBase64String(word["=?utf-8?B?".Length..^2]);
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        });
    }

    [Fact]
    public void QuotedPrintable_AnyText_DecodesToItsLines() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), any =>
    {
        var body = string.Concat(any.Get.EnumerateRunes().Where(r => r.Value is not (0x85 or 0x2028 or 0x2029 or '\f')));
        var encoded = MailMessage.QuotedPrintable(body);
        return encoded.Split("\r\n").All(l => l.Length <= 76 && l.All(char.IsAscii)) && Decode(encoded) == body.ReplaceLineEndings("\r\n") + "\r\n";
    }).Hold();

    [Theory]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".a\r\n..\r\n", "..a\r\n...\r\n.\r\n")]
    [InlineData("", "\r\n.\r\n")]
    public void Stuff_Dots_AreDoubledAtTheBeginningOfLines(string message, string wire) =>
        Assert.Equal(wire, Encoding.ASCII.GetString(SmtpSession.Stuff(Encoding.ASCII.GetBytes(message))));

    private static string Decode(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=') bytes.Add((byte)text[i]);
            else
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
