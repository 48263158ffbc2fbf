using Microsoft.Extensions.DependencyInjection;

namespace Portal.Tests.Support;

/// <summary>The demo's people as actors, and services as a request would get them.</summary>
internal static class PortalPeople
{
    public static async Task<Actor> ActorAsync(this PortalServer server, string email)
    {
        await using var db = server.Open();
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == email, Ct);
        var grants = await db.Access.Where(a => a.UserId == user.Id)
            .Where(a => user.Role != Role.Client || db.Clients.Any(c => c.Id == a.ClientId && (c.Status == ClientStatus.Active || c.Status == ClientStatus.Closing))).Select(a => new Grant(a.ClientId, a.Service, a.Level)).ToListAsync(Ct);
        return new(user.Id, user.FullName, user.Role, grants);
    }

    public static async Task WithAsync<T>(this PortalServer server, Func<T, Task> act)
        where T : notnull
    {
        await using var scope = server.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public static async Task<PortalUser> UserAsync(this PortalServer server, long id)
    {
        await using var db = server.Open();
        return await db.Users.AsNoTracking().SingleAsync(u => u.Id == id, Ct);
    }

    /// <summary>How many events of this kind a person's account has.</summary>
    public static async Task<int> EventsAsync(this PortalServer server, long userId, string type)
    {
        await using var db = server.Open();
        return await db.Events.CountAsync(e => e.Type == type && e.SubjectKind == "user" && e.SubjectId == userId, Ct);
    }
}
