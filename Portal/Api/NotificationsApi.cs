using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;
using Portal.Startup;

namespace Portal.Api;

public static class NotificationsApi
{
    public static void MapNotifications(this RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");

        notifications.MapList("/", (ClaimsPrincipal user, NotificationQueries queries, [AsParameters] NotificationPage page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), page, ct))
            .Says("List my notifications", "Newest first. Filter: all, unread, payments, tasks, messages, content, performance, snoozed or archived; what is snoozed or archived is only in its own part.")
            .For(Can.SeeSelf).Produces<Paged<NotificationLine>>().Refuses(400, 422);

        notifications.MapGet("/unread-count", (ClaimsPrincipal user, NotificationQueries queries, CancellationToken ct) => queries.UnreadAsync(user.ToActor(), ct))
            .Says("Count my unread notifications", "Without those that are snoozed or archived.")
            .For(Can.SeeSelf).Produces<UnreadNotifications>();

        notifications.MapPost("/read-all", async (ClaimsPrincipal user, NotificationService service, CancellationToken ct) =>
                new ReadNotifications(await service.ReadAllAsync(user.ToActor(), ct)))
            .Says("Mark all my notifications read", "Answers how many there were. What is snoozed stays unread.")
            .For(Can.SeeSelf).Produces<ReadNotifications>().Refuses(409);

        MapOne(notifications);
    }

    private static void MapOne(RouteGroupBuilder notifications)
    {
        notifications.MapPost("/{id:long}/read", async (ClaimsPrincipal user, NotificationService service, long id, CancellationToken ct) =>
            {
                await service.ReadAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Mark a notification read")
            .For(Can.SeeSelf).Refuses(404, 409);

        notifications.MapPost("/{id:long}/archive", async (ClaimsPrincipal user, NotificationService service, long id, CancellationToken ct) =>
            {
                await service.ArchiveAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Archive a notification", "Marks it read, too.")
            .For(Can.SeeSelf).Refuses(404, 409);

        MapAside(notifications);
    }

    private static void MapAside(RouteGroupBuilder notifications)
    {
        notifications.MapPost("/{id:long}/snooze", async (ClaimsPrincipal user, NotificationService service, long id, SnoozeNotification input, CancellationToken ct) =>
            {
                input.NotificationId = id;
                await service.SnoozeAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Snooze a notification", "It is not shown until then, at most a year ahead, and comes back unread.")
            .For(Can.SeeSelf).Refuses(400, 404, 409, 413, 415, 422);

        notifications.MapPost("/{id:long}/back", async (ClaimsPrincipal user, NotificationService service, long id, CancellationToken ct) =>
            {
                await service.BringBackAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Bring a notification back", "From the archive or from a snooze.")
            .For(Can.SeeSelf).Refuses(404, 409);
    }

    public sealed record ReadNotifications(int Read);
}
