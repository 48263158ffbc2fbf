namespace Portal.Tests.Architecture;

/// <summary>Who comes to try every door.</summary>
[Flags]
public enum Visitor
{
    Nobody = 0,
    Anonymous = 1,

    /// <summary>The owner of another organisation.</summary>
    Stranger = 2,

    /// <summary>An agent of other clients.</summary>
    OtherAgent = 4,

    /// <summary>An agent of Acme's, in the website department.</summary>
    WebsiteAgent = 8,

    /// <summary>The same, in marketing.</summary>
    MarketingAgent = 16,

    /// <summary>Acme's people.</summary>
    Viewer = 32,
    Owner = 64,
    Admin = 128,

    Agents = OtherAgent | WebsiteAgent | MarketingAgent,
    AcmesAgents = WebsiteAgent | MarketingAgent,
    AcmesPeople = Viewer | Owner,
    Clients = Stranger | AcmesPeople,
    SignedIn = Agents | Clients | Admin,
    Everyone = SignedIn | Anonymous,
}

/// <summary>A door, who may open it, and what a well-formed caller brings. Everyone else must be turned away.</summary>
public sealed record Door(Visitor May, object? Body = null);

/// <summary>
/// Every route of the portal and who may take it. A route that is not here fails the build, and so does a line without a route. Ids in
/// a route are those of Acme Jewellers' things: see <see cref="Samples"/>.
/// </summary>
public static class IsolationTable
{
    public static readonly Dictionary<string, Door> Doors = new()
    {
        // pages for everyone
        ["GET /"] = new(Visitor.SignedIn),
        ["GET /error"] = new(Visitor.Everyone),
        ["GET /problem/{Status:int}"] = new(Visitor.Everyone),
        ["GET /problem/403"] = new(Visitor.Everyone),
        ["GET /problem/404"] = new(Visitor.Everyone),
        ["GET /forbidden"] = new(Visitor.Everyone),
        ["GET /not-found"] = new(Visitor.Everyone),
        ["GET /sign-in"] = new(Visitor.Everyone),
        ["GET /set-up"] = new(Visitor.Nobody), // there is an admin already
        ["GET /bench"] = new(Visitor.Everyone),
        ["POST /sign-out"] = new(Visitor.SignedIn),

        // an admin's
        ["GET /dashboard/admin"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit/{Id:long}"] = new(Visitor.Admin),
        ["GET /dashboard/admin/audit/export.{format:regex(^(csv|xlsx)$)}"] = new(Visitor.Admin),
        ["POST /view-as/{clientId:long}"] = new(Visitor.Admin),
        ["POST /view-as/changes"] = new(Visitor.SignedIn), // says that they are not viewing
        ["POST /view-as/end"] = new(Visitor.SignedIn), // there is nothing to end

        // the others' own
        ["GET /dashboard/agent"] = new(Visitor.Agents),
        ["GET /dashboard/client"] = new(Visitor.Clients),

        // for programs
        ["POST /api/auth/login"] = new(Visitor.Everyone),
        ["POST /api/auth/refresh"] = new(Visitor.Everyone),
        ["POST /api/auth/logout"] = new(Visitor.Everyone),
        ["GET /api/auth/me"] = new(Visitor.SignedIn),
        ["GET /api/audit"] = new(Visitor.Admin),
        ["GET /api/audit/{id:long}"] = new(Visitor.Admin),
        ["GET /api/audit/export"] = new(Visitor.Admin),
        ["GET /api/audit/chain"] = new(Visitor.Admin),
        ["GET /api/deliveries"] = new(Visitor.Admin),
        ["POST /api/deliveries/{id:long}/send-again"] = new(Visitor.Admin),
    };

    /// <summary>What stands in a route's place, by the beginning of the route and the place's name; the longest beginning holds.</summary>
    public static readonly (string Begins, string Place, Func<PortalDb, Task<string>> Value)[] Samples =
    [
        ("/", "clientId", AcmeAsync),
        ("/api/audit", "id", async db => $"{await db.Events.MinAsync(e => e.Id, Ct)}"),
        ("/dashboard/admin/audit", "Id", async db => $"{await db.Events.MinAsync(e => e.Id, Ct)}"),
        ("/dashboard/admin/audit", "format", _ => Task.FromResult("csv")),
        ("/api/deliveries", "id", _ => Task.FromResult("1")),
        ("/problem", "Status", _ => Task.FromResult("500")),
    ];

    private static async Task<string> AcmeAsync(PortalDb db) => $"{await db.Clients.Where(c => c.Name == "Acme Jewellers").Select(c => c.Id).SingleAsync(Ct)}";
}
