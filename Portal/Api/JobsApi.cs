using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Jobs;
using Portal.Startup;

namespace Portal.Api;

public static class JobsApi
{
    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/admin/jobs").WithTags("Jobs");

        jobs.MapGet("/", (ClaimsPrincipal user, JobBoard board, CancellationToken ct) => board.ListAsync(user.ToActor(), ct))
            .Says("All jobs", "How often each looks for work, what it is doing, how its last run went, when it looks next, whether it is late or failing, and its runs of the last 24 hours. There are a handful, so they are not paged.")
            .For(Can.SeeJobs).Produces<IReadOnlyList<JobView>>();

        jobs.MapGet("/{name}", (ClaimsPrincipal user, JobBoard board, string name, CancellationToken ct) => board.GetAsync(user.ToActor(), name, ct))
            .Says("One job")
            .For(Can.SeeJobs).Produces<JobView>().Refuses(404);

        jobs.MapList("/{name}/runs", (ClaimsPrincipal user, JobBoard board, string name, [AsParameters] JobRunPage page, CancellationToken ct) => board.RunsAsync(user.ToActor(), name, page, ct))
            .Says("A job's history", "Its runs that did something, failed or were asked for, newest first; those of a few minutes that went well are one line. Filter by outcome.")
            .For(Can.SeeJobs).Refuses(400, 404, 422);
        Acts(jobs);
    }

    public static void MapRetention(this RouteGroupBuilder api)
    {
        var retention = api.MapGroup("/admin/retention").WithTags("Profiles");

        retention.MapGet("/", (ClaimsPrincipal user, RetentionDesk desk, CancellationToken ct) => desk.GetAsync(user.ToActor(), ct))
            .Says("For how long things are kept", "Deliveries, notifications and the history of jobs, in days. The audit log is kept for ever.")
            .For(Can.ManageAgency).Produces<RetentionInput>();

        retention.MapPut("/", async (ClaimsPrincipal user, RetentionDesk desk, RetentionInput input, CancellationToken ct) =>
            {
                await desk.SaveAsync(user.ToActor(), input, ct);
                return await desk.GetAsync(user.ToActor(), ct);
            })
            .Says("Change for how long things are kept", "The whole of it, with the version it was read with: someone else's change in between is a 409. The job clean-up does it, within minutes.")
            .For(Can.ManageAgency).Produces<RetentionInput>().Refuses(400, 409, 413, 415, 422);
    }

    private static void Acts(RouteGroupBuilder jobs)
    {
        jobs.MapPost("/{name}/run", async (ClaimsPrincipal user, RunNow now, JobBoard board, string name, CancellationToken ct) =>
            {
                await now.AskAsync(user.ToActor(), name, ct);
                return TypedResults.Accepted($"/api/admin/jobs/{name}", await board.GetAsync(user.ToActor(), name, ct));
            })
            .Says("Run a job now", "At once, even when it is paused: the answer is 202, and the job itself says how it went. 409 job_running while it runs already.")
            .For(Can.ManageJobs).Refuses(404, 409, 422);

        jobs.MapPost("/{name}/pause", async (ClaimsPrincipal user, JobBoard board, string name, CancellationToken ct) =>
            {
                await board.PauseAsync(user.ToActor(), name, ct);
                return await board.GetAsync(user.ToActor(), name, ct);
            })
            .Says("Pause a job", "On all hosts and over restarts, until it is resumed. A run that has begun goes on to its end; of deliveries, only what is just being sent.")
            .For(Can.ManageJobs).Produces<JobView>().Refuses(404, 409, 422);

        jobs.MapPost("/{name}/resume", async (ClaimsPrincipal user, JobBoard board, string name, CancellationToken ct) =>
            {
                await board.ResumeAsync(user.ToActor(), name, ct);
                return await board.GetAsync(user.ToActor(), name, ct);
            })
            .Says("Resume a job")
            .For(Can.ManageJobs).Produces<JobView>().Refuses(404, 409, 422);
    }
}
