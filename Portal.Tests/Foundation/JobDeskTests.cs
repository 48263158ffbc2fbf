using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

/// <summary>One host at a time runs a job, and whoever has lost it has no say any more.</summary>
public class JobDeskTests
{
    private const string Job = "clean-up";
    private static readonly JobPlan Plan = new(Job, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task A_late_result_of_whoever_lost_the_lease_does_not_overwrite_the_newer_one()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Desk(house).RunAsync(Job, async _ => { began.SetResult(); await release.Task; return new(1, "the late one"); }, Ct);
        await began.Task;
        house.Clock.Forward(TimeSpan.FromMinutes(2));

        Assert.Equal("the newer one", await Desk(beside).RunAsync(Job, _ => Task.FromResult(new JobResult(1, "the newer one")), Ct));
        release.SetResult();

        Assert.Null(await slow);
        await using var db = house.Open();
        Assert.Equal("the newer one", (await db.Jobs.SingleAsync(Ct)).LastResult);
        Assert.Equal([(JobRunOutcome.Done, "the newer one"), (JobRunOutcome.Lost, "the late one")], (await db.JobRuns.OrderBy(r => r.Id).ToListAsync(Ct)).Select(r => (r.Outcome, r.Words)));
    }

    [Fact]
    public async Task Even_the_same_host_does_not_take_a_late_result_for_its_new_run()
    {
        await using var house = await TestDatabase.NewAsync();
        var (desk, release) = (Desk(house), new TaskCompletionSource());
        var slow = desk.RunAsync(Job, async _ => { await release.Task; throw new InvalidOperationException("late"); }, Ct);
        await house.SoonAsync(async db => await db.Jobs.AnyAsync(j => j.LeasedUntil != null, Ct));
        house.Clock.Forward(TimeSpan.FromMinutes(2));
        await desk.RunAsync(Job, _ => Task.FromResult(new JobResult(1, "new")), Ct);
        release.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => slow);

        await using var db = house.Open();
        Assert.Equal(("new", null, 0), await db.Jobs.SingleAsync(Ct) is var job ? (job.LastResult, job.LastError, job.FailedInARow) : default);
    }

    [Fact]
    public async Task A_paused_job_is_begun_by_no_host_until_it_is_resumed()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        var (admin, board, runs) = (await house.PersonAsync(Role.Admin), Board(house), 0);
        await board.PauseAsync(admin, Job, Ct);
        await board.PauseAsync(admin, Job, Ct);

        Assert.Null(await Desk(house).RunAsync(Job, RunAsync, Ct));
        Assert.Null(await Desk(beside).RunAsync(Job, RunAsync, Ct));
        var paused = await board.GetAsync(admin, Job, Ct);
        Assert.Equal((JobState.Paused, admin.Name, 0, (DateTime?)null), (paused.State, paused.PausedBy, runs, paused.NextAt));

        await board.ResumeAsync(admin, Job, Ct);
        Assert.Equal("done", await Desk(beside).RunAsync(Job, RunAsync, Ct));
        await using var db = house.Open();
        Assert.Equal(["job_paused", "job_resumed"], await db.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct));

        Task<JobResult> RunAsync(CancellationToken ct)
        {
            runs++;
            return Task.FromResult(new JobResult(1, "done"));
        }
    }

    [Fact]
    public async Task Whoever_asks_for_a_job_gets_it_even_when_it_is_paused_and_a_clear_answer_when_it_runs()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, board) = (await house.PersonAsync(Role.Admin), Board(house));
        await board.PauseAsync(admin, Job, Ct);

        var claim = await board.AskAsync(admin, Job, Ct);
        var refused = await Assert.ThrowsAsync<RuleBroken>(() => board.AskAsync(admin, Job, Ct));
        Assert.Equal("job_running", refused.Code);
        Assert.Contains(HostName.Own, refused.Message, StringComparison.Ordinal);
        Assert.Equal((JobState.Running, true), await board.GetAsync(admin, Job, Ct) is var now ? (now.State, now.IsPaused) : default);
        Assert.Null(await Desk(house).RunAsync(Job, _ => throw new InvalidOperationException(), Ct));

        Assert.Equal("nothing", await Desk(house).RunAsync(claim, _ => Task.FromResult(new JobResult(0, "nothing")), Ct));
        var run = Assert.Single((await board.RunsAsync(admin, Job, new(), Ct)).Items);
        Assert.Equal((JobRunOutcome.Done, "nothing", admin.Name), (run.Outcome, run.Words, run.AskedBy));
        Assert.Equal((JobState.Paused, "nothing"), await board.GetAsync(admin, Job, Ct) is var after ? (after.State, after.LastResult) : default);
        await Assert.ThrowsAsync<NotFound>(() => board.AskAsync(admin, "no-such-job", Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await board.PauseAsync(await house.PersonAsync(Role.Agent), Job, Ct));
    }

    [Fact]
    public async Task Runs_that_did_nothing_are_not_kept_and_those_of_a_few_minutes_are_told_as_one()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk, board) = (await house.PersonAsync(Role.Admin), Desk(house), Board(house));
        foreach (var count in new[] { 3, 0, 4 })
        {
            await desk.RunAsync(Job, _ => Task.FromResult(JobResult.Of(count, "messages")), Ct);
            house.Clock.Forward(TimeSpan.FromMinutes(2));
        }

        var told = Assert.Single((await board.RunsAsync(admin, Job, new(), Ct)).Items);
        Assert.Equal((2, 7L, "messages: 7"), (told.Runs, told.Did, told.Words));
        house.Clock.Forward(JobRun.Together);
        await desk.RunAsync(Job, _ => Task.FromResult(JobResult.Of(1, "messages")), Ct);
        Assert.Equal(2, (await board.RunsAsync(admin, Job, new(), Ct)).Items.Count);
        Assert.Equal(new JobDay(3, 0, 8), (await board.GetAsync(admin, Job, Ct)).Day);
    }

    [Fact]
    public async Task Hosts_that_take_turns_have_a_line_each_and_so_has_a_trouble_that_stays()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk, board) = (await house.PersonAsync(Role.Admin), Desk(house), Board(house));
        for (var i = 0; i < 3; i++)
        {
            await desk.RunAsync(Job, _ => Task.FromResult(JobResult.Of(2, "messages")), Ct);
            if (i == 0)
                await house.AddAsync(new JobRun { Job = Job, Host = "another", BeganAt = house.Clock.Now(), Outcome = JobRunOutcome.Done, Words = "messages: 1" }.Lasted(house.Clock.Now(), 1));
        }

        for (var i = 0; i < 4; i++)
            await Assert.ThrowsAsync<RuleBroken>(() => desk.RunAsync(Job, _ => throw new RuleBroken("left_undone", i < 3 ? "Two failed." : "Three failed."), Ct));

        var told = (await board.RunsAsync(admin, Job, new(), Ct)).Items.Reverse();
        Assert.Equal([("messages: 6", 3), ("messages: 1", 1), ("Two failed.", 3), ("Three failed.", 1)], told.Select(r => (r.Words, r.Runs)));
        Assert.Equal(new JobDay(8, 4, 7), (await board.GetAsync(admin, Job, Ct)).Day);
    }

    [Fact]
    public async Task A_job_that_fails_again_and_again_is_said_to_and_one_success_ends_that()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk, board) = (await house.PersonAsync(Role.Admin), Desk(house), Board(house));
        for (var i = 0; i < JobRow.MostFailures; i++)
        {
            Assert.False((await board.GetAsync(admin, Job, Ct)).IsFailing);
            await Assert.ThrowsAsync<RuleBroken>(() => desk.RunAsync(Job, _ => throw new RuleBroken("left_undone", "Two failed."), Ct));
        }

        var failing = await board.GetAsync(admin, Job, Ct);
        Assert.Equal((true, "Two failed.", 3), (failing.IsFailing, failing.LastError, failing.Day.Failed));
        Assert.Equal(32, failing.LastTraceId!.Length);
        await desk.RunAsync(Job, _ => Task.FromResult(new JobResult(0, "nothing")), Ct);
        Assert.Equal((false, null), await board.GetAsync(admin, Job, Ct) is var well ? (well.IsFailing, well.LastError) : default);
    }

    [Fact]
    public async Task A_job_that_no_host_looks_at_any_more_is_late_unless_it_is_paused()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, board) = (await house.PersonAsync(Role.Admin), Board(house));
        Assert.False((await board.GetAsync(admin, Job, Ct)).IsLate);
        await Desk(house).LookAsync(Plan, Ct);
        house.Clock.Forward(TimeSpan.FromMinutes(29));
        Assert.False((await board.GetAsync(admin, Job, Ct)).IsLate);
        house.Clock.Forward(TimeSpan.FromMinutes(2));
        Assert.True((await board.GetAsync(admin, Job, Ct)).IsLate);

        await board.PauseAsync(admin, Job, Ct);
        Assert.False((await board.GetAsync(admin, Job, Ct)).IsLate);
        await board.ResumeAsync(admin, Job, Ct);
        Assert.False((await board.GetAsync(admin, Job, Ct)).IsLate);
    }

    private static JobDesk Desk(TestDatabase house) => new(house.Lane, house.Clock, NullLogger<JobDesk>.Instance);

    private static JobBoard Board(TestDatabase house) => new(house.Database, house.Lane, [Plan], house.Clock);
}
