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
        Every<PumpInboxJob>(HouseWatch.HearWebhooks, TimeSpan.FromSeconds(1)),
        Every<SendDeliveriesJob>(HouseWatch.SendDeliveries, TimeSpan.FromSeconds(1)),
        Every<SendDigestsJob>("send-digests", TimeSpan.FromSeconds(10)),
        Every<SealEventsJob>("seal-events", TimeSpan.FromSeconds(5)),
        Every<CloseAccountsJob>("close-accounts", TimeSpan.FromHours(1)),
        Every<LetRegistrationsGoJob>("let-registrations-go", TimeSpan.FromHours(1)),
        Every<WatchWebhooksJob>("watch-webhooks", TimeSpan.FromMinutes(10)),
        Every<CleanUpJob>("clean-up", TimeSpan.FromMinutes(10)),
        Every<RotateKeysJob>("rotate-keys", TimeSpan.FromHours(6)),
        Every<SealSecretsJob>("seal-secrets", TimeSpan.FromMinutes(1)),
        Every<CheckMailStatusJob>("check-mail-status", TimeSpan.FromMinutes(5)),
        Every<CheckSmsStatusJob>("check-sms-status", TimeSpan.FromHours(1)),
        Every<CheckProvidersJob>("check-providers", TimeSpan.FromHours(1)),
        Every<CallBackJob>("call-back", TimeSpan.FromSeconds(1)),
        Every<CleanSimulatorsJob>("clean-simulators", TimeSpan.FromHours(1)),
    ];

    private static readonly Type[] OfSimulators = [typeof(CallBackJob), typeof(CleanSimulatorsJob)];

    public static IServiceCollection AddJobs(this IServiceCollection services, bool hasSimulators)
    {
        var here = All.Where(t => hasSimulators || !OfSimulators.Contains(t.Job)).ToList();
        foreach (var trigger in here)
            services.AddSingleton(trigger.Plan);
        return services
            .AddQuartz(quartz =>
            {
                // What a job has begun is a unit of the lane and gets its answer; the rest of its queue is the next host's.
                quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
                foreach (var trigger in here)
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
