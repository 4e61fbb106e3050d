using System.Net;

namespace Nines.Tests.Unit.Measuring.Ingestion.Scrape;

/// <summary>Answers requests from a function instead of a network.</summary>
internal sealed class PageServer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler, IHttpClientFactory
{
    public static PageServer Of(Func<HttpContent> content, HttpStatusCode status = HttpStatusCode.OK) => new((_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = content() }));

    public HttpRequestMessage? Asked { get; private set; }

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked = request;
        return answer(request, cancellationToken);
    }
}

/// <summary>A stream that never ends, or never says anything.</summary>
internal sealed class EndlessStream(byte[]? repeated) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => 0; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (repeated is null) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        var count = Math.Min(buffer.Length, repeated!.Length);
        repeated.AsSpan(0, count).CopyTo(buffer.Span);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
