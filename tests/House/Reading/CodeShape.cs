using System.Text.RegularExpressions;

namespace Nines.Tests.House;

/// <summary>A function of a file with the number of lines from its signature to its end.</summary>
internal readonly record struct FunctionSpan(string Signature, int Line, int Lines);

/// <summary>A type declared in a file; nested types are not listed.</summary>
internal readonly record struct DeclaredType(string Name, bool Public, bool Documented, bool Partial, int Line);

/// <summary>
/// Reads types and functions out of masked C# by its brackets: enough for sizes and documentation, no compiler needed.
/// Methods, constructors, operators, accessors and expression-bodied members are functions; fields and their tables are not.
/// </summary>
internal sealed partial class CodeShape
{
    private readonly SourceFile _file;
    private readonly string _code;
    private readonly List<FunctionSpan> _functions = [];
    private readonly List<DeclaredType> _types = [];

    private CodeShape(SourceFile file)
    {
        (_file, _code) = (file, file.Code);
        Members(0, _code.Length, nested: false);
    }

    public static IReadOnlyList<FunctionSpan> Functions(SourceFile file) => new CodeShape(file)._functions;

    public static IReadOnlyList<DeclaredType> Types(SourceFile file) => new CodeShape(file)._types;

    private void Members(int from, int to, bool nested)
    {
        var at = from;
        while (at < to)
        {
            var start = SkipAttributes(at, to);
            if (start >= to) return;
            at = Member(start, to, nested);
        }
    }

    /// <summary>Reads one member and returns the position behind it.</summary>
    private int Member(int start, int to, bool nested)
    {
        var (end, mark) = EndOfHeader(start, to);
        var header = Constraint().Replace(_code[start..end], " ");
        var closes = mark == '{' ? Matching(end, to) : end;
        if (mark is not '{' and not ';' and not '>' and not '=') return end + 1;
        if (Container().IsMatch(header))
        {
            if (mark == '{') Members(end + 1, closes, nested || !Namespace().IsMatch(header));
            return closes + 1;
        }

        if (TypeHeader().Match(header) is { Success: true } type && mark is '{' or ';')
        {
            if (!nested) AddType(type, header, start);
            if (mark == '{' && type.Groups["kind"].Value != "enum") Members(end + 1, closes, nested: true);
            return closes + 1;
        }

        switch (mark)
        {
            case '{' when header.Contains('(') && !Indexer().IsMatch(header):
                AddFunction(header, start, closes);
                return closes + 1;
            case '{':
                Accessors(header, end + 1, closes);
                return closes + 1;
            case '>':
                closes = EndOfStatement(end, to);
                AddFunction(header, start, closes);
                return closes + 1;
            default:
                return EndOfStatement(end, to) + 1;
        }
    }

    private void Accessors(string header, int from, int to)
    {
        var at = from;
        while (at < to)
        {
            while (at < to && char.IsWhiteSpace(_code[at])) at++;
            if (at >= to) return;
            var (end, mark) = EndOfHeader(at, to);
            var closes = mark switch { '{' => Matching(end, to), '>' => EndOfStatement(end, to), _ => end };
            if (mark is '{' or '>') AddFunction($"{header.Trim()} {_code[at..end].Trim()}", at, closes);
            at = closes + 1;
        }
    }

    private void AddFunction(string signature, int start, int end) =>
        _functions.Add(new(Spaces().Replace(signature.Trim(), " "), _file.LineAt(start), _file.LineAt(end) - _file.LineAt(start) + 1));

    private void AddType(Match type, string header, int start) => _types.Add(new(
        type.Groups["name"].Value, PublicWord().IsMatch(header), HasSummary(start), PartialWord().IsMatch(header), _file.LineAt(start)));

    /// <summary>Walks up from the declaration over attributes to its documentation comment.</summary>
    private bool HasSummary(int start)
    {
        var lines = _file.Text[..start].Split('\n');
        for (var i = lines.Length - 2; i >= 0; i--)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("///", StringComparison.Ordinal))
            {
                if (line.Contains("<summary>", StringComparison.Ordinal) || line.Contains("<inheritdoc", StringComparison.Ordinal)) return true;
            }
            else if (line.Length == 0 || !(line.StartsWith('[') || line.EndsWith(']') || line.EndsWith(','))) return false;
        }

        return false;
    }

    /// <summary>
    /// The first of <c>{</c>, <c>;</c>, <c>=</c> or <c>=&gt;</c> (told as '&gt;') outside brackets, or a closing brace left over.
    /// </summary>
    private (int End, char Mark) EndOfHeader(int start, int to)
    {
        var depth = 0;
        var isOperator = false;
        for (var i = start; i < to; i++)
        {
            switch (_code[i])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '=' when depth == 0 && i + 1 < to && _code[i + 1] == '>':
                    if (isOperator && !_code[start..i].Contains('(')) i++;
                    else return (i, '>');
                    break;
                case '=' when depth == 0 && isOperator && !_code[start..i].Contains('('):
                    break;
                case '{' or '}' or ';' or '=' when depth == 0:
                    return (i, _code[i]);
                case 'o' when depth == 0 && Operator().IsMatch(_code, i):
                    isOperator = true;
                    break;
            }
        }

        return (to, '\0');
    }

    private int EndOfStatement(int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            if (_code[i] is '(' or '[' or '{') depth++;
            else if (_code[i] is ')' or ']' or '}') depth--;
            else if (_code[i] == ';' && depth == 0) return i;
        }

        return to;
    }

    private int Matching(int open, int to)
    {
        var depth = 0;
        for (var i = open; i < to; i++)
        {
            if (_code[i] == '{') depth++;
            else if (_code[i] == '}' && --depth == 0) return i;
        }

        return to;
    }

    private int SkipAttributes(int at, int to)
    {
        while (at < to)
        {
            if (char.IsWhiteSpace(_code[at]) || _code[at] is '}' or ';') at++;
            else if (_code[at] == '[')
            {
                var depth = 0;
                do
                {
                    if (_code[at] == '[') depth++;
                    else if (_code[at] == ']') depth--;
                    at++;
                }
                while (at < to && depth > 0);
            }
            else break;
        }

        return at;
    }

    [GeneratedRegex(@"\bwhere\s+\w+\s*:[^{;]*")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"^\s*(file\s+)?namespace\b")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*(extension\s*(<[^>]*>)?\s*\(|(file\s+)?namespace\b)")]
    private static partial Regex Container();

    [GeneratedRegex(@"^(?:(?:public|internal|private|protected|static|sealed|abstract|partial|readonly|ref|file|unsafe|new)\s+)*(?<kind>class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"\bthis\s*\[")]
    private static partial Regex Indexer();

    [GeneratedRegex(@"\bpublic\b")]
    private static partial Regex PublicWord();

    [GeneratedRegex(@"\bpartial\b")]
    private static partial Regex PartialWord();

    [GeneratedRegex(@"\Goperator\b")]
    private static partial Regex Operator();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
