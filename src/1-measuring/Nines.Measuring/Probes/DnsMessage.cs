using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Nines.Measuring.Probes;

/// <summary>Writes DNS questions and reads answers (RFC 1035, RFC 3596). Never throws on bytes.</summary>
internal static class DnsMessage
{
    private const int HeaderLength = 12;

    // A name's labels and pointers: RFC 1035 bounds a name at 255 bytes, so more steps than that are a loop.
    private const int MaxSteps = 255;

    private static readonly Dictionary<string, ushort> Types = new() { ["A"] = 1, ["NS"] = 2, ["CNAME"] = 5, ["MX"] = 15, ["TXT"] = 16, ["AAAA"] = 28 };

    /// <summary>The types that can be asked for.</summary>
    public static IReadOnlyCollection<string> KnownTypes => Types.Keys;

    /// <summary>A question with recursion desired; null where the name is none.</summary>
    public static byte[]? Question(ushort id, string name, string type)
    {
        var message = new List<byte> { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63 || label.Any(c => c > 0x7e || c <= ' ')) return null;
            message.Add((byte)label.Length);
            message.AddRange(Encoding.ASCII.GetBytes(label));
        }

        message.Add(0);
        if (message.Count - HeaderLength > 255 || !Types.TryGetValue(type, out var number)) return null;
        message.AddRange([(byte)(number >> 8), (byte)number, 0, 1]);
        return [.. message];
    }

    /// <summary>Whether an answer to this question says that it did not fit one datagram.</summary>
    public static bool IsTruncated(ReadOnlySpan<byte> answer, ushort id) =>
        answer.Length >= HeaderLength && BinaryPrimitives.ReadUInt16BigEndian(answer) == id && (answer[2] & 0x82) == 0x82;

    /// <summary>Judges an answer: the right id, no error, and every expected value among the values of the asked type.</summary>
    public static ProbeResult Verdict(ReadOnlySpan<byte> answer, ushort id, DnsCheck check)
    {
        if (answer.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(answer) != id || (answer[2] & 0x80) == 0)
            return ProbeResult.Bad("malformed", "The answer is no DNS answer to this question.");
        var code = answer[3] & 0x0f;
        if (code != 0) return ProbeResult.Bad(code == 3 ? "nxdomain" : "rcode", $"The server answered {CodeText(code)}.");
        if ((answer[2] & 2) != 0 && check.Expect.Count > 0) return ProbeResult.Bad("truncated", "The answer is cut off even over TCP, so it cannot be compared.");
        if (!TryValues(answer, Types[check.Type], out var values)) return ProbeResult.Bad("malformed", "The answer breaks off or loops.");
        if (values.Count == 0) return ProbeResult.Bad("empty", $"There is no {check.Type} record.");
        foreach (var expected in check.Expect)
            if (!values.Contains(expected.TrimEnd('.'), StringComparer.OrdinalIgnoreCase))
                return ProbeResult.Bad("answer", $"\"{expected}\" is not among the answers: {string.Join(", ", values)}.");
        return ProbeResult.Fine;
    }

    private static bool TryValues(ReadOnlySpan<byte> message, ushort type, out List<string> values)
    {
        values = [];
        var at = HeaderLength;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]), answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        for (var i = 0; i < questions; i++)
        {
            if (!TryName(message, ref at, out _) || at + 4 > message.Length) return false;
            at += 4;
        }

        for (var i = 0; i < answers; i++)
        {
            if (!TryName(message, ref at, out _) || at + 10 > message.Length) return false;
            var recordType = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10;
            if (at + length > message.Length) return false;
            if (recordType == type && TryValue(message, at, length, type, out var value)) values.Add(value);
            at += length;
        }

        return true;
    }

    private static bool TryValue(ReadOnlySpan<byte> message, int at, int length, ushort type, out string value)
    {
        value = "";
        var data = message.Slice(at, length);
        switch (type)
        {
            case 1 or 28:
                if (length != (type == 1 ? 4 : 16)) return false;
                value = new IPAddress(data).ToString();
                return true;
            case 2 or 5: return TryName(message, ref at, out value);
            case 15:
                at += 2;
                return length > 2 && TryName(message, ref at, out value);
            default:
                var text = new StringBuilder();
                for (var i = 0; i < data.Length && i + 1 + data[i] <= data.Length; i += 1 + data[i]) text.Append(Encoding.Latin1.GetString(data.Slice(i + 1, data[i])));
                value = text.ToString();
                return true;
        }
    }

    // Follows compression pointers (RFC 1035 4.1.4); "at" ends behind the name where it stands.
    private static bool TryName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var cursor = at;
        var jumped = false;
        for (var step = 0; step < MaxSteps && cursor < message.Length; step++)
        {
            var length = message[cursor];
            if (length == 0)
            {
                if (!jumped) at = cursor + 1;
                name = text.ToString();
                return true;
            }

            if ((length & 0xc0) == 0xc0)
            {
                if (cursor + 1 >= message.Length) return false;
                if (!jumped) at = cursor + 2;
                jumped = true;
                cursor = ((length & 0x3f) << 8) | message[cursor + 1];
                continue;
            }

            if ((length & 0xc0) != 0 || cursor + 1 + length > message.Length) return false;
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.Latin1.GetString(message.Slice(cursor + 1, length)));
            cursor += 1 + length;
        }

        return false;
    }

    private static string CodeText(int code) => code switch
    {
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        _ => $"the error {code}",
    };
}
