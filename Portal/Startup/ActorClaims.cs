using System.Globalization;
using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>A person as claims and back: what cookies, tokens and circuits carry.</summary>
public static class ActorClaims
{
    public const string UserId = "sub";
    public const string Name = "name";
    public const string Role = "role";
    public const string Session = "sid";
    public const string Zone = "zone";
    public const string Department = "department";
    public const string Culture = "culture";
    public const string Theme = "theme";
    private const string Photo = "photo";
    private const string Grant = "grant";
    private const string Viewing = "viewing";
    private const string ViewedName = "viewed_name";

    public static ClaimsPrincipal ToPrincipal(this Person person, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, Role);
        identity.AddClaims([
            new(UserId, Text(person.UserId)), new(Name, person.Name), new(Role, person.Role.ToString()),
            new(Session, Text(person.SessionId)), new(Zone, person.ZoneId), new(Culture, person.Culture), new(Theme, Input.Name(person.Theme.ToString()))]);
        if (person.PhotoId is { } photo)
            identity.AddClaim(new(Photo, Text(photo)));
        if (person.Department is { } department)
            identity.AddClaim(new(Department, department.ToString()));
        if (person.Viewing is { } viewing)
            identity.AddClaims([new(Viewing, $"{Text(viewing.ClientId)}:{viewing.TakesChanges}"), new(ViewedName, viewing.ClientName)]);
        identity.AddClaims(person.Grants.Select(g => new Claim(Grant, $"{Text(g.ClientId)}:{g.Service}:{g.Level}")));
        return new(identity);
    }

    public static Actor ToActor(this ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } && Enum.TryParse<Role>(user.FindFirstValue(Role), out var role)
            ? new(Number(user, UserId), user.FindFirstValue(Name) ?? "", role, [.. user.FindAll(Grant).Select(c => ReadGrant(c.Value))]) { Viewing = ReadViewing(user) }
            : Actor.Nobody;

    public static long SessionId(this ClaimsPrincipal user) => Number(user, Session);

    public static long PersonId(this ClaimsPrincipal user) => Number(user, UserId);

    /// <summary>Where their own photo is read, if they have one.</summary>
    public static string? PhotoUrl(this ClaimsPrincipal user) =>
        Pictures.Url(PictureOf.Person, user.PersonId(), Number(user, Photo) is > 0 and var photo ? photo : null);

    private static Viewing? ReadViewing(ClaimsPrincipal user) => user.FindFirstValue(Viewing)?.Split(':') is [var id, var takesChanges]
        ? new(long.Parse(id, CultureInfo.InvariantCulture), user.FindFirstValue(ViewedName) ?? "", bool.Parse(takesChanges))
        : null;

    private static Grant ReadGrant(string text)
    {
        var parts = text.Split(':');
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1].Length == 0 ? null : Enum.Parse<Service>(parts[1]),
            Enum.Parse<AccessLevel>(parts[2]));
    }

    private static long Number(ClaimsPrincipal user, string claim) =>
        long.TryParse(user.FindFirstValue(claim), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
