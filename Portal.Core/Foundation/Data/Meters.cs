using System.Diagnostics.Metrics;

namespace Portal.Core.Foundation;

/// <summary>What the foundation counts while it works. Costs next to nothing while nobody listens.</summary>
public static class Meters
{
    public const string Name = "Portal";

    private static readonly Meter Portal = new(Name);

    internal static readonly Histogram<double> Commits = Portal.CreateHistogram<double>("portal.lane.commit.duration", "s");

    internal static readonly Counter<long> JobRuns = Portal.CreateCounter<long>("portal.job.runs");

    internal static readonly Gauge<double> JobLasted = Portal.CreateGauge<double>("portal.job.last.duration", "s");

    internal static readonly Counter<long> Deliveries = Portal.CreateCounter<long>("portal.deliveries.handled");

    internal static readonly Histogram<double> ProviderCalls = Portal.CreateHistogram<double>("portal.provider.call.duration", "s");

    internal static void ProviderCalled(string provider, string outcome, TimeSpan took) =>
        ProviderCalls.Record(took.TotalSeconds, new("provider", provider), new("outcome", outcome));

    internal static readonly Counter<long> InboxHandled = Portal.CreateCounter<long>("portal.inbox.handled");

    private static readonly Counter<long> WebhooksReceived = Portal.CreateCounter<long>("portal.webhooks.received");

    /// <summary>What came in at a webhook's door: by events, for what was refused by requests.</summary>
    public static void WebhookCame(string provider, string outcome, int count = 1) => WebhooksReceived.Add(count, new("provider", provider), new("outcome", outcome));

    internal static void JobRan(string name, string outcome, TimeSpan took)
    {
        JobRuns.Add(1, new("job", name), new("outcome", outcome));
        JobLasted.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", name));
    }
}
