using Microsoft.Extensions.Options;

namespace Nines.Measuring.Ingestion;

/// <summary>Settings of the doors for signals, section <c>ingestion</c>.</summary>
public sealed class IngestionOptions
{
    /// <summary>Bytes of a remote-write body after unpacking; 64 MiB by default.</summary>
    public int RemoteWriteBodyLimit { get; set; } = 64 * 1024 * 1024;

    /// <summary>Labels of one series; 128 by default.</summary>
    public int LabelLimit { get; set; } = 128;

    /// <summary>Series that one door remembers at a time, matched or not; 2 000 000 by default, at about 32 bytes each.</summary>
    public int SeriesLimit { get; set; } = 2_000_000;

}

/// <summary>Checks <see cref="IngestionOptions"/>: all mistakes at once.</summary>
internal sealed class IngestionOptionsValidator : IValidateOptions<IngestionOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestionOptions options)
    {
        var wrong = new List<string>();
        if (options.RemoteWriteBodyLimit is < 65_536 or > 1_073_741_824)
            wrong.Add($"ingestion:remoteWriteBodyLimit is {options.RemoteWriteBodyLimit}; write bytes from 65536 to 1073741824.");
        if (options.LabelLimit is < 2 or > 10_000) wrong.Add($"ingestion:labelLimit is {options.LabelLimit}; write a number from 2 to 10000.");
        if (options.SeriesLimit is < 1 or > 50_000_000) wrong.Add($"ingestion:seriesLimit is {options.SeriesLimit}; write a number from 1 to 50000000.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
