using System.Text.Json;

namespace Nines.Paging.Imports;

/// <summary>Another program whose answers can be read.</summary>
internal interface IImportSource
{
    /// <summary>Reads all files together; what they hold goes to the draft, what has no equal becomes a finding.</summary>
    void Read(IReadOnlyList<JsonElement> files);
}
