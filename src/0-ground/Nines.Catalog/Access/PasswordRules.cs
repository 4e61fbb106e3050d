using Nines.Kernel;

namespace Nines.Catalog.Access;

/// <summary>What a password must be: long. Rules about signs are left out on purpose (NIST SP 800-63B, 5.1.1.2).</summary>
public static class PasswordRules
{
    /// <summary>Shortest.</summary>
    public const int Shortest = 12;

    /// <summary>Longest: a bound on the work of hashing, far beyond any sentence.</summary>
    public const int Longest = 256;

    private const int FewestSigns = 5;

    /// <summary>What is wrong with a password; null where nothing is.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="names">What it must not be made of: the person's names, the product's.</param>
    /// <param name="path">The field.</param>
    public static Problem? Check(string password, IEnumerable<string> names, string path = "password")
    {
        if (password.Length < Shortest) return Problem.Invalid($"A password has at least {Shortest} characters; this one has {password.Length}.", "A sentence of four or five words is easy to remember.", path);
        if (password.Length > Longest) return Problem.Invalid($"A password has at most {Longest} characters.", "Shorten it.", path);
        if (password.Distinct().Count() < FewestSigns || IsRow(password)) return Problem.Invalid("This password is a row of the same signs.", "A sentence of four or five words is easy to remember.", path);
        var rest = names.Where(n => n.Length >= 3).OrderByDescending(n => n.Length).Aggregate(password, (left, name) => left.Replace(name, "", StringComparison.OrdinalIgnoreCase));
        return rest.Length < Shortest / 2 ? Problem.Invalid("This password is little more than a name.", "A sentence of four or five words is easy to remember.", path) : null;
    }

    // "abcdefghijkl", "123456789012": each sign follows the one before.
    private static bool IsRow(string password)
    {
        var follows = 0;
        for (var i = 1; i < password.Length; i++)
            if (password[i] - password[i - 1] is 1 or -1 or 0) follows++;
        return follows > password.Length * 3 / 4;
    }
}
