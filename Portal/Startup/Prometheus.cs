using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>
/// Listens to the framework's instruments and ours, and writes them as Prometheus reads them (text format 0.0.4). Only what stands in
/// the table is kept, by the tags that stand there, so that no address anyone makes up becomes a series.
/// </summary>
public sealed class Prometheus(IMeterFactory meters) : IDisposable
{
    private const int MostSeries = 2000;
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, Family> families = new(Table().ToDictionary(f => f.Source));
    private MeterListener? listener;

    public void Listen()
    {
        listener = new() { InstrumentPublished = Choose };
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((Family)state!).Note(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((Family)state!).Note(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((Family)state!).Note(value, tags));
        listener.Start();
    }

    public string Write(StoreFiguresView store)
    {
        listener?.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            family.Write(text);
        Gauge(text, "portal_relay_queue", "Events that wait to be passed on.", ("", store.Events.Waiting));
        Gauge(text, "portal_relay_lag_seconds", "For how long the first of them has been due.", ("", store.Events.Lag.TotalSeconds));
        Gauge(text, "portal_inbox_queue", "Webhooks that wait to be handled.", ("", store.Inbox.Waiting));
        Gauge(text, "portal_inbox_lag_seconds", "For how long the first of them has been due.", ("", store.Inbox.Lag.TotalSeconds));
        Gauge(text, "portal_lane_queue", "Units of work that wait for the lane.", ("", store.LaneQueued));
        Gauge(text, "portal_deliveries", "Deliveries by state; those that were sent are counted in portal_deliveries_handled_total.",
            [.. store.Deliveries.Select(d => ($"{{state=\"{Input.Name(d.Key.ToString())}\"}}", (double)d.Value))]);
        Gauge(text, "portal_database_bytes", "The size of the database.", ("", store.DatabaseBytes));
        return text.ToString();
    }

    public void Dispose() => listener?.Dispose();

    private static IEnumerable<Family> Table() =>
    [
        new("http.server.request.duration", "http_request_duration_seconds", "histogram", "Requests by route, method and class of status.", Seconds, "http.route:route", "http.request.method:method", "http.response.status_code:status"),
        new("http.server.active_requests", "http_requests_active", "gauge", "Requests in flight.", null),
        new("aspnetcore.components.circuit.active", "portal_circuits_active", "gauge", "Circuits kept, those included whose page is away for a moment.", null),
        new("aspnetcore.components.circuit.connected", "portal_circuits_connected", "gauge", "Pages that are open now.", null),
        new("portal.lane.commit.duration", "portal_lane_commit_seconds", "histogram", "How long the lane took for a batch, with its commit.", Seconds),
        new("portal.job.runs", "portal_job_runs_total", "counter", "Runs of a job by how they ended.", null, "job:job", "outcome:outcome"),
        new("portal.job.last.duration", "portal_job_last_seconds", "gauge", "How long the last run took.", null, "job:job"),
        new("portal.deliveries.handled", "portal_deliveries_handled_total", "counter", "Deliveries tried by channel and outcome.", null, "channel:channel", "outcome:outcome"),
        new("portal.provider.call.duration", "portal_provider_call_seconds", "histogram", "Calls to providers by provider and outcome, with what was tried again.", Seconds, "provider:provider", "outcome:outcome"),
        new("portal.webhooks.received", "portal_webhooks_received_total", "counter", "Webhook events stored and repeated, and requests refused, by provider.", null, "provider:provider", "outcome:outcome"),
        new("portal.inbox.handled", "portal_inbox_handled_total", "counter", "Webhook events by provider and what became of them.", null, "provider:provider", "outcome:outcome"),
        new("dotnet.process.memory.working_set", "process_working_set_bytes", "gauge", "Memory of the process.", null),
        new("dotnet.process.cpu.time", "process_cpu_seconds_total", "counter", "Time on the processor.", null, "cpu.mode:mode"),
        new("dotnet.gc.collections", "dotnet_gc_collections_total", "counter", "Garbage collections.", null, "gc.heap.generation:generation"),
        new("dotnet.gc.pause.time", "dotnet_gc_pause_seconds_total", "counter", "Time stood still for them.", null),
        new("dotnet.gc.heap.total_allocated", "dotnet_gc_allocated_bytes_total", "counter", "Bytes allocated.", null),
        new("dotnet.gc.last_collection.heap.size", "dotnet_gc_heap_bytes", "gauge", "The heap after the last collection.", null, "gc.heap.generation:generation"),
        new("dotnet.thread_pool.thread.count", "dotnet_threads", "gauge", "Threads of the pool.", null),
        new("dotnet.thread_pool.queue.length", "dotnet_threads_queue", "gauge", "Work that waits for a thread.", null),
    ];

    private static void Gauge(StringBuilder text, string name, string help, params ReadOnlySpan<(string Labels, double Value)> samples)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach (var (labels, value) in samples)
            text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
    }

    // What another host in this process counts is its own.
    private void Choose(Instrument instrument, MeterListener heard)
    {
        if ((instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)) && families.TryGetValue(instrument.Name, out var family))
        {
            family.Adds = instrument is not ObservableInstrument<long> and not ObservableInstrument<double> and not Gauge<double>;
            heard.EnableMeasurementEvents(instrument, family);
        }
    }

    private readonly record struct Labels(object? First, object? Second, object? Third);

    private sealed class Family
    {
        private readonly ConcurrentDictionary<Labels, Cell> cells = new();
        private readonly string[] tags;
        private readonly string[] labels;
        private readonly double[] bounds;
        private readonly (string Type, string Help) about;
        private int series;

        public Family(string source, string name, string type, string help, double[]? bounds, params string[] tags)
        {
            (Source, Name, about, this.bounds) = (source, name, (type, help), bounds ?? []);
            (this.tags, labels) = ([.. tags.Select(t => t.Split(':')[0])], [.. tags.Select(t => t.Split(':')[1])]);
        }

        public string Source { get; }

        public string Name { get; }

        /// <summary>Whether a measurement is a step; an observed one is where things stand.</summary>
        public bool Adds { get; set; }

        public void Note(double value, ReadOnlySpan<KeyValuePair<string, object?>> measured)
        {
            var key = new Labels(Find(0, measured), Find(1, measured), Find(2, measured));
            if (!cells.TryGetValue(key, out var cell))
                cell = cells.GetOrAdd(Interlocked.Increment(ref series) <= MostSeries ? key : new("other", "other", "other"), _ => new(bounds.Length));
            cell.Note(value, bounds, Adds);
        }

        public void Write(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {about.Help}\n# TYPE {Name} {about.Type}\n");
            foreach (var (key, cell) in cells)
                cell.Write(text, Name, Names(key), bounds);
        }

        private object? Find(int index, ReadOnlySpan<KeyValuePair<string, object?>> measured)
        {
            if (index >= tags.Length)
                return null;
            foreach (var (name, value) in measured)
            {
                if (name == tags[index])
                    return value is int status ? Class(status) : value;
            }

            return "";
        }

        private static string Class(int status) => (status / 100) switch { 1 => "1xx", 2 => "2xx", 3 => "3xx", 4 => "4xx", _ => "5xx" };

        private string Names(Labels key)
        {
            object?[] values = [key.First, key.Second, key.Third];
            return string.Join(',', labels.Select((label, i) => $"{label}=\"{Escaped(values[i])}\""));
        }

        private static string Escaped(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private sealed class Cell(int buckets)
    {
        private readonly Lock gate = new();
        private readonly long[] counts = new long[buckets + 1];
        private double value;

        public void Note(double measured, double[] bounds, bool adds)
        {
            var bucket = 0;
            while (bucket < bounds.Length && measured > bounds[bucket])
                bucket++;
            lock (gate)
            {
                counts[bucket]++;
                value = adds ? value + measured : measured;
            }
        }

        public void Write(StringBuilder text, string name, string labels, double[] bounds)
        {
            lock (gate)
            {
                if (bounds.Length > 0)
                    WriteBuckets(text, name, labels, bounds);
                else
                    text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");
            }
        }

        private void WriteBuckets(StringBuilder text, string name, string labels, double[] bounds)
        {
            var (begin, all, sum) = (labels.Length > 0 ? $"{labels}," : "", labels.Length > 0 ? $"{{{labels}}}" : "", 0L);
            for (var i = 0; i < bounds.Length; i++)
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{begin}le=\"{bounds[i]}\"}} {sum += counts[i]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{begin}le=\"+Inf\"}} {sum += counts[^1]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{all} {value}\n{name}_count{all} {sum}\n");
        }
    }
}
