using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nines.Alerting.Integrations;
using Nines.Alerting.Integrations.Formats;
using Nines.Alerting.Integrations.Mail;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Integrations;

/// <summary>Whatever bytes come, a reader answers: what it reads, or at least one problem.</summary>
public class ReaderLaws
{
    private const string Seed = """
        {"routing_key":"k","event_action":"trigger","dedup_key":"d","message":"m","message_type":"CRITICAL","title":"t","state":"ok","version":"4","alias":"a","ruleId":1,"endTime":"2026-11-21T03:00:00Z",
         "payload":{"summary":"s\u00e9","source":"x","severity":"info","custom_details":{"a":[1,2,{"b":null}],"c":"\ud83d\ude00"}},"links":[{"href":"https://a","text":""}],"images":[{}],
         "alerts":[{"status":"firing","labels":{"alertname":"A","x":"y"},"annotations":{"summary":"s"},"startsAt":"2026-11-21T03:00:00Z"}],"tags":["a","b"],"details":{"k":"v"},"labels":{"l":"v"}}
        """;

    /// <summary>Random bytes, and a body of every format at once with random places overwritten: the second kind gets deep into each reader.</summary>
    private static readonly Arbitrary<byte[]> Bodies = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>(),
        from changes in (from at in Gen.Choose(0, 5000) from with in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements((int)'"', '{', '}', '[', ']', '\\', ',', ':', '0')) select (at, with)).ListOf()
        from length in Gen.Choose(0, Seed.Length * 2)
        select Mutated(changes, length)).ToArbitrary();

    private static byte[] Mutated(IEnumerable<(int At, int With)> changes, int length)
    {
        var body = Encoding.UTF8.GetBytes(Seed);
        foreach (var (at, with) in changes) body[at % body.Length] = (byte)with;
        return length < body.Length ? body[..length] : body;
    }

    private static bool Answers<T>(Nines.Kernel.Outcome<T> outcome) => outcome.Ok || outcome.Problems.Any(p => p.IsError && p.What.Length > 0);

    [Fact]
    public void EveryFormat_AnyBytes_Answers() => Prop.ForAll(Bodies, body =>
        Answers(AlertmanagerWebhook.Read(body)) && Answers(PagerDutyEvent.Read(body)) && Answers(OpsgenieRequest.ReadCreate(body)) && Answers(OpsgenieRequest.ReadAction(body, DoorAction.Snooze))
        && Answers(VictorOpsMessage.Read(body, "r")) && Answers(OnCallMessage.ReadFormatted(body)) && Answers(OnCallMessage.ReadGrafana(body))).Hold(500);

    [Fact]
    public void Events_AnyBytesOfAnyType_Answer() => Prop.ForAll(Bodies, Gen.Elements("", "application/json", "text/plain", "application/x-www-form-urlencoded").ToArbitrary(), (body, type) =>
    {
        var json = new SentJson();
        return SentBody.Read(json, body, type, [new("severity", "page")]) is { } root ? Answers(MappedEvents.Read(json, root, EventMapping.Automatic)) : json.Problems.Count > 0;
    }).Hold(500);

    [Fact]
    public void Mail_AnyBytes_IsOneEvent() => Prop.ForAll(Bodies, body =>
    {
        byte[][] mails = [body, [.. "Subject: =?utf-8?B?"u8, .. body], [.. "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n"u8, .. body], [.. "Content-Type: text/html\r\n\r\n"u8, .. body]];
        return mails.All(m => MailEvents.Read(ReceivedMail.Read(m), null) is { Ok: true, Value.Count: 1 } read && read.Value[0].Title.Length > 0);
    }).Hold(300);

    [Fact]
    public void Templates_AnyText_AnswerAndRender() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Gen.Elements("", "{{a.b}}", "{{", "}}", "{{x | \"y\"}}", "$.a").ToArbitrary(), (any, seed) =>
    {
        var json = new SentJson();
        var root = json.Parse(Encoding.UTF8.GetBytes(Seed))!.Value;
        var read = EventTemplate.Parse(any.Get.Insert(any.Get.Length / 2, seed));
        return !read.Ok || read.Value.Render(root, root) is not null;
    }).Hold(500);

    [Fact]
    public void Lines_AnyText_AreBoundedWholeAndOnOneLine() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), Gen.Choose(2, 20).ToArbitrary(), (any, most) =>
    {
        var line = SentText.Line(any.Get, most);
        return line.Length <= most && !line.Any(char.IsControl) && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)) == line;
    }).Hold(500);
}
