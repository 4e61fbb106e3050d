using System.Globalization;
using System.Runtime.InteropServices;

namespace Nines.Responding.StatusPages;

/// <summary>
/// The one colour of its own that a page may have: for links and buttons. On dark ground it is made lighter until it can be
/// read (WCAG 2.1, 1.4.3: 4.5 to 1), and what lies on it is black or white, whichever is read better.
/// </summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccentColour(byte Red, byte Green, byte Blue)
{
    /// <summary>The least contrast of text.</summary>
    public const double Readable = 4.5;

    // The grounds of the stylesheet: sunk on light, the most demanding there, and card on dark.
    private static readonly AccentColour LightGround = new(0xef, 0xf1, 0xf4);
    private static readonly AccentColour DarkGround = new(0x1d, 0x21, 0x29);

    /// <summary>Reads <c>#rrggbb</c>; null for anything else.</summary>
    public static AccentColour? Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;

    /// <summary>How well it is read on a light page, from 1 to 21.</summary>
    public double OnLight => Contrast(this, LightGround);

    /// <summary>As it is on a dark page.</summary>
    public AccentColour Dark
    {
        get
        {
            var colour = this;
            for (var step = 0; step < 20 && Contrast(colour, DarkGround) < Readable; step++) colour = colour.Towards(255);
            return colour;
        }
    }

    /// <summary>What is read best on it: white, or the black of the house.</summary>
    public AccentColour Ink => Contrast(this, new(255, 255, 255)) >= Readable ? new(255, 255, 255) : new(0x0e, 0x10, 0x17);

    /// <summary>The stylesheet that takes it over.</summary>
    public string ToCss()
    {
        var dark = Dark;
        return $":root {{ --brand: light-dark({this}, {dark}); --brand-wash: light-dark({Wash(255)}, {dark.Wash(0)}); --on-brand: light-dark({Ink}, {dark.Ink}); }}\n";
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private static double Contrast(AccentColour a, AccentColour b)
    {
        var (first, second) = (a.Luminance, b.Luminance);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    // Relative luminance as WCAG defines it.
    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private AccentColour Towards(byte ground) => new(Mix(Red, ground, 0.1), Mix(Green, ground, 0.1), Mix(Blue, ground, 0.1));

    private AccentColour Wash(byte ground) => ground == 255 ? new(Mix(Red, 255, 0.9), Mix(Green, 255, 0.9), Mix(Blue, 255, 0.9)) : new(Mix(Red, 22, 0.82), Mix(Green, 25, 0.82), Mix(Blue, 32, 0.82));

    private static byte Mix(byte channel, byte ground, double share) => (byte)Math.Round(channel + ((ground - channel) * share), MidpointRounding.AwayFromZero);
}
