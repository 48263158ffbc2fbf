using Portal.Core.Foundation;
using Quartz;

namespace Portal.Jobs;

/// <summary>Every trigger of the portal.</summary>
public static class Schedule
{
    // The first people come first: what the jobs need is built when the host already answers.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private static readonly Trigger[] All =
    [
        Every<RelayEventsJob>(EventRelay.Job, TimeSpan.FromMilliseconds(250)), // what happens is on people's screens within a second
        Every<PumpInboxJob>("pump-inbox", TimeSpan.FromSeconds(1)),
        Every<SendDeliveriesJob>(HouseWatch.SendDeliveries, TimeSpan.FromSeconds(1)),
        Every<SendDigestsJob>("send-digests", TimeSpan.FromSeconds(10)),
        Every<SealEventsJob>("seal-events", TimeSpan.FromSeconds(5)),
        Every<CloseAccountsJob>("close-accounts", TimeSpan.FromHours(1)),
        Every<LetRegistrationsGoJob>("let-registrations-go", TimeSpan.FromHours(1)),
        Every<CleanUpJob>("clean-up", TimeSpan.FromMinutes(10)),
        Every<RotateKeysJob>("rotate-keys", TimeSpan.FromHours(6)),
    ];

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var trigger in All)
            services.AddSingleton(trigger.Plan);
        return services
            .AddQuartz(quartz =>
            {
                // What a job has begun is a unit of the lane and gets its answer; the rest of its queue is the next host's.
                quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
                foreach (var trigger in All)
                    trigger.Add(quartz);
            })
            .AddQuartzHostedService(options => (options.WaitForJobsToComplete, options.StartDelay) = (true, Settle))
            .AddSingleton<RunNow>()
            .AddHostedService(s => s.GetRequiredService<RunNow>());
    }

    internal static JobPlan PlanOf(Type job) => All.Single(t => t.Job == job).Plan;

    /// <summary>The job of this name, to run.</summary>
    internal static PortalJob Make(IServiceProvider services, string name) => (PortalJob)ActivatorUtilities.CreateInstance(services, All.Single(t => t.Plan.Name == name).Job);

    private static Trigger Every<T>(string name, TimeSpan interval)
        where T : PortalJob => new(new(name, interval), typeof(T), quartz => quartz.ScheduleJob<T>(trigger => trigger
            .StartNow()
            .WithSimpleSchedule(every => every.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))));

    private sealed record Trigger(JobPlan Plan, Type Job, Action<IQuartzBuilder> Add);
}
