using System.Text;

namespace Nines.Measuring.Signals;

/// <summary>How a <see cref="RefusalReason"/> is written in metrics, JSON and on pages: <c>too_many_labels</c>.</summary>
public static class ReasonNames
{
    private static readonly string[] Names = [.. Enum.GetNames<RefusalReason>().Select(Snake)];

    public static string Of(RefusalReason reason) => Names[(int)reason];

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
