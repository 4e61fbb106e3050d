using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Nines.Measuring.Ingestion.Prometheus;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.Prometheus;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("+12", 12)]
    [InlineData(".25", 0.25)]
    [InlineData("7.", 7)]
    [InlineData("1e3", 1000)]
    [InlineData("1.7e+09", 1.7e9)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    [InlineData("NaN", double.NaN)]
    [InlineData("nan", double.NaN)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    public void TryDouble_Number_IsRead(string text, double expected)
    {
        Assert.True(NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1,000")]
    [InlineData("1 2")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("\u221e")]
    public void TryDouble_NoNumber_IsRefused(string text) => Assert.False(NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryDouble_AnyDouble_EqualsThePlatform() => Prop.ForAll<long, int>((bits, form) =>
    {
        var number = form % 3 == 0 ? Math.Round(BitConverter.Int64BitsToDouble(bits) % 1e9, 4) : form % 3 == 1 ? bits : BitConverter.Int64BitsToDouble(bits);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return !double.IsFinite(number) || (NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out var read) && read.Equals(double.Parse(text, CultureInfo.InvariantCulture)));
    }).Hold();

    [Fact]
    public void TryDouble_AnyDecimal_EqualsThePlatform() => Prop.ForAll<ulong, byte>((digits, point) =>
    {
        var text = digits.ToString(CultureInfo.InvariantCulture);
        text = text.Insert(point % (text.Length + 1), ".");
        return NumberText.TryDouble(Encoding.UTF8.GetBytes(text), out var read) && read.Equals(double.Parse(text, CultureInfo.InvariantCulture));
    }).Hold();
}
