using System.IO.Pipelines;
using System.Text;
using Nines.Kernel;
using Nines.Paging.Channels;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class SmtpSessionTests
{
    private static readonly SmtpServer Plain = new("mail.example.com", 587, SmtpTls.None, null, null, "nines.invalid");

    /// <summary>Plays a server: for each thing the client says, the next line of the script.</summary>
    private static async Task<(SendOutcome Outcome, string Said)> Talk(SmtpServer server, string to, params string[] replies)
    {
        var (toClient, toServer) = (new Pipe(), new Pipe());
        var stream = new TwoWay(toClient.Reader.AsStream(), toServer.Writer.AsStream());
        var said = new StringBuilder();
        var session = new SmtpSession(stream, server, (plain, _) => Task.FromResult(plain));
        var playing = Play(replies, toServer.Reader.AsStream(), toClient.Writer.AsStream(), said);
        var outcome = await session.DeliverAsync("nines@example.com", to, "Subject: x\r\n\r\n.dot\r\n"u8.ToArray(), default);
        await toServer.Writer.CompleteAsync();
        await playing;
        return (outcome, said.ToString());
    }

    private static async Task Play(string[] replies, Stream from, Stream to, StringBuilder said)
    {
        using var reader = new StreamReader(from, Encoding.UTF8);
        var data = false;
        foreach (var reply in replies)
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"));
            await to.FlushAsync();
            while (true)
            {
                if (await reader.ReadLineAsync() is not { } line) return;
                said.Append(line).Append('\n');
                if (!data || line == ".") break;
            }

            data = said.ToString().EndsWith("DATA\n", StringComparison.Ordinal);
        }

        await to.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_PlainServer_SaysTheWholeConversation()
    {
        var (outcome, said) = await Talk(Plain, "alice@example.com", "220 hi", "250-mail\r\n250 8BITMIME", "250 ok", "250 ok", "354 go", "250 queued as 7", "221 bye");
        Assert.Equal(new SendOutcome(SendVerdict.Accepted, "The mail server answered 250 queued as 7."), outcome);
        Assert.Equal("EHLO nines.invalid\nMAIL FROM:<nines@example.com>\nRCPT TO:<alice@example.com>\nDATA\nSubject: x\n\n..dot\n.\nQUIT\n", said);
    }

    [Fact]
    public async Task Deliver_OldServer_FallsBackToHelo()
    {
        var (outcome, said) = await Talk(Plain, "alice@example.com", "220 hi", "502 what", "250 hello", "250 ok", "250 ok", "354 go", "250 ok", "221 bye");
        Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
        Assert.Contains("HELO nines.invalid\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_StartTls_SaysHelloAgainAndSignsInAfterIt()
    {
        var server = Plain with { Tls = SmtpTls.Required, User = "bob", Password = "pässword" };
        var (outcome, said) = await Talk(server, "alice@example.com",
            "220 hi", "250-mail\r\n250 STARTTLS", "220 go", "250-mail\r\n250 AUTH LOGIN PLAIN", "235 in", "250 ok", "250 ok", "354 go", "250 ok", "221 bye");
        Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
        Assert.StartsWith(
            $"EHLO nines.invalid\nSTARTTLS\nEHLO nines.invalid\nAUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes("\0bob\0pässword"))}\nMAIL", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_LoginOnly_SaysUserAndPasswordInTurn()
    {
        var server = Plain with { Host = "localhost", User = "bob", Password = "pw" };
        var (outcome, said) = await Talk(server, "alice@example.com", "220 hi", "250-mail\r\n250 AUTH=LOGIN\r\n".TrimEnd(), "503 no");
        Assert.Equal(SendVerdict.Retry, outcome.Verdict);
        (outcome, said) = await Talk(server, "alice@example.com", "220 hi", "250-mail\r\n250 AUTH LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 in", "250 ok", "250 ok", "354 go", "250 ok", "221 bye");
        Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
        Assert.Contains("AUTH LOGIN\nYm9i\ncHc=\nMAIL", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_RequiredTlsNotOffered_SendsNothing()
    {
        var (outcome, said) = await Talk(Plain with { Tls = SmtpTls.Required }, "alice@example.com", "220 hi", "250 mail");
        Assert.Equal(new SendOutcome(SendVerdict.Retry, "mail.example.com offers no STARTTLS, which is required."), outcome);
        Assert.DoesNotContain("MAIL", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_PasswordInTheClear_IsNotSent()
    {
        var (outcome, said) = await Talk(Plain with { User = "bob", Password = "pw" }, "alice@example.com", "220 hi", "250-mail\r\n250 AUTH PLAIN");
        Assert.Equal(new SendOutcome(SendVerdict.Retry, "mail.example.com offers no encryption, and a password is not sent in the clear."), outcome);
        Assert.DoesNotContain("AUTH", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_TextBeforeTheHandshake_IsRefused()
    {
        var (outcome, _) = await Talk(Plain with { Tls = SmtpTls.Required }, "alice@example.com", "220 hi", "250-mail\r\n250 STARTTLS", "220 go\r\n250 injected");
        Assert.Equal("mail.example.com sent text before the encryption began.", outcome.Reason);
    }

    [Theory]
    [InlineData("550 no such user", SendVerdict.Refused, "The mail server answered 550 no such user.")]
    [InlineData("450-grey\r\n450 listed", SendVerdict.Retry, "The mail server answered 450 grey listed.")]
    public async Task Deliver_RecipientRefused_IsFinalOnlyFor5xx(string reply, SendVerdict verdict, string reason)
    {
        var (outcome, _) = await Talk(Plain, "alice@example.com", "220 hi", "250 mail", "250 ok", reply);
        Assert.Equal(new SendOutcome(verdict, reason), outcome);
    }

    [Fact]
    public async Task Deliver_SignInRefused_IsTriedAgain()
    {
        var (outcome, _) = await Talk(Plain with { Host = "localhost", User = "b", Password = "p" }, "a@b", "220 hi", "250-mail\r\n250 AUTH PLAIN", "535 wrong");
        Assert.Equal(new SendOutcome(SendVerdict.Retry, "The mail server answered 535 wrong."), outcome);
    }

    [Fact]
    public async Task Deliver_AddressOutsideAscii_NeedsSmtpUtf8()
    {
        var (outcome, _) = await Talk(Plain, "zoë@example.com", "220 hi", "250 mail");
        Assert.Equal(new SendOutcome(SendVerdict.Refused, "The address is not ASCII, and the mail server takes no others."), outcome);
        var (wide, said) = await Talk(Plain, "zoë@example.com", "220 hi", "250-mail\r\n250 SMTPUTF8", "250 ok", "250 ok", "354 go", "250 ok", "221 bye");
        Assert.Equal(SendVerdict.Accepted, wide.Verdict);
        Assert.Contains("MAIL FROM:<nines@example.com> SMTPUTF8\nRCPT TO:<zoë@example.com>\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("x")]
    public async Task Deliver_NotAMailServer_SaysSo(string greeting) =>
        Assert.Equal("The mail server does not speak SMTP.", (await Assert.ThrowsAsync<IOException>(() => Talk(Plain, "a@b", greeting))).Message);

    [Fact]
    public async Task Deliver_ClosedBeforeTheEnd_IsABrokenConnection() =>
        Assert.Equal("The mail server closed the connection.", (await Assert.ThrowsAsync<IOException>(() => Talk(Plain, "a@b", "220 hi"))).Message);

    private sealed class TwoWay(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => output.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);
    }
}
