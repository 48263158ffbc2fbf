namespace Portal.Core.Domains.People;

/// <summary>The demo's accounts. They share one password and so one hash: making forty would take a second.</summary>
internal sealed class DemoPeople(PortalUser first, DateTime now)
{
    private readonly Dictionary<string, PortalUser> byName = [];

    public IReadOnlyCollection<PortalUser> All => byName.Values;

    public PortalUser this[string name] => byName[name];

    public PortalUser Admin(int number) => byName[DemoCast.Staff.Where(s => s.Role is Role.Admin).ElementAt(number % 2).Name];

    /// <summary>By the first name, as the cast calls agents.</summary>
    public PortalUser Agent(string name) => byName[DemoCast.Staff.Single(s => s.Name.StartsWith(name + " ", StringComparison.Ordinal)).Name];

    public static string Name(string cast) => cast.Contains('@') ? cast[..cast.LastIndexOf(' ')] : cast;

    public static string Email(string cast, DemoClient of) => cast.Contains('@')
        ? cast[(cast.LastIndexOf(' ') + 1)..]
        : $"{cast.ToLowerInvariant().Replace(' ', '.')}@{Letters(of.Name)}.example";

    public void AddStaff()
    {
        foreach (var staff in DemoCast.Staff)
        {
            var person = Add(staff.Name, staff.Email, staff.Role, staff.ZoneId, now.AddDays(-330));
            (person.Department, person.Specialisation, person.Capacity) = (staff.Department, staff.Specialisation, staff.Capacity);
        }
    }

    public void AddPeopleOf(DemoClient client, string zone, DateTime since)
    {
        foreach (var cast in client.People)
            Add(Name(cast), Email(cast, client), Role.Client, zone, since);
    }

    private PortalUser Add(string name, string email, Role role, string zone, DateTime since) => byName[name] = new()
    {
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        EmailConfirmed = true,
        FullName = name,
        Role = role,
        ZoneId = zone,
        PasswordHash = first.PasswordHash,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        CreatedAt = since,
        TermsVersion = 1,
        TermsAcceptedAt = since,
    };

    private static string Letters(string name) => new([.. name.ToLowerInvariant().Where(char.IsAsciiLetter)]);
}
