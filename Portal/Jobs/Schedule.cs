using Quartz;

namespace Portal.Jobs;

/// <summary>Every trigger of the portal.</summary>
public static class Schedule
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddQuartz(quartz =>
        {
            // What a job has begun is a unit of the lane and gets its answer; the rest of its queue is the next host's.
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            Every<RelayEventsJob>(quartz, TimeSpan.FromMilliseconds(250)); // what happens is on people's screens within a second
            Every<PumpInboxJob>(quartz, TimeSpan.FromSeconds(1));
            Every<SendDeliveriesJob>(quartz, TimeSpan.FromSeconds(1));
            Every<SendDigestsJob>(quartz, TimeSpan.FromSeconds(10));
            Every<SealEventsJob>(quartz, TimeSpan.FromSeconds(5));
            Every<CloseAccountsJob>(quartz, TimeSpan.FromHours(1));
            Every<LetRegistrationsGoJob>(quartz, TimeSpan.FromHours(1));
            Every<CleanUpJob>(quartz, TimeSpan.FromMinutes(10));
            Every<RotateKeysJob>(quartz, TimeSpan.FromHours(6));
        })
        .AddQuartzHostedService(options => (options.WaitForJobsToComplete, options.StartDelay) = (true, Settle));

    // The first people come first: what the jobs need is built when the host already answers.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private static void Every<T>(IQuartzBuilder quartz, TimeSpan interval)
        where T : class, IJob => quartz.ScheduleJob<T>(trigger => trigger
            .StartNow()
            .WithSimpleSchedule(every => every.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
}
