using System.Text;
using Nines.Measuring.Ingestion.Push;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Push;

public sealed class PushReaderTests
{
    private const string Real = """[{"name":"orders","good":98,"total":100,"labels":{"region":"eu"},"at":"2023-11-14T22:13:20Z","key":"k1"},{"name":"orders","bad":1,"total":1}]""";

    [Fact]
    public void Read_ListOfEvents_GivesThemAll()
    {
        var read = PushReader.Read(Encoding.UTF8.GetBytes(Real), lines: false, DoorRig.Start);

        Assert.Equal(2, read.Value.Count);
        var first = read.Value[0];
        Assert.Equal(("orders", 98.0, 100.0, 1_700_000_000_000L, "k1"), (first.Name, first.Good, first.Total, first.UnixMs, first.Key));
        Assert.Equal([new("region", "eu")], first.Labels);
        Assert.Equal((0.0, 1.0, DoorRig.Start, null), (read.Value[1].Good, read.Value[1].Total, read.Value[1].UnixMs, read.Value[1].Key));
    }

    [Fact]
    public void Read_Lines_PassesEmptyOnesAndNamesTheWrongOne()
    {
        var good = PushReader.Read("{\"name\":\"a\",\"good\":1,\"total\":1}\r\n\n{\"name\":\"b\",\"good\":1,\"total\":1}"u8.ToArray(), lines: true, DoorRig.Start);
        var wrong = PushReader.Read("{\"name\":\"a\",\"good\":1,\"total\":1}\n{\"name\":"u8.ToArray(), lines: true, DoorRig.Start);

        Assert.Equal(["a", "b"], good.Value.Select(events => events.Name));
        Assert.Equal(["line 2: This is not valid JSON: line 1, byte 8. Write {\"name\":\"checkout-orders\",\"good\":98,\"total\":100}."], wrong.Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("{}", "name: The events have no name. Write {\"name\":\"checkout-orders\",\"good\":98,\"total\":100}.|total: The events have no total. Write {\"name\":\"checkout-orders\",\"good\":98,\"total\":100}.|good: Neither good nor bad is given. Give one of them.")]
    [InlineData("[]", "The body holds no events. Write {\"name\":\"checkout-orders\",\"good\":98,\"total\":100}.")]
    [InlineData("7", "This is 7, not an object. Write {\"name\":\"checkout-orders\",\"good\":98,\"total\":100}.")]
    [InlineData("{\"name\":\"a\",\"good\":2,\"total\":1}", "good: There are more good events (2) than events in all (1). good is at most total.")]
    [InlineData("{\"name\":\"a\",\"bad\":2,\"total\":1}", "bad: There are more bad events (2) than events in all (1). bad is at most total.")]
    [InlineData("{\"name\":\"a\",\"good\":1,\"bad\":1,\"total\":2}", "good: Both good and bad are given. Give one of them.")]
    [InlineData("{\"name\":\"a\",\"good\":-1,\"total\":1}", "good: -1 is no number of events. Write a number from 0 to 1e15.")]
    [InlineData("{\"name\":\"a\",\"good\":1,\"total\":1e400}", "total: 1e400 is no number of events. Write a number from 0 to 1e15.|good: There are more good events (1) than events in all (0). good is at most total.")]
    [InlineData("{\"name\":5,\"good\":1,\"total\":1}", "name: 5 is no name. Write a text of at most 200 characters.")]
    [InlineData("[{\"name\":\"a\",\"good\":1,\"total\":1,\"at\":\"1970-01-01T00:00:00Z\"}]", "[0].at: The time is more than 400 days ago. Send what lies within a window; older events change nothing.")]
    [InlineData("[{\"name\":\"a\",\"good\":1,\"total\":1,\"at\":\"2100-01-01T00:00:00Z\"}]", "[0].at: The time is more than 10 minutes in the future. Check the sender's clock.")]
    [InlineData("{\"name\":\"a\",\"good\":1,\"total\":1,\"at\":\"noon\"}", "at: \"noon\" is no time. Write one such as 2026-03-01T12:00:00Z, or leave it out for now.")]
    [InlineData("{\"name\":\"a\",\"good\":1,\"total\":1,\"labels\":{\"outcome\":\"x\",\"ok\":1}}", "labels.outcome: \"outcome\" is no label name. Use letters, digits and underscores, not a digit first; name and outcome are taken.|labels.ok: 1 is no label value. Write a text of at most 200 characters.")]
    [InlineData("{\"name\":\"a\",\"good\":1,\"total\":1,\"god\":1}", "god: There is no such field. Fields are name, good or bad, total, at, labels and key.")]
    [InlineData("{\"name\":\"\\ud800\",\"good\":1,\"total\":1}", "A text is not valid Unicode. Send UTF-8.")]
    public void Read_WrongEvents_ReportsEveryProblem(string body, string expected) =>
        Assert.Equal(expected.Split('|'), PushReader.Read(Encoding.UTF8.GetBytes(body), lines: false, DoorRig.Start).Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Read_TooManyEvents_IsRefused()
    {
        var body = string.Join("\n", Enumerable.Repeat("{\"name\":\"a\",\"good\":1,\"total\":1}", PushReader.MaxEvents + 1));

        var problems = PushReader.Read(Encoding.UTF8.GetBytes(body), lines: true, DoorRig.Start).Problems;

        Assert.Equal("line 10001: The body holds more than 10000 events. Send it in smaller parts.", Assert.Single(problems).ToString());
    }

    [Fact]
    public void Read_MutatedBodies_NeverThrows() => Mutations.Of(Encoding.UTF8.GetBytes(Real), bytes =>
    {
        _ = PushReader.Read(bytes, lines: false, DoorRig.Start);
        _ = PushReader.Read(bytes, lines: true, DoorRig.Start);
    });
}
