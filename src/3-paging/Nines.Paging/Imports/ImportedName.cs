using System.Globalization;
using System.Text;

namespace Nines.Paging.Imports;

/// <summary>How an import names things after their titles elsewhere. Pure.</summary>
public static class ImportedName
{
    /// <summary>The name of a title, by RFC 1123.</summary>
    public static string Of(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) slug.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == 60) break;
        }

        var name = slug.ToString().Trim('-');
        return name.Length > 0 ? name : "unnamed";
    }
}
