using Nines.Kernel;
using Npgsql;

namespace Nines.Storage;

/// <summary>Reads <c>--postgres</c>: key=value pairs, or an address as <c>postgres://user:password@host:5432/database</c>.</summary>
internal static class PgAddress
{
    /// <summary>The connection settings, with statements prepared by themselves.</summary>
    /// <exception cref="StorageException">The text is neither form.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        try
        {
            var settings = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? FromUri(new(text))
                : new(text);
            if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 40;
            settings.AutoPrepareMinUsages = 2;
            settings.ApplicationName ??= "nines";
            settings.IncludeErrorDetail = true;
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StorageException("--postgres is not a connection. Write postgres://user:password@host:5432/database, or Host=…;Username=…;Password=…;Database=….", e);
        }
    }

    /// <summary>How messages name the server; never with the password.</summary>
    public static string PlaceOf(NpgsqlConnectionStringBuilder settings) => $"PostgreSQL at {settings.Host}:{settings.Port}, database {settings.Database ?? settings.Username}";

    private static NpgsqlConnectionStringBuilder FromUri(Uri address)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Port = address.Port < 0 ? 5432 : address.Port };
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) settings.Password = Uri.UnescapeDataString(user[1]);
        var database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        if (database.Length > 0) settings.Database = database;
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (pair, "");
            settings[name switch { "sslmode" => "SSL Mode", "host" => "Host", "application_name" => "Application Name", _ => name }] = value;
        }

        return settings;
    }
}
