using System.Net;
using System.Text;

namespace Nines.Shell.Charts;

/// <summary>
/// Text of a drawing in the making. Every number goes through <see cref="Number"/>, which refuses what
/// is not finite: a NaN in an attribute makes the browser drop the whole path without a word.
/// </summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new(8192);

    public SvgText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A number with at most one digit after the point, as paths use it.</summary>
    public SvgText Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "A drawing holds finite numbers only; a value that is missing is a gap.");
        var tenths = (long)Math.Round(value * 10, MidpointRounding.AwayFromZero);
        if (tenths < 0)
        {
            _text.Append('-');
            tenths = -tenths;
        }
        _text.Append(tenths / 10);
        if (tenths % 10 != 0) _text.Append('.').Append((char)('0' + (int)(tenths % 10)));
        return this;
    }

    /// <summary>A share of the width, 0 to 1, as a per cent with two digits.</summary>
    public SvgText Share(double share)
    {
        if (!double.IsFinite(share)) throw new ArgumentOutOfRangeException(nameof(share), share, "A place in a drawing is a finite share of its width.");
        _text.Append((share * 100).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)).Append('%');
        return this;
    }

    public SvgText Whole(long value)
    {
        _text.Append(value);
        return this;
    }

    /// <summary>Words from outside: escaped for text and for attributes alike.</summary>
    public SvgText Words(string words)
    {
        _text.Append(WebUtility.HtmlEncode(words));
        return this;
    }

    public override string ToString() => _text.ToString();
}
