namespace Nines.Catalog.Access;

/// <summary>The e-mail address by which somebody may also sign in.</summary>
internal static class MailOfPerson
{
    /// <summary>The first one; null for none.</summary>
    public static string? MailAddress(this Person person) => person.Contacts.FirstOrDefault(c => c.Kind == ContactKinds.Email)?.Address;
}
